"""Take the pictures of the page and of the notebook: `make look`; one of them is in the README.

Run with a folder to keep them all: `python tests/browser/look.py FOLDER`.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

import chromium
from servers import dashboard

if TYPE_CHECKING:
    from playwright.sync_api import Browser

PICTURE = Path(__file__).parents[2] / "notebooks" / "dashboard.png"
VIEWS = {
    "rest": "",
    "themes": "#theme=trust,alienness,ending",
    "card": "#theme=trust,alienness,ending&at=a32",
    "only": "#theme=trust,mirror&show=only",
}
SIZES = {"phone": (390, 844), "tablet": (768, 1024), "desk": (1440, 900)}


def take(browser: Browser, url: str, path: Path, size: tuple[int, int], scheme: str, *, printed: bool = False) -> None:
    """One picture of one view."""
    context = browser.new_context(
        viewport=dict(zip(("width", "height"), size, strict=True)), color_scheme=scheme, reduced_motion="reduce"
    )
    page = context.new_page()
    page.goto(url, wait_until="commit")
    page.wait_for_selector("html[data-essay-explorer=ready]")
    if printed:
        page.emulate_media(media="print")
    page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    page.screenshot(path=path, full_page=printed)
    context.close()


def main() -> None:
    """The README's picture, and with a folder every view in every size, light and dark."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    with dashboard("--pool", "0") as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.executable(), args=chromium.ARGS)
        take(browser, server.url + VIEWS["card"], PICTURE, SIZES["desk"], "light")
        for name, view in VIEWS.items() if folder else ():
            folder.mkdir(parents=True, exist_ok=True)
            for size, pixels in SIZES.items():
                for scheme in ("light", "dark"):
                    take(browser, server.url + view, folder / f"{name}-{size}-{scheme}.png", pixels, scheme)
            take(browser, server.url + view, folder / f"{name}-print.png", SIZES["tablet"], "light", printed=True)
        browser.close()


if __name__ == "__main__":
    main()
