"""A web page read as data: its paragraphs, and nothing that would run or be fetched."""

from __future__ import annotations

from typing import TYPE_CHECKING

from essay_explorer.formats.cleaning import cleaned, littered
from essay_explorer.formats.manuscript import Manuscript, Run, line_of, markdown_of
from essay_explorer.formats.markup import tokens_of
from essay_explorer.formats.nesting import joined
from essay_explorer.formats.page import Page
from essay_explorer.formats.pictures import Pictures
from essay_explorer.formats.unseen import may_hide, without_unseen

if TYPE_CHECKING:
    from essay_explorer.formats.litter import Block


def from_html(
    source: str, *, clean: bool = False, pictures: Pictures | None = None, place: str = "", title: str = ""
) -> Manuscript:
    """The text of a web page; `clean` leaves out its menus, its notices and the like.

    Headings, quotations, lists, tables, rules, code, emphasis and notes stay. `pictures`: those that can be had,
    as the page that is the part `place` of its file names them; a page holds some itself. `title`: its title, as
    Markdown, where another part tells it.
    Raises MostlyMarkupError for a page of hardly more than tags.
    """
    pictures = pictures or Pictures()
    page = Page(pictures=pictures, place=place)
    tokens = tokens_of(source)
    for token in without_unseen(tokens, page.losses) if may_hide(source) else tokens:
        page.take(token)
    page.end()
    kept, litter = cleaned(source, page.blocks) if clean else (page.blocks, [])
    title, kept = _titled(page.about.own["title"] or title, kept)
    named = line_of(page.about.facts.get("og:title") or page.about.facts.get("title", ""))
    return Manuscript(
        tuple(joined(kept)),
        title=title or markdown_of([Run(named if named != "-" else "")]),
        subtitle=page.about.own["subtitle"],
        author=", ".join(page.about.authors),
        date=page.about.own["date"],
        language=page.about.facts.get("lang", ""),
        notices=(*page.losses.sentences(), *filter(None, ["" if clean else littered(page.blocks)])),
        left_out=tuple(joined(litter)),
        images=pictures.shown_in(block.text for block in kept),
    )


def _titled(title: str, blocks: list[Block]) -> tuple[str, list[Block]]:
    """The title and the blocks below it: a page's one great heading is its title, where only menus stand above it."""
    heads = [at for at, block in enumerate(blocks) if block.text.startswith("# ")]
    if title or len(heads) != 1 or not all(block.doubt for block in blocks[: heads[0]]):
        return title, blocks
    return blocks[heads[0]].text.removeprefix("# "), [*blocks[: heads[0]], *blocks[heads[0] + 1 :]]
