"""The lens and the marks of a real page, as `lens` and `marks`: a test lays layers, and asks what is marked."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlparse

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

WOKEN = "const { models, exports, host } = await wake(described);"
SCRIPT = "/essay-explorer/page-"  # a file beside a page that is served
HAND_OVER = "window.lens = exports.Lens; window.marks = exports.Marks;"


def take_lens(page: Page, url: str) -> None:
    """Open a page whose lens and marks the test can call."""

    def hand_over(route: Route) -> None:
        text, kind = _text_of(route), "text/javascript" if SCRIPT in route.request.url else "text/html"
        route.fulfill(content_type=kind, body=text.replace(WOKEN, f"{WOKEN} {HAND_OVER}"))

    whole = url.partition("#")[0]
    page.route(lambda address: address.partition("#")[0] == whole or SCRIPT in address, hand_over)
    page.goto(url, wait_until="commit")
    page.wait_for_selector("html[data-essay-explorer=ready]")
    assert page.evaluate("Boolean(window.lens)")
    page.wait_for_selector(
        ".place.marks > *", state="attached"
    )  # the reader's own marks are there: they would take the place of others


def _text_of(route: Route) -> str:
    """The page or its script, of a server or of a file."""
    where = urlparse(route.request.url)
    return Path(unquote(where.path)).read_text(encoding="utf-8") if where.scheme == "file" else route.fetch().text()


# Layers made of sentences of the essay: each entry is the sentence's number and the tags.
LAY = """(layers) => {
  const sentences = lens.content.paragraphs.flatMap(({ text, sentences: { starts } = { starts: [] } }, at) =>
    starts.map((start, i) => [at + 1, start, (starts[i + 1] ?? text.length) - (starts[i + 1] ? 1 : 0)]));
  lens.setLayers(layers.map(({ id, label, marks }) => ({
    id, label,
    annotations: marks.map(([number, tags, note], at) =>
      ({ id: `${id}-${at + 1}`, tags, note, creator: "", spans: [sentences[number - 1]] })),
  })));
}"""


def layer(name: str, label: str, *marks: tuple[Any, ...]) -> dict[str, Any]:
    """A layer of marks: the number of a sentence, its tags, and perhaps a reason."""
    return {"id": name, "label": label, "marks": [(*mark, "")[:3] for mark in marks]}


def lay(page: Page, *layers: dict[str, Any]) -> None:
    """Show these layers."""
    page.evaluate(LAY, list(layers))
