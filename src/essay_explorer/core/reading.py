"""A reading: an essay with its codebook, annotations, relations and tour, and the passages they make."""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, SupportsIndex, overload

from essay_explorer.anchoring.quotes import unbroken
from essay_explorer.anchoring.search import all_occurrences
from essay_explorer.core import kinds, meant
from essay_explorer.core.annotation import (
    ANNOTATIONS,
    RELATIONS,
    Annotation,
    Relation,
    annotations_from_csv,
    has_tags,
    relations_from_csv,
)
from essay_explorer.core.asked import holding, paragraphs_of, refuse_unnamed
from essay_explorer.core.brief import ArgumentValueError, UnknownIdError
from essay_explorer.core.codebook import Codebook
from essay_explorer.core.codebook_entries import FILE as CODEBOOK
from essay_explorer.core.essay import FILE as ESSAY
from essay_explorer.core.essay import Essay
from essay_explorer.core.fault import Fault, ReadingError, counted, instead_of, shown, summary
from essay_explorer.core.loose_ends import loose_ends
from essay_explorer.core.lost_quotes import faults_of
from essay_explorer.core.passage import EssaySegment, Passage, segments_of
from essay_explorer.core.passages import Passages
from essay_explorer.core.prose import Prose
from essay_explorer.core.provided import Representable, provided
from essay_explorer.core.revision import known_ids, next_id, tags_chosen, with_annotation, with_tag
from essay_explorer.core.tour import TOUR, Stop, tour_from_csv
from essay_explorer.words import Phrase

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    import pandas as pd  # type: ignore[import-untyped]  # pandas tells no types

    from essay_explorer.anchoring.segments import Span
    from essay_explorer.core.concordance import Concordance
    from essay_explorer.core.frequencies import Frequencies
    from essay_explorer.core.image import Image

FILES = (ESSAY, CODEBOOK, ANNOTATIONS, RELATIONS, TOUR)


@dataclass(frozen=True, repr=False)
class Reading(Representable):
    """One person's or one class's interpretation of an essay; as a collection, its passages in text order.

    `parsing_faults`: what of its files could not be read; `faults` has these, the lost quotes, and what leads nowhere.
    `images`: the pictures of the essay that its folder holds.

    >>> from essay_explorer import open_reading
    >>> reading = open_reading("her")
    >>> len(reading), reading["a06"].text
    (67, 'The questions are laid on the table, and nobody picks them up.')
    >>> [passage.id for passage in reading if "ending" in passage.tags][:3]
    ['a05', 'a06', 'a48']
    """

    essay: Essay
    codebook: Codebook = field(default_factory=Codebook)
    annotations: tuple[Annotation, ...] = ()
    relations: tuple[Relation, ...] = ()
    name: str = "reading"
    parsing_faults: tuple[Fault, ...] = ()
    images: tuple[Image, ...] = ()
    tour: tuple[Stop, ...] = ()

    def __post_init__(self) -> None:
        kinds.check_fields(self)

    @classmethod
    def from_texts(
        cls,
        texts: Mapping[str, str],
        *,
        name: str = "reading",
        faults: Iterable[Fault] = (),
        essay: Essay | None = None,
    ) -> Reading:
        r"""The reading in the texts of its files, by file name; only "essay.md" must be there.

        `faults`: those already found on the way to the texts. `essay`: what "essay.md" says, where
        somebody has read it and its faults are among those. Raises ReadingError with all faults
        when the essay cannot be read or is empty; otherwise they are kept in `Reading.faults`.

        >>> from essay_explorer import Reading
        >>> texts = {"essay.md": "Trust is chosen.", "annotations.csv": "id,quote\nx1,chosen\n"}
        >>> Reading.from_texts(texts)["x1"].text
        'chosen'
        """
        kinds.check(kinds.FILES, texts=texts)
        kinds.check(kinds.TEXT, **texts)
        found = list(faults)
        report = found.append
        texts = _present(texts, found)
        essay = essay or Essay.from_markdown(texts.get(ESSAY, ""), report=report)
        if ESSAY in texts and not essay.text:
            report(Fault.of(ESSAY, Phrase("holds no text. Write the essay below the front matter").filled()))
        codebook = Codebook.from_yaml(texts[CODEBOOK], report=report) if CODEBOOK in texts else Codebook()
        annotations: tuple[Annotation, ...] = ()
        relations: tuple[Relation, ...] = ()
        if ANNOTATIONS in texts:
            annotations = annotations_from_csv(texts[ANNOTATIONS], codebook, report=report)
        ids = [entry.id for entry in annotations]
        if RELATIONS in texts:
            relations = relations_from_csv(texts[RELATIONS], ids, report=report)
        tour = tour_from_csv(texts[TOUR], ids, report=report) if TOUR in texts else ()
        if not essay.text:
            message = f'The reading "{name}" cannot be opened:\n{summary(found)}'
            raise ReadingError(message, tuple(found))
        return cls(essay, codebook, annotations, relations, name, tuple(found), tour=tour)

    @classmethod
    def from_frame(cls, text: str | Essay, frame: pd.DataFrame, codebook: Codebook | None = None) -> Reading:
        """The reading whose passages are the rows of a frame, as `to_frame("annotations")` makes it.

        `text`: the essay, or its Markdown. `frame`: a column `quote`, one of yes or no for each tag, and if there
        are any `passage` (the id), `start`, `note`, `creator`, `created`, `tags` (their order). Without a `codebook`,
        each tag is a theme.
        A quote that is not in exactly one place is in `faults`. Raises ValueError for a frame without quotes, and
        for a tag that the codebook does not have.

        >>> import pandas as pd
        >>> from essay_explorer import Reading
        >>> frame = pd.DataFrame({"quote": ["Trust is chosen"], "trust": [True]})
        >>> print(*Reading.from_frame("Trust is chosen, not proved.", frame))
        a1, paragraph 1: Trust is chosen [trust]
        """
        made: Reading = provided("reading_from_frame", text, frame, codebook)
        return made

    @cached_property
    def faults(self) -> tuple[Fault, ...]:
        r"""All faults, file by file in the order of FILES, each file's in the order of its rows.

        >>> from essay_explorer import Reading
        >>> texts = {"essay.md": "Trust is chosen.", "annotations.csv": "id,quote\nx1,proved\n"}
        >>> len(Reading.from_texts(texts).faults)
        1
        """
        lost = [(entry, places) for entry, places in self._places if len(places) != 1]
        loose = loose_ends(self.annotations, self.codebook.tags, self.relations, self.tour)
        found = [*self.parsing_faults, *loose, *faults_of(self.essay.text, lost)]
        order = {file: at for at, file in enumerate(FILES)}
        return tuple(sorted(found, key=lambda fault: (order.get(fault.file, len(FILES)), fault.row or 0)))

    @cached_property
    def _places(self) -> tuple[tuple[Annotation, tuple[Span, ...]], ...]:
        """Each annotation with every place where its quote stands."""
        quotes = (entry.anchor for entry in self.annotations)
        return tuple(zip(self.annotations, all_occurrences(self.essay.text, quotes), strict=True))

    def passages(
        self,
        /,
        *unnamed: object,
        match: str = "any",
        exclude: str | Iterable[str] = (),
        query: str | re.Pattern[str] = "",
        within: int | tuple[int, int] | list[int] | None = None,
        **facets: str | Iterable[str],
    ) -> Passages:
        """The passages that a lens shows, in text order; without arguments, all.

        `facets`: tag ids by facet, e.g. `theme=["trust", "ending"], move="claim"`. With
        `match="any"` a passage carries at least one tag of each facet named, with "all" every tag.
        `exclude`: tag ids of any facet that it does not carry. `query`: words that it holds as they
        stand, whatever the case, the form of quotation marks and the white space, or a regular expression.
        `within`: the paragraph in which it starts, counted from 1, or the first and the last in which it may.
        Raises ValueError for a facet, a tag, a match or a paragraph that there is not.

        >>> from essay_explorer import open_reading
        >>> reading = open_reading("her")
        >>> len(reading.passages(theme="trust")), len(reading.passages(theme="trust", within=1))
        (23, 1)
        """
        refuse_unnamed(unnamed, self.codebook, "passages")
        kinds.check(kinds.TEXT, match=match)
        kinds.check(kinds.TAGS, exclude=exclude, **facets)
        if match not in {"any", "all"}:
            message = f'match "{match}": expected "any" or "all"'
            raise ArgumentValueError(message)
        wanted = [self.codebook.tags_in(facet, ids) for facet, ids in facets.items()]
        unwanted = set(self.codebook.known_tags(exclude))
        agree = any if match == "any" else all
        holds = holding(query)
        first, last = paragraphs_of(within, len(self.essay.paragraphs))
        found = (
            passage
            for passage in self._all
            if all(agree(tag in passage.tags for tag in tags) for tags in wanted if tags)
            and not unwanted.intersection(passage.tags)
            and first <= passage.paragraph <= last
            and holds(passage.text)
        )
        return Passages(found, self)

    @overload
    def __getitem__(self, name: str | SupportsIndex) -> Passage: ...
    @overload
    def __getitem__(self, name: slice) -> Passages: ...
    def __getitem__(self, name: str | SupportsIndex | slice) -> Passage | Passages:
        """The passage with that id, or at that place in the order of the text; of a slice, several.

        Raises KeyError where no annotation has the id, or its quote is lost, and IndexError beyond the last place.
        """
        if not isinstance(name, str):
            kinds.check(kinds.ID_OR_PLACE, passage=name)
            return Passages(self._all, self)[name]
        if name not in self._by_id:
            entry = next((entry for entry in self.annotations if entry.id == name), None)
            lost = (
                f"the quote of {name} is not in exactly one place of the essay: {shown(entry.quote)}" if entry else ""
            )
            raise UnknownIdError(lost or f'no annotation has the id "{name}". {instead_of(name, self._by_id)}')
        return self._by_id[name]

    def __iter__(self) -> Iterator[Passage]:
        return iter(self._all)

    def __len__(self) -> int:
        return len(self._all)

    def __bool__(self) -> bool:
        return True  # also where nothing is marked yet

    def _ipython_key_completions_(self) -> list[str]:
        """What a notebook offers to `reading["`."""
        return list(self._by_id)

    def __contains__(self, one: object) -> bool:
        return one in self._by_id if isinstance(one, str) else one in self._all

    def __str__(self) -> str:
        essay = self.essay
        facets = ", ".join(counted(len(facet.tags), "tag") + f" of {facet.id}" for facet in self.codebook.facets)
        parts = [
            f"{Prose.from_inline(essay.title).text}{f', by {essay.author}' if essay.author else ''}",
            f"{counted(len(essay.paragraphs), 'paragraph')}, {essay.words:,} words",
            f"{counted(len(self), 'passage')}, {counted(len(self.relations), 'relation')}",
        ]
        return f"{self.name}: {'; '.join([*parts, facets] if facets else parts)}"

    def __repr__(self) -> str:
        return f"<Reading {self}>"

    @cached_property
    def _by_id(self) -> dict[str, Passage]:
        return {passage.id: passage for passage in self._all}

    @cached_property
    def _all(self) -> tuple[Passage, ...]:
        text = self.essay.text
        passages = []
        for entry, places in self._places:
            if len(places) == 1:
                (span,) = places
                tags = tuple(dict.fromkeys([*entry.tags, *self._named_in(span)]))
                paragraph = self.essay.paragraph_at(span.start)
                passages.append(Passage(entry.id, text[slice(*span)], *span, paragraph, tags, entry, self.codebook))
        return tuple(sorted(passages, key=lambda passage: (passage.start, passage.end)))

    @cached_property
    def _named(self) -> tuple[tuple[int, ...], tuple[int, ...], tuple[str, ...]]:
        """Where each name in the text starts and ends, and its tag."""
        named = [(start, end, tag) for tag, (start, end) in self.codebook.named(unbroken(self.essay.text))]
        starts, ends, tags = zip(*named, strict=True) if named else ((), (), ())
        return starts, ends, tags

    def _named_in(self, span: Span) -> tuple[str, ...]:
        """The tags of the names that stand whole in the span; names do not overlap, so both edges sort them."""
        starts, ends, tags = self._named
        return tags[bisect_left(starts, span.start) : bisect_left(ends, span.end + 1)]

    def segments(self, *, sentences: bool = False) -> tuple[tuple[EssaySegment, ...], ...]:
        """Each paragraph cut at every edge of a passage or an emphasis, and where a sentence starts if asked.

        >>> from essay_explorer import open_reading
        >>> [segment.text for segment in open_reading("her").segments()[0]][0]
        'Few films have annoyed me as tenderly as Spike Jonze’s '
        """
        return segments_of(self.essay, self._all, sentences=sentences)

    @cached_property
    def fingerprint(self) -> str:
        """A short hash of everything in the reading but its name: equal readings have equal ones.

        >>> from essay_explorer import open_reading
        >>> reading = open_reading("her")
        >>> reading.fingerprint == reading.without("a01").fingerprint
        False
        """
        shape = () if self.essay.is_plain else (self.essay.blocks, self.images)
        tour = (self.tour,) if self.tour else ()
        parts = (self.essay, self.codebook, self.annotations, self.relations, self.parsing_faults, *shape, *tour)
        return hashlib.blake2b(repr(parts).encode(), digest_size=8).hexdigest()

    def annotate(  # noqa: PLR0913 - the columns of annotations.csv
        self,
        quote: str,
        /,
        *,
        id: str = "",  # noqa: A002 - what the column is called
        prefix: str = "",
        suffix: str = "",
        note: str = "",
        creator: str = "",
        created: str = "",
        **facets: str | Iterable[str],
    ) -> Reading:
        """The reading with one annotation more, which stands last.

        `quote`: words of the essay as they stand there, one time; where they occur more than once, `prefix`
        or `suffix`, what stands right before or after them, tells the place. `facets`: tag ids by facet.
        `id` is made where none is given. Raises ValueError for an id that is taken and for a facet or a tag
        that the codebook does not have, and ReadingError for a quote that is not in exactly one place.

        >>> from essay_explorer import Essay, Reading
        >>> reading = Reading(Essay("Trust is chosen. Trust is not proved.")).with_tag("theme", id="trust")
        >>> marked = reading.annotate("Trust is", suffix="not", theme="trust", note="Not by proof.")
        >>> print(*marked.passages(theme="trust"))
        a1, paragraph 1: Trust is [trust]
        >>> reading.annotate("Trust is", theme="trust")
        Traceback (most recent call last):
        essay_explorer.core.fault.ReadingError: Quote occurs 2 times in the essay: ...
        """
        kinds.check(
            kinds.TEXT, quote=quote, id=id, prefix=prefix, suffix=suffix, note=note, creator=creator, created=created
        )
        meant.check_moment(created=created)
        tags = tags_chosen(self.codebook, facets)
        entry = Annotation(id or next_id(self.annotations), quote, prefix, suffix, tags, note, creator, created)
        return replace(self, annotations=with_annotation(self.annotations, entry, self.essay.text))

    def without(self, *ids: str) -> Reading:
        """The reading without those annotations, the relations from and to them, and the tour's stops at them.

        Raises ValueError for an id that no annotation has.

        >>> from essay_explorer import open_reading
        >>> reading = open_reading("her")
        >>> fewer = reading.without("a06")
        >>> len(reading.annotations) - len(fewer.annotations), len(reading.relations) - len(fewer.relations)
        (1, 1)
        """
        for one in ids:
            kinds.check(kinds.ID, id=one)
        gone = known_ids(self.annotations, ids)
        return replace(
            self,
            annotations=tuple(entry for entry in self.annotations if entry.id not in gone),
            relations=tuple(entry for entry in self.relations if gone.isdisjoint({entry.source, entry.target})),
            tour=tuple(stop for stop in self.tour if stop.at not in gone),
        )

    def with_tag(  # noqa: PLR0913 - what a tag has
        self,
        facet: str,
        /,
        *,
        id: str,  # noqa: A002 - what a codebook calls it
        label: str = "",
        definition: str = "",
        code: str = "",
        colour: str | tuple[str, str] | None = None,
        line: str = "",
        questions: str | Iterable[str] = (),
        aliases: str | Iterable[str] = (),
    ) -> Reading:
        """The reading with one tag more in its codebook, the last of a facet; the first tag of all makes its facet.

        What it has is that of a `Tag`; `colour` may be one for light and dark pages. A theme without a code,
        a colour or a line gets free ones. Raises ReadingError for an id, an alias or a code that is taken
        and for what no tag can have, and ValueError for a facet that the codebook does not have.

        >>> from essay_explorer import open_reading
        >>> reading = open_reading("her").with_tag("theme", id="silence", label="Silence")
        >>> reading.codebook.tags["silence"].code
        'S'
        """
        kinds.check(kinds.FACET, facet=facet)
        kinds.check(kinds.TEXT, id=id, label=label, definition=definition, code=code, line=line)
        kinds.check(kinds.TEXTS, questions=questions, aliases=aliases)
        kinds.check(kinds.COLOUR, colour=colour)
        look = {"code": code, "line": line, "questions": questions, "aliases": aliases, "colour": colour}
        tag = {"id": id, "label": label, "definition": definition, **look}
        return replace(self, codebook=with_tag(self.codebook, facet, tag))

    def save(self, name: str) -> Path:
        """Write the reading into one's own library, where `open_reading(name)` finds it; the folder that holds it.

        What is opened from it equals the reading. Raises ReadingError for a name that is taken, and for what no
        file can hold; then nothing is written.

        >>> from essay_explorer import open_reading
        >>> mine = open_reading("her").annotate("Phoenix is superb.", theme="craft")
        >>> mine.save("her-and-mine").name
        'her-and-mine'
        >>> open_reading("her-and-mine").fingerprint == mine.fingerprint
        True
        """
        kinds.check(kinds.NAME, name=name)
        folder: Path = provided("saved", self, name)
        return folder

    def concordance(self, query: str | re.Pattern[str], /, *, width: int = 40) -> Concordance:
        """Each place of words in the essay, with so many letters before and after it in its paragraph.

        `query`: words as `passages` seeks them, or a regular expression. Raises ValueError for a negative width.

        >>> from essay_explorer import open_reading
        >>> print(open_reading("her").concordance("alive", width=14))
        nier and more [alive] than he was b
        an any person [alive], nor that the
        """
        kinds.check(kinds.QUERY, query=query)
        kinds.check(kinds.WHOLE, width=width)
        return provided("concordance", self, query, width)  # type: ignore[no-any-return] # as its maker says

    def frequencies(
        self, /, *unnamed: object, stop_words: Iterable[str] | None = None, **facets: str | Iterable[str]
    ) -> Frequencies:
        """The words of the essay by how often they stand there, or of the passages with these tags.

        `facets`: tag ids by facet, as `passages` takes them; with one tag, the words that tell most of it stand first.
        `stop_words`: those that are not counted; by default the function words of the essay's language, where it is
        English, German, French, Spanish, Italian or Chinese. Raises ValueError for a facet or a tag that is unknown.

        >>> from essay_explorer import open_reading
        >>> [(one.word, one.count) for one in open_reading("her").frequencies()[:3]]
        [('love', 9), ('people', 9), ('theodore', 8)]
        """
        refuse_unnamed(unnamed, self.codebook, "frequencies")
        kinds.check(kinds.TAGS, **facets)
        kinds.check(kinds.WORDS, stop_words=stop_words)
        return provided("frequencies", self, facets, stop_words)  # type: ignore[no-any-return] # as its maker says

    def to_frame(self, table: str = "annotations") -> pd.DataFrame:
        """The "annotations", "tags", "sentences", "words" or "relations" as a pandas frame.

        `essay_explorer.measures.frames` says what the columns hold and how the tables join.
        Raises ValueError for any other name.

        >>> from essay_explorer import open_reading
        >>> frame = open_reading("her").to_frame()
        >>> int(frame["trust"].sum())
        23
        """
        kinds.check(kinds.TABLE, table=table)
        return provided("frame", self, table)


def _present(texts: Mapping[str, str], found: list[Fault]) -> dict[str, str]:
    """The texts that hold anything, by file; those that are empty, and what is missed, join the faults `found`."""
    texts = {file: texts[file].removeprefix("\ufeff") for file in FILES if file in texts}
    found += (Fault.of(file, Phrase("this file is empty").filled()) for file, text in texts.items() if not text.strip())
    present = {file: text for file, text in texts.items() if text.strip()}
    known_faulty = {fault.file for fault in found}
    if ESSAY not in present and ESSAY not in known_faulty:
        missing = Phrase("is missing. The text of the essay belongs in a file of this name").filled()
        found.append(Fault.of(ESSAY, missing))
    if CODEBOOK not in present and CODEBOOK not in known_faulty and has_tags(present.get(ANNOTATIONS, "")):
        missing = Phrase("is missing. The tags in {file} are defined in a file of this name").filled(file=ANNOTATIONS)
        found.append(Fault.of(CODEBOOK, missing))
    return present
