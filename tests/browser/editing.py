"""The editor as the tests open and use it, in whatever language."""

from __future__ import annotations

import os
import re
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from servers import ADDRESS, free_port, serving

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Page


@contextmanager
def editor(what: Path | str, library: Path, *more: str) -> Iterator[str]:
    """The editor of a reading, or of a new one made of a file: its address with the token."""
    command = [sys.executable, "-m", "essay_explorer", "edit", str(what), "--port", str(free_port()), *more]
    with serving(command, ADDRESS, env={**os.environ, "ESSAY_EXPLORER_LIBRARY": str(library)}) as server:
        yield re.search(r"http://\S+\?token=[\w-]+", server.printed())[0]


def arrive(page: Page, address: str) -> None:
    page.goto(address, wait_until="commit")
    page.wait_for_selector("html[data-essay-explorer=ready]")
    assert "token" not in page.url


def tab(page: Page, name: str) -> None:
    page.locator(f".essay-editor .tabs [data-key='tab:{name}']").click()


def done(page: Page, words: str) -> None:
    expect(page.locator(".essay-editor .says")).to_contain_text(words)


BOX = """words => {
  for (const one of document.querySelectorAll(".essay-text .segment")) {
    const at = one.textContent.indexOf(words);
    if (at < 0) continue;
    one.scrollIntoView({block: "center"});
    const range = document.createRange();
    const node = document.createTreeWalker(one, NodeFilter.SHOW_TEXT).nextNode();
    range.setStart(node, at);
    range.setEnd(node, at + words.length);
    const rects = [...range.getClientRects()];
    const [first, last] = [rects[0], rects.at(-1)];
    return [first.left, first.top + first.height / 2, last.right, last.top + last.height / 2];
  }
}"""


def tap(page: Page, words: str, *, finger: bool = False) -> None:
    """Choose the sentence in which words stand."""
    left, top, *_ = page.evaluate(BOX, words)
    (page.touchscreen.tap if finger else page.mouse.click)(left + 4, top)


def select(page: Page, words: str) -> None:
    """Choose words of the text with the mouse."""
    box = page.evaluate(BOX, words)
    page.mouse.move(box[0] + 0.5, box[1])
    page.mouse.down()
    page.mouse.move(box[2] - 0.5, box[3], steps=4)
    page.mouse.up()


def chosen(page: Page, words: str) -> None:
    expect(page.locator(".essay-editor blockquote").first).to_have_text(words)


@contextmanager
def coded(tmp_path: Path, *more: str) -> Iterator[tuple[Path, str]]:
    """The editor of a short reading: its folder and its address."""
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "essay.md").write_text("Trust is chosen. It is not proved. Nobody minds.\n\nThe end is near.\n", "utf-8")
    (folder / "codebook.yml").write_text(
        "facets:\n- id: theme\n  tags:\n  - {id: trust, label: Trust}\n  - {id: end, label: The end, code: X}\n",
        "utf-8",
    )
    (folder / "annotations.csv").write_text("id,quote,theme\na1,The end is near.,end\n", "utf-8")
    with editor(folder, tmp_path / "library", *more) as address:
        yield folder, address


ESSAY = """---
title: On trust
language: en
---
Trust is chosen by those who dare. It is not proved by any of them. Nobody minds whether it is so.

The end is near, as people say here. Ada said so once, and then she left.
"""
CODEBOOK = """facets:
- id: theme
  tags:
  - {id: trust, label: Trust, questions: [Who is it that says so here?]}
  - {id: end, label: The end, code: X}
- {id: move, tags: []}
- id: person
  tags:
  - {id: ada, label: Ada, aliases: [Ada Lovelace]}
"""
ANNOTATIONS = """id,quote,theme,person,note
a1,"The end is near, as people say here.",end,,It is as near as it ever was.
a2,Trust is chosen by those who dare.,trust,,
a3,It is not proved by any of them.,trust,,
a4,This sentence stood here once.,trust,,
"""
RELATIONS = """from,relation,to,note
a1,supports,a2,
a2,opposes,a3,One is not quite like the other.
"""
TOUR = """at,title,text
a1,Where it ends,Look here.
a2,Where it begins,
"""


@contextmanager
def rich(tmp_path: Path, *more: str) -> Iterator[tuple[Path, str]]:
    """The editor of a reading with a relation, a stop, a person, and a passage whose words are gone."""
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "essay.md").write_text(ESSAY, "utf-8")
    (folder / "codebook.yml").write_text(CODEBOOK, "utf-8")
    (folder / "annotations.csv").write_text(ANNOTATIONS, "utf-8")
    (folder / "relations.csv").write_text(RELATIONS, "utf-8")
    (folder / "tour.csv").write_text(TOUR, "utf-8")
    with editor(folder, tmp_path / "library", *more) as address:
        yield folder, address


def key(page: Page, name: str) -> None:
    """Press the control of the editor that has this key."""
    page.locator(f".essay-editor [data-key='{name}']").click()
