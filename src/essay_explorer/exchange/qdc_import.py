"""A codebook in REFI-QDA's form, `.qdc`, in: each code that holds others is a facet, what lies in it are its tags."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from essay_explorer.core.codebook import Codebook
from essay_explorer.core.codebook_entries import FILE as CODEBOOK
from essay_explorer.core.colours import legible
from essay_explorer.core.fault import Fault, refuse, shown
from essay_explorer.core.names import COLUMNS, RESERVED
from essay_explorer.core.tag import Facet, Tag, distinct
from essay_explorer.exchange.joining import Joined, reading_to_join
from essay_explorer.exchange.naming import FreeIds, word
from essay_explorer.exchange.qda_codes import ORIGIN, Code, CodesRead, codes_in
from essay_explorer.exchange.qdc import NAMES, QUESTIONS, facet_guid, label_key, tag_guid, told_apart
from essay_explorer.files.codebook_file import codebook_to_yaml, rewritten, with_book
from essay_explorer.files.limits import check_size

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from essay_explorer.core.fault import Report
    from essay_explorer.exchange.incoming import Origin

MOST_BYTES = 2**22  # 4 MB: the largest codebooks have a tenth of that
LOOSE = "codes"  # the facet of codes that are in no other


def qdc_joined(content: bytes, texts: Mapping[str, str], origin: Origin, report: Report) -> Joined:
    """The files of a reading, `texts`, with the codes of a `.qdc` file added to its codebook."""
    known = reading_to_join(texts, origin.file).codebook if texts else Codebook()
    return Joined(
        book_joined(codebook_from_qdc(content, known, file=origin.file, report=report), texts, origin, report)
    )


def book_joined(theirs: Codebook, texts: Mapping[str, str], origin: Origin, report: Report) -> dict[str, str]:
    """The files of a reading with the tags that its codebook lacks; a tag that it has stays as it is there."""
    book = reading_to_join(texts, origin.file).codebook if texts else Codebook()
    made = with_book(book, theirs)
    for tag in (tag for tag in theirs.tags.values() if tag.id not in book.tags):
        if left := [alias for alias in tag.aliases if alias not in made.tags[tag.id].aliases]:
            say = f"the names {', '.join(left)} carry other tags already, and are left out of {shown(tag.label)}"
            report(Fault(origin.file, say, entry=tag.id))
    source = texts.get(CODEBOOK, "")
    return dict(texts) | {CODEBOOK: rewritten(source, made) if source else codebook_to_yaml(made)}


def codebook_from_qdc(
    content: bytes, known: Codebook | None = None, *, file: str = "codebook.qdc", report: Report = refuse
) -> Codebook:
    """The codebook in a `.qdc` file. A code deeper down is named after those above it; one in none is in "codes".

    A code is a tag of `known` that has its GUID, or its label in the same facet. The ids of others come
    from their names. Raises ReadingError, with the line, for a file that is no codebook.
    """
    check_size(content, file, most=MOST_BYTES)
    read = codes_in(content, file, report)
    if not read.codes:
        refuse(Fault(file, "holds no codes. Export the codebook as .qdc again"))
    return book_of(read, known or Codebook(), file, report)[0]


def book_of(read: CodesRead, known: Codebook, file: str, report: Report) -> tuple[Codebook, dict[str, str]]:
    """The codebook that codes make, and the tag of each code, by its GUID."""
    said = _said(read.said, file, report)
    ids = _Ids(known, said, read.codes)
    facets = [_facet_of(code, ids, said) for code in read.codes if code.inside or not code.codable]
    loose = [code for code in read.codes if not code.inside and code.codable]
    homes = [(ids.home(code), code) for code in loose]
    made = {facet.id: facet for facet in facets}
    for home, code in homes:
        here = made.get(home.id, replace(home, tags=()))
        made[here.id] = replace(here, tags=distinct((*here.tags, _tag_of(code, code.name, here, ids, said))))
    return Codebook(title=said.title, facets=tuple(made.values())), ids.given


def _said(instruction: str, file: str, report: Report) -> Codebook:
    """The codebook as we told it ourselves; an empty one where we did not."""
    if not instruction.strip():
        return Codebook()
    faults: list[Fault] = []
    made = Codebook.from_yaml(instruction, report=faults.append)
    if faults:
        report(Fault(file, f"what {ORIGIN} noted in it is damaged; letters, lines and dark colours may differ"))
    return made


class _Ids:
    """Ids for codes, each given once: those of the codebook that they came from, or made from their names."""

    def __init__(self, known: Codebook, said: Codebook, codes: Iterable[Code]) -> None:
        self._known = known
        guids = {code.guid for code in _all(codes)}
        self._tags = {tag_guid(tag): tag for book in (said, known) for tag in book.tags}
        self._facets = {facet_guid(facet.id): facet.id for book in (said, known) for facet in book.facets}
        self._labels = {
            (facet.id, label_key(tag.label)): tag.id
            for facet in known.facets
            for tag in facet.tags
            if tag_guid(tag.id) not in guids
        }
        self._facet_labels = {
            label_key(facet.label): facet.id for facet in known.facets if facet_guid(facet.id) not in guids
        }
        self._free_tags = FreeIds({*known.tags, *said.tags})
        self._free_facets = FreeIds(facet.id for book in (known, said) for facet in book.facets)
        self.given: dict[str, str] = {}

    def tag(self, code: Code, name: str, facet: Facet) -> str:
        """The id of the tag that a code is, one of the labels of its facet or a new one."""
        made = (
            self._tags.pop(code.guid, "")
            or self._labels.pop((facet.id, label_key(name)), "")
            or self._labels.pop((facet.id, label_key(_label(name, facet))), "")
            or self._free_tags.one(word(name) or "tag")
        )
        self.given.setdefault(code.guid, made)
        return made

    def facet(self, code: Code, name: str) -> str:
        """The id of the facet that a code is."""
        made = word(name) or "facet"
        made = f"{made}-facet" if made in {*RESERVED, *COLUMNS} else made
        return (
            self._facets.pop(code.guid, "")
            or self._facet_labels.pop(label_key(name), "")
            or self._free_facets.one(made)
        )

    def home(self, code: Code) -> Facet:
        """The facet for a code that is in none: where the only tag of its label is, else that of loose codes."""
        there = [at for at in self._labels if at[1] == label_key(code.name)]
        if self._tags.get(code.guid) in self._known.tags:
            return self._known.facet_of[self._tags[code.guid]]
        if len(there) == 1:
            return next(facet for facet in self._known.facets if facet.id == there[0][0])
        return next(
            (facet for facet in self._known.facets if facet.id == LOOSE), Facet(LOOSE, LOOSE.capitalize(), role="other")
        )


def _all(codes: Iterable[Code]) -> Iterator[Code]:
    for code in codes:
        yield code
        yield from _all(code.inside)


def _label(name: str, facet: Facet) -> str:
    """The label in the name of a code, without what tells it apart from that of another facet."""
    return name.removesuffix(told_apart("", facet.label))


def _facet_of(code: Code, ids: _Ids, said: Codebook) -> Facet:
    made = ids.facet(code, code.name)
    role = next((facet.role for facet in said.facets if facet.id == made), "")
    facet = Facet(made, code.name, "" if code.codable else code.text, role=role)
    own = [_tag_of(code, code.name, facet, ids, said)] if code.codable else []
    tags = [_tag_of(inner, name, facet, ids, said) for inner, name in _deeper(code, "")]
    return replace(facet, tags=distinct(own + tags))


def _deeper(code: Code, path: str) -> Iterator[tuple[Code, str]]:
    for inner in code.inside:
        name = f"{path}{inner.name}"
        yield inner, name
        yield from _deeper(inner, f"{name} / ")


def _tag_of(code: Code, name: str, facet: Facet, ids: _Ids, said: Codebook) -> Tag:
    """The tag that a code is, with what we noted of it where that still holds."""
    definition, lists = code.text, dict[str, tuple[str, ...]]()
    for heading in (NAMES, QUESTIONS):
        before, mark, after = definition.rpartition(f"{heading}\n- ")
        lines = after.split("\n")
        if mark and (not before or before.endswith("\n")) and all(line.startswith("- ") for line in lines[1:]):
            definition = before.rstrip()
            lists[heading] = tuple(line.removeprefix("- ").strip() for line in lines)
    questions, names = lists.get(QUESTIONS, ()), lists.get(NAMES, ())
    made = ids.tag(code, name, facet)
    noted = said.tags.get(made, Tag(made, name))
    name = noted.label if noted.label == _label(name, facet) else name
    same = (noted.colour or ("", ""))[0].casefold() == code.colour.casefold()
    colour = noted.colour if same else legible(code.colour) if code.colour else None
    if tuple(" ".join(one.split()) for one in noted.questions) == questions:
        questions = noted.questions
    return Tag(made, name, definition, noted.code, colour, noted.line, questions, names)
