"""The hand-out: a reading on paper, with numbered sentences and a wide margin, as PDF.

Set by Typst (PyPI: typst, Apache-2.0): the compiler and its fonts are inside one wheel, so it needs
no system library and no network; it hyphenates, justifies and breaks pages as a book does, and writes
tagged PDF (PDF/UA-1). `handout.typ` is the whole layout; what it sets comes to it as JSON, so nothing
of a reading is ever part of its source.
"""

from __future__ import annotations

import json
import re
import shutil
import tempfile
import warnings
from bisect import bisect_left, bisect_right
from contextlib import suppress
from itertools import groupby
from operator import attrgetter, itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from essay_explorer.anchoring.segments import Span, cut
from essay_explorer.core.block import is_from_right
from essay_explorer.core.fault import ReadingWarning, instead_of, shown
from essay_explorer.core.prose import Prose
from essay_explorer.core.tag import with_cues
from essay_explorer.files.whole import write_whole
from essay_explorer.paper.blocks import names_of, nodes_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from essay_explorer.anchoring.segments import Segment
    from essay_explorer.core.essay import Essay
    from essay_explorer.core.image import Image
    from essay_explorer.core.passage import Passage
    from essay_explorer.core.reading import Reading
    from essay_explorer.core.tag import Tag

TEMPLATE = Path(__file__).with_name("handout.typ")
KINDS = ("blank", "coded", "cloze")
PAPERS = ("a4", "us-letter")
INK = "#1d1b18"  # of the page; for tags that have no colour
BEGINNING = 46  # letters of a quote in the key
LANGUAGE = re.compile(r"([a-z]{2,3})(?:-[a-z]{4})?(?:-([a-z]{2}))?(?:-.*)?", re.IGNORECASE | re.ASCII)


def pdf(reading: Reading, *, kind: str = "coded", tags: str | Iterable[str] = (), paper: str = "a4") -> bytes:
    """The hand-out of a reading as PDF; equal input gives equal bytes where the same fonts are installed.

    `kind`: "blank" is the text with room to write; "coded" draws the lines of the tags under their
    passages and says in which sentences they are; "cloze" asks for the passages, and its last page
    is the key. `tags`: ids of any facet, in the order in which they shall stand; without them
    "blank" has no key, the others take the themes. `paper`: "a4" or "us-letter".

    The text is set in Libertinus Serif. A letter that it lacks comes from another font of the
    machine; one that no font has shows as a crossed box, a ReadingWarning names it, and the PDF is
    tagged but no PDF/UA. Raises ValueError for a kind, a tag or a paper that does not exist.
    """
    for name, value, known in (("kind", kind, KINDS), ("paper", paper, PAPERS)):
        if value not in known:
            message = f'{name} "{value}" is not known. {instead_of(value, known)}'
            raise ValueError(message)
    images = _readable(reading.images)
    names = names_of(images)
    content = _content(reading, kind, _chosen(reading, kind, tags), names) | {"kind": kind, "paper": paper}
    files = {names[image.source]: image.content for image in images}
    return _typeset(json.dumps(content, ensure_ascii=False).encode(errors="replace").decode(), files)


def write(
    reading: Reading, to: Path, *, kind: str = "coded", tags: str | Iterable[str] = (), paper: str = "a4"
) -> None:
    """Write `pdf` to a file, whole or not at all; one that is there is replaced."""
    write_whole(to, pdf(reading, kind=kind, tags=tags, paper=paper))


def _readable(images: Sequence[Image]) -> list[Image]:
    """Those that Typst sets; the others are told, and what they show stands in the text all the same."""
    import typst  # noqa: PLC0415 - as below

    def is_set(image: Image) -> bool:
        with tempfile.TemporaryDirectory() as root:
            for name in names_of([image]).values():
                Path(root, name).write_bytes(image.content)
                page = Path(root, "page.typ")
                page.write_text(f'#image("{name}")', encoding="utf-8")
                with suppress(typst.TypstError):
                    return bool(typst.compile(str(page), root=root))
        return False

    left_out = [image for image in images if not is_set(image)]
    if left_out:
        names = ", ".join(shown(image.source) for image in left_out)
        message = (
            f"The hand-out is without its pictures {names}: expected PNG, JPEG, GIF, WebP or SVG files that are whole"
        )
        warnings.warn(message, ReadingWarning, stacklevel=3)
    return [image for image in images if image not in left_out]


def _typeset(content: str, images: Mapping[str, bytes]) -> bytes:
    import typst  # noqa: PLC0415 - 40 MB that only a hand-out needs

    def made(standard: list[Any]) -> bytes:
        with tempfile.TemporaryDirectory() as root:  # the only folder that a template can read
            page = shutil.copy(TEMPLATE, root)
            for name, image in images.items():
                Path(root, name).write_bytes(image)
            return typst.compile(page, root=root, sys_inputs={"content": content}, pdf_standards=standard)

    try:
        return made(["ua-1"])
    except typst.TypstError as error:
        if not error.message.startswith("PDF/UA-1 error"):
            raise
        warnings.warn(f"The hand-out is not PDF/UA: {_finding(error.message)}", ReadingWarning, stacklevel=3)
        return made([])


def _finding(problem: str) -> str:
    """What Typst found against PDF/UA, in our words: its own differ from release to release."""
    if letters := re.search(r'text `"(.+?)"` could not be displayed', problem):
        named = re.sub(r"\\u\{(\w+)\}", lambda code: f"U+{code[1].upper()}", letters[1])
        advice = "Install one that has it, such as one of the Noto family. Until then it may show as a box"
        return f"no font here has {shown(named)}. {advice}"
    return "not every reading aid will understand it. It can be read and printed all the same"


def _chosen(reading: Reading, kind: str, tags: str | Iterable[str]) -> tuple[Tag, ...]:
    """The tags asked for, each with a code and a line of its own."""
    book = reading.codebook
    wanted = dict.fromkeys([tags] if isinstance(tags, str) else tags)
    for tag in wanted:
        if tag not in book.tags:
            message = f'tag "{tag}" is not in the codebook. {instead_of(tag, book.tags)}'
            raise ValueError(message)
    if not wanted and kind != "blank":
        return with_cues(book.tags_of("theme"))
    return with_cues(book.tags[tag] for tag in wanted)


def _content(reading: Reading, kind: str, tags: Sequence[Tag], names: Mapping[str, str]) -> dict[str, Any]:
    """Everything that the template sets, as plain JSON values."""
    essay, sentences = reading.essay, reading.essay.sentences()
    found = {tag.id: [passage for passage in reading.passages() if tag.id in passage.tags] for tag in tags}
    drawn = {at: found[tag.id] for at, tag in enumerate(tags)} if kind == "coded" else {}
    lanes = _lanes(drawn)
    facets = {reading.codebook.facet_of[tag.id].label for tag in tags}
    return _head(essay) | {
        "facet": facets.pop() if len(facets) == 1 else "Tags",
        "tags": [_tag(tag, found[tag.id], sentences) for tag in tags],
        "lanes": 1 + max((line.lane for line in lanes), default=0),
        "blocks": nodes_of(essay, _paragraphs(essay, sentences, drawn, lanes), names),
    }


def _head(essay: Essay) -> dict[str, Any]:
    title = Prose.from_inline(essay.title).text
    known = LANGUAGE.fullmatch(essay.language)
    author = essay.author and f"{'Text by' if essay.after else 'By'} {essay.author}"
    after = [{"text": "After "}, *_runs(essay.after)] if essay.after else []
    return {
        "title": _runs(essay.title),
        "name": title,
        "running": _beginning(title),
        "subtitle": _runs(essay.subtitle),
        "credit": [runs for runs in (after, [{"text": author}], [{"text": essay.license}]) if runs and runs[0]["text"]],
        "author": essay.author,
        "language": known[1].lower() if known else "en",
        "region": known[2].upper() if known and known[2] else None,
        "rtl": is_from_right(essay.text),
    }


def _runs(source: str) -> list[dict[str, Any]]:
    """Inline Markdown as runs of text and the emphasis on them."""
    prose = Prose.from_inline(source)
    return [_run(segment) for segment in cut(prose.text, prose.emphasis)]


def _run(segment: Segment[object]) -> dict[str, Any]:
    return {"text": segment.text, "em": "em" in segment.labels, "strong": "strong" in segment.labels}


def _tag(tag: Tag, passages: Sequence[Passage], sentences: Sequence[Span]) -> dict[str, Any]:
    places = [(_sentences_of(passage, sentences), _beginning(passage.text)) for passage in passages]
    return {
        "code": tag.code,
        "label": tag.label,
        "definition": tag.definition,
        "colour": tag.colour[0] if tag.colour else INK,
        "line": tag.line,
        "found": [{"sentences": numbers, "quote": quote} for numbers, quote in places],
        "sentences": ", ".join(dict.fromkeys(numbers for numbers, _ in places)),
    }


def _sentences_of(passage: Passage, sentences: Sequence[Span]) -> str:
    """The numbers of the sentences in which the passage stands: "3" or "3–4"."""
    first = 1 + bisect_right(sentences, passage.start, key=attrgetter("end"))
    last = bisect_left(sentences, passage.end, key=attrgetter("start"))
    return f"{first}–{last}" if last > first else str(first)


def _beginning(text: str) -> str:
    if len(text) <= BEGINNING:
        return text
    return (text[:BEGINNING].rpartition(" ")[0] or text[:BEGINNING]).rstrip(" ,;:.–—-") + " …"


class _Line(NamedTuple):
    """A line under the text; `tag` is its number on the hand-out."""

    lane: int
    tag: int
    span: Span


def _lanes(passages: Mapping[int, Iterable[Passage]]) -> list[_Line]:
    """The lines under the text: no two that meet share a lane.

    `passages`: those of each tag, in text order. Passages of one tag that overlap have one line.
    """
    lines: list[tuple[int, Span]] = []
    for tag, group in passages.items():
        end = -1
        for passage in group:
            if passage.start < end:
                end = max(end, passage.end)
                lines[-1] = (tag, Span(lines[-1][1].start, end))
            else:
                end = passage.end
                lines.append((tag, Span(passage.start, end)))
    made, ends = [], list[int]()
    for tag, span in sorted(lines, key=lambda line: (line[1].start, -line[1].end, line[0])):
        lane = next((lane for lane, end in enumerate(ends) if end <= span.start), len(ends))
        ends[lane : lane + 1] = [span.end]
        made.append(_Line(lane, tag, span))
    return made


def _paragraphs(
    essay: Essay,
    sentences: Sequence[Span],
    passages: Mapping[int, Sequence[Passage]],
    lines: Sequence[_Line],
) -> list[list[dict[str, Any]]]:
    """The runs of each paragraph, with the numbers, the lines and the codes that belong to them."""
    numbers = {span.start: number for number, span in enumerate(sentences, 1)}
    starts = [(passage.start, tag) for tag, group in passages.items() for passage in group]
    codes = {start: [tag for _, tag in group] for start, group in groupby(sorted(set(starts)), key=itemgetter(0))}
    spans: list[tuple[int | str | _Line | None, Span]] = [
        *enumerate(essay.paragraphs),
        *((None, span) for span in sentences),
        *((None, Span(passage.start, passage.end)) for group in passages.values() for passage in group),
        *essay.emphasis,
        *((line, line.span) for line in lines),
    ]
    paragraphs: list[list[dict[str, Any]]] = [[] for _ in essay.paragraphs]
    start = 0
    for segment in cut(essay.text, spans):
        here = {"number": numbers.get(start), "codes": codes.get(start, [])}
        drawn = [[label.lane, label.tag] for label in segment.labels if isinstance(label, _Line)]
        for paragraph in (label for label in segment.labels if isinstance(label, int)):
            paragraphs[paragraph].append(_run(segment) | here | {"lines": drawn})
        start += len(segment.text)
    return paragraphs
