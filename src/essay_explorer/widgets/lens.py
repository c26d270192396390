"""What the reader looks through now: the one state that all views share."""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import traitlets

from essay_explorer.anchoring.segments import cut
from essay_explorer.core.fault import instead_of
from essay_explorer.core.prose import Prose
from essay_explorer.widgets.widget import Widget

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from essay_explorer.core.codebook import Facet, Tag
    from essay_explorer.core.passage import Passage
    from essay_explorer.core.reading import Reading

HERE = Path(__file__).parent
SHARED = ("chosen", "excluded", "match", "show", "query", "within", "at", "chart")  # what a reader changes


class Lens(Widget):
    """What the reader looks through now; it has no view of its own.

    ========  =====================================================  ============
    trait     value                                                  written by
    ========  =====================================================  ============
    content   the reading as the page shows it                       Python, once
    chosen    ids of the tags chosen, in the order of choosing       both
    excluded  ids of the tags left out                               both
    match     "any" or "all" of the tags chosen in one facet         both
    show      "mark", "dim" (the rest) or "only" (the passages)      both
    query     words to find                                          both
    within    the first and the last paragraph looked at; [] for     both
              all
    at        the id of the passage in focus, or "p4" (paragraph)    both
    chart     the name of the chart that is open; "" when none is     both
    address   where this view has an address, without what is        Python, page
              behind its "#"; "" where it has none
    file      where the page can be had as one file; "" where it     page
              cannot
    ========  =====================================================  ============
    """

    shared = SHARED
    _esm = HERE / "lens.js"
    _css = HERE / "lens.css"
    _view_name = traitlets.Unicode(None, allow_none=True).tag(sync=True)  # type: ignore[assignment] # None: no view

    content = traitlets.Dict().tag(sync=True)
    chosen = traitlets.List(traitlets.Unicode()).tag(sync=True)
    excluded = traitlets.List(traitlets.Unicode()).tag(sync=True)
    match = traitlets.Enum(("any", "all"), "any").tag(sync=True)
    show = traitlets.Enum(("mark", "dim", "only"), "mark").tag(sync=True)
    query = traitlets.Unicode().tag(sync=True)
    within = traitlets.List(traitlets.Int()).tag(sync=True)
    at = traitlets.Unicode().tag(sync=True)
    chart = traitlets.Unicode().tag(sync=True)
    address = traitlets.Unicode().tag(sync=True)
    file = traitlets.Unicode().tag(sync=True)

    def __init__(self, reading: Reading, **state: Any) -> None:  # noqa: ANN401 - any of the traits
        self.reading = reading
        super().__init__(content=content_of(reading), **state)

    @traitlets.validate("chosen", "excluded")
    def _known_tags(self, proposal: Any) -> list[str]:  # noqa: ANN401 - what traitlets hands over
        known = self.reading.codebook.tags
        for name in proposal["value"]:
            if name not in known:
                message = f'tag "{name}" is not in the codebook. {instead_of(name, known)}'
                raise traitlets.TraitError(message)
        return list(dict.fromkeys(proposal["value"]))

    @traitlets.validate("within")
    def _known_paragraphs(self, proposal: Any) -> list[int]:  # noqa: ANN401 - what traitlets hands over
        last = len(self.reading.essay.paragraphs)
        match proposal["value"]:
            case [] | [_, _] as ends if all(1 <= end <= last for end in ends):
                return sorted(ends)
        message = f"within {proposal['value']}: expected [] or two paragraphs in the range 1 to {last}"
        raise traitlets.TraitError(message)

    @traitlets.validate("at")
    def _known_place(self, proposal: Any) -> str:  # noqa: ANN401 - what traitlets hands over
        place: str = proposal["value"]
        if place and place not in self._places:
            message = f'"{place}" is neither a passage nor a paragraph. {instead_of(place, self._places)}'
            raise traitlets.TraitError(message)
        return place

    @cached_property
    def _places(self) -> dict[str, None]:
        """What can be in focus: the passages, then the paragraphs."""
        paragraphs = (f"p{number}" for number, _ in enumerate(self.reading.essay.paragraphs, 1))
        return dict.fromkeys([*(passage.id for passage in self.reading.passages()), *paragraphs])

    def choose(self, *tags: str) -> None:
        """Show the passages with these tags too; a tag that was left out no longer is."""
        with self.hold_sync(), self.hold_trait_notifications():
            self.chosen = [*self.chosen, *tags]
            self.excluded = [tag for tag in self.excluded if tag not in tags]

    def exclude(self, *tags: str) -> None:
        """Leave out the passages with these tags."""
        with self.hold_sync(), self.hold_trait_notifications():
            self.excluded = [*self.excluded, *tags]
            self.chosen = [tag for tag in self.chosen if tag not in tags]

    def release(self, *tags: str) -> None:
        """Neither choose nor leave out these tags any longer."""
        with self.hold_sync(), self.hold_trait_notifications():
            self.chosen = [tag for tag in self.chosen if tag not in tags]
            self.excluded = [tag for tag in self.excluded if tag not in tags]

    def clear(self) -> None:
        """Choose nothing, leave nothing out, seek no words; the passage in focus stays."""
        with self.hold_sync(), self.hold_trait_notifications():
            self.chosen, self.excluded, self.match, self.query, self.within = [], [], "any", "", []

    @property
    def passages(self) -> tuple[Passage, ...]:
        """The passages shown now, in text order."""
        facets: dict[str, list[str]] = {}
        for tag in self.chosen:
            facets.setdefault(self.reading.codebook.facet_of[tag].id, []).append(tag)
        asked: dict[str, Any] = {"exclude": self.excluded, "query": self.query, "within": self.within, **facets}
        return self.reading.passages(match=self.match, **asked)


def content_of(reading: Reading) -> dict[str, Any]:
    """The reading as plain JSON for the page: `Content` in lens.js. No offset leaves Python."""
    essay = reading.essay
    passages = reading.passages()
    counts = Counter(tag for passage in passages for tag in passage.tags)  # a passage carries a tag once
    return {
        "fingerprint": reading.fingerprint,
        "language": essay.language,
        "title": runs(essay.title),
        "subtitle": runs(essay.subtitle),
        "after": runs(essay.after),
        "about": runs(essay.about),
        "author": essay.author,
        "subject": essay.subject,
        "license": essay.license,
        "minutes": essay.minutes,
        "facets": [_facet(facet, counts, essay.language) for facet in reading.codebook.facets],
        "paragraphs": _paragraphs(reading),
        "passages": [
            {
                "id": passage.id,
                "paragraph": passage.paragraph,
                "tags": list(passage.tags),
                "note": passage.annotation.note,
                "creator": passage.annotation.creator,
            }
            for passage in passages
        ],
        "relations": [
            {"from": relation.source, "kind": relation.kind, "to": relation.target, "note": relation.note}
            for relation in reading.relations
        ],
        "faults": [str(fault) for fault in reading.faults],
    }


def runs(markdown: str) -> list[dict[str, Any]]:
    """Inline Markdown as runs of text, some of them emphasised."""
    prose = Prose.from_inline(markdown)
    return [_run(run.text, run.labels) for run in cut(prose.text, prose.emphasis)]


def _paragraphs(reading: Reading) -> list[list[dict[str, Any]]]:
    """The segments of each paragraph; the first one of a sentence has its number, for print."""
    begun = 0
    made = []
    for paragraph in reading.segments(sentences=True):
        made.append([_run(segment.text, segment.emphasis, segment.passages) for segment in paragraph])
        for segment, run in zip(paragraph, made[-1], strict=True):
            if segment.sentence and segment.sentence > begun:
                begun = run["sentence"] = segment.sentence
    return made


def _run(text: str, emphasis: Iterable[str], marks: Iterable[str] = ()) -> dict[str, Any]:
    lists = {"em": list(emphasis), "marks": list(marks)}
    return {"text": text} | {name: values for name, values in lists.items() if values}


def _facet(facet: Facet, counts: Mapping[str, int], language: str) -> dict[str, Any]:
    named = any(tag.aliases for tag in facet.tags)
    lowered = language.startswith("en") and not named  # "about the ending critique"; names keep theirs
    return {
        "id": facet.id,
        "label": facet.label,
        "definition": facet.definition,
        "role": facet.role,
        "tags": [_tag(tag, counts.get(tag.id, 0), lowered=lowered) for tag in facet.tags],
    }


def _tag(tag: Tag, count: int, *, lowered: bool) -> dict[str, Any]:
    return {
        "id": tag.id,
        "label": tag.label,
        "phrase": tag.label[:1].lower() + tag.label[1:] if lowered else tag.label,
        "definition": tag.definition,
        "code": tag.code,
        "colour": tag.colour and list(tag.colour),
        "line": tag.line,
        "questions": list(tag.questions),
        "count": count,
    }
