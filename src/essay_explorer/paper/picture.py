"""The picture of a reading, as previews of links show it: title, author, a finding, and the essay's fingerprint.

Set by Typst as the hand-out is: it breaks lines of any script, from either side. `picture.typ` is the whole
layout; picture.js draws the same in a browser, of what its reader looks at.
"""

from __future__ import annotations

import json
import shutil
import tempfile
import warnings
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from essay_explorer import measures
from essay_explorer.core import kinds
from essay_explorer.core.absent import needed
from essay_explorer.core.block import is_from_right
from essay_explorer.core.fault import ReadingWarning
from essay_explorer.core.given import reading_given
from essay_explorer.core.prose import Prose
from essay_explorer.measures.measure import clipped
from essay_explorer.paper.content import INK
from essay_explorer.paper.scripts import advice_for, missing_from
from essay_explorer.paper.typesetting import unshown
from essay_explorer.paper.wording import spoken, tongue

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from essay_explorer.core.essay import Essay
    from essay_explorer.core.passage import Passage
    from essay_explorer.core.reading import Reading

TEMPLATE = Path(__file__).with_name("picture.typ")
MOST_LANES = 12  # themes
MOST_ARCS = 120  # relations that can still be told apart at this height
MOST_BANDS = 80  # paragraphs
LEAST = 1 / 500  # of the essay: what lies nearer to each other is one bar
LETTERS = {"title": 160, "finding": 170, "credit": 110, "label": 32}


def picture(reading: Reading, *, finding: str = "", address: str = "") -> bytes:
    """A PNG of 1200 x 630 pixels; equal input gives equal bytes where the same fonts are installed.

    `finding`: the sentence under the title; by default what the chart "Where" says, or the
    subtitle where nothing is marked. `address`: where the reading can
    be read, as it shall stand there. A ReadingWarning says which letters no font of the machine has.

    >>> from essay_explorer import open_reading, picture
    >>> picture(open_reading("her"))[1:4]
    b'PNG'
    """
    typst = needed("typst")  # 40 MB that only a picture needs

    reading_given(reading, "picture", takes="takes a reading")
    kinds.check(kinds.TEXT, finding=finding, address=address)
    shown = _content(reading, finding, address)
    _tell_missing(" ".join([shown["title"], shown["credit"], *(one["label"] for one in shown["lanes"])]))
    content = json.dumps(shown, ensure_ascii=False)
    with tempfile.TemporaryDirectory() as root:  # the only folder that a template can read
        page = shutil.copy(TEMPLATE, root)
        inputs = {"content": content.encode(errors="replace").decode()}
        return bytes(typst.compile(page, root=root, sys_inputs=inputs, format="png", ppi=72.0))


def _tell_missing(text: str) -> None:
    missing = missing_from(text, unshown)
    if missing:
        names = " or ".join(dict.fromkeys(script.name for script in missing))
        advice = advice_for([script.package for script in missing])
        message = f"No font on this machine has {names} letters: the picture shows boxes in their place. {advice}"
        warnings.warn(message, ReadingWarning, stacklevel=3)


def _content(reading: Reading, finding: str, address: str) -> dict[str, Any]:
    """Everything that the template sets, as plain JSON values; places are shares of the essay."""
    essay = reading.essay
    own = tongue(essay.language)
    found = finding or measures.finding(reading)
    said = found or Prose.from_inline(essay.subtitle).text
    arcs = list(_arcs(reading))
    paragraphs = essay.paragraphs if len(essay.paragraphs) <= MOST_BANDS else ()
    return {
        "title": clipped(Prose.from_inline(essay.title).text, LETTERS["title"]),
        "credit": clipped(essay.credit, LETTERS["credit"]),
        "finding": clipped(said, LETTERS["finding"]),
        "said": spoken() if found else {"language": own.language, "region": own.region, "rtl": is_from_right(said)},
        "address": address,
        "language": own.language,
        "region": own.region,
        "rtl": is_from_right(essay.text),
        "paragraphs": [_share(essay, span.start, span.end) for span in paragraphs],
        "lanes": list(_lanes(reading)),
        "arcs": arcs,
        "ends": sorted({arc[end] for arc in arcs for end in ("start", "end")}),
    }


def _lanes(reading: Reading) -> Iterator[dict[str, Any]]:
    """The themes that passages carry, in the codebook's order; of very many those with most passages."""
    carried = Counter(tag for passage in reading.passages() for tag in passage.tags)
    used = [tag for tag in reading.codebook.tags_of("theme") if carried[tag.id]]
    most = {tag.id for tag in sorted(used, key=lambda tag: -carried[tag.id])[:MOST_LANES]}
    for tag in (tag for tag in used if tag.id in most):
        places = (_share(reading.essay, one.start, one.end) for one in reading.passages() if tag.id in one.tags)
        colour = tag.colour[0] if tag.colour else INK
        label = clipped(tag.label, LETTERS["label"])
        yield {"code": tag.code, "label": label, "colour": colour, "bars": merged(places)}


def merged(stretches: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
    """Stretches in order, those that touch or nearly do made one."""
    made: list[tuple[float, float]] = []
    for start, end in sorted(stretches):
        if made and start - made[-1][1] < LEAST:
            made[-1] = made[-1][0], max(made[-1][1], end)
        else:
            made.append((start, end))
    return made


def _arcs(reading: Reading) -> Iterator[dict[str, Any]]:
    """The relations between passages that have a place; of very many none."""
    placed = {passage.id: passage for passage in reading.passages()}
    relations = [one for one in reading.relations if {one.source, one.target} <= placed.keys()]
    for one in relations if len(relations) <= MOST_ARCS else ():
        start, end = (_middle(reading.essay, placed[name]) for name in (one.source, one.target))
        yield {"start": start, "end": end, "kind": one.kind}


def _middle(essay: Essay, passage: Passage) -> float:
    return sum(_share(essay, passage.start, passage.end)) / 2


def _share(essay: Essay, start: int, end: int) -> tuple[float, float]:
    length = len(essay.text) or 1
    return round(start / length, 5), round(end / length, 5)
