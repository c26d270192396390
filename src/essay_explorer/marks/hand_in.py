"""What a class handed in: each file taken or refused by itself, and each person once."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from essay_explorer.core.fault import Fault, Known, ReadingError, and_more, refuse, shown
from essay_explorer.core.prose import Prose
from essay_explorer.marks.mark_file import MarkFile
from essay_explorer.marks.placement import placed
from essay_explorer.marks.task import end_of
from essay_explorer.words import Phrase, Sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import tzinfo

    from essay_explorer.core.fault import Report
    from essay_explorer.core.reading import Reading
    from essay_explorer.marks.placement import Placed
    from essay_explorer.marks.submission import Submission

NOBODYS = Phrase("does not say whose it is. Give it a name with the person’s in it, such as her-ANN.json")
FOREIGN = Phrase("belongs to another essay, {its}, and not to {ours}")
FOREIGN_UNNAMED = Phrase("belongs to another essay, and not to {ours}")
ANOTHER_VERSION = Phrase(
    "was made on another version of the text; {here} of its {count} mark is found in this one",
    "was made on another version of the text; {here} of its {count} marks are found in this one",
)
OLDER = Phrase("is older than what {person} has handed in already. The newer one counts")
STRANGE = Phrase(
    "has no mark in common with what {person} handed in before, and takes its place. "
    "If these are two people, let one of them hand in under another name"
)
LOST = Phrase(
    "{count} of its marks is not in the text. It is kept, and stands on the sheet",
    "{count} of its marks are not in the text. They are kept, and stand on the sheet",
)
TAGS_NAMED = 3
UNKNOWN = Phrase(
    "{count} of its tags is not in the codebook: {names}. {advice} It is kept, and stands on the sheet",
    "{count} of its tags are not in the codebook: {names}. {advice} They are kept, and stand on the sheet",
)
ALL_UNKNOWN = Phrase(
    "none of its tags is in the codebook: {names}. {advice} Its marks are kept, and stand on the sheet, but count for "
    "no theme. Ask with which copy it was made, or give the codebook these tags and collect again"
)
CLOCKS_DIFFER = timedelta(days=1)  # a device may be so far ahead
A_YEAR = timedelta(days=366)  # nobody hands in so long before it is due
AHEAD = Phrase(
    "by its device’s clock it was handed in on {day}, which has not come yet. Nobody can tell whether it was late"
)
BEHIND = Phrase(
    "by its device’s clock it was handed in on {day}, years before it was due. Nobody can tell whether it was late"
)


class ForeignEssayError(ReadingError):
    """A hand-in that belongs to another essay."""


@dataclass(frozen=True, slots=True)
class Clock:
    """Now, and the zone of whoever reads; None is the machine's own."""

    now: datetime
    zone: tzinfo | None = None

    def is_late(self, made: MarkFile, due: str = "") -> bool:
        """Whether it came after it was due, as its platform says, or its own device's clock, if that can be right."""
        end = end_of(due or made.task.due, self.zone)
        return made.late or bool(end and made.handed_in >= end and not self.wrong(made, due))

    def wrong(self, made: MarkFile, due: str = "") -> Sentence | None:
        """What is wrong with the moment when it was handed in: it has not come yet, or is years before it was due."""
        if not made.handed_in:
            return None
        end = end_of(due or made.task.due, self.zone)
        when, day = datetime.fromisoformat(made.handed_in), made.handed_in[:10]
        if when > self.now.astimezone(UTC) + CLOCKS_DIFFER:
            return AHEAD.filled(day=day)
        return BEHIND.filled(day=day) if end and when < datetime.fromisoformat(end) - A_YEAR else None


def taken(given: Submission, reading: Reading, report: Report) -> MarkFile:
    """The hand-in of a file, as the person's whom the platform or else the file names.

    What is not clear in it goes to `report`. Raises ReadingError for a file that is none, or is nobody's, and
    ForeignEssayError for one of another essay.
    """
    made = MarkFile.from_json(given.content, given.file, report=report)
    found = placed(made.kept.marks, reading)
    _check_essay(made, found, given.file, reading, report)
    if found.unknown:
        report(Fault.of(given.file, _unknown(found, made, reading)))
    person = given.name or made.person or given.named_after
    if not person:
        refuse(Fault.of(given.file, NOBODYS.filled()))
    return replace(made, person=person, account=given.account, late=given.late)


def _unknown(found: Placed, made: MarkFile, reading: Reading) -> Sentence:
    """Which of the tags are none of the codebook, and what becomes of them."""
    names, tags = found.unknown, {tag for mark in made.kept.marks for tag in mark.tags}
    told = and_more(", ".join(map(shown, names[:TAGS_NAMED])), len(names) - TAGS_NAMED)
    advice = Known(reading.codebook.tags).advice(names[0])
    if len(names) == len(tags):
        return ALL_UNKNOWN.filled(names=told, advice=advice)
    return UNKNOWN.filled(len(names), names=told, advice=advice)


def _check_essay(made: MarkFile, found: Placed, file: str, reading: Reading, report: Report) -> None:
    """Raise ForeignEssayError where the marks are not of this essay; of an earlier version of it, most are here."""
    moves = found.moves
    here = sum(move.state != "lost" for move in moves)
    if made.essay == reading.essay.fingerprint:
        if here < len(moves):
            report(Fault.of(file, LOST.filled(len(moves) - here)))
        return
    if not here or 2 * here < len(moves):
        its, ours = shown(made.title), shown(Prose.from_inline(reading.essay.title).text)
        foreign = FOREIGN.filled(its=its, ours=ours) if made.title else FOREIGN_UNNAMED.filled(ours=ours)
        fault = Fault.of(file, foreign)
        raise ForeignEssayError(str(fault), (fault,))
    report(Fault.of(file, ANOTHER_VERSION.filled(len(moves), here=str(here))))


def joined(
    known: Sequence[MarkFile], new: MarkFile, report: Report, file: str
) -> tuple[tuple[MarkFile, ...], MarkFile | None]:
    """The hand-ins with one more, each person once in each pass, and the one that has to give way.

    That is what the person handed in before, or the new one, where it is older.
    """
    before = _same_person(known, new)
    if before is None:
        return (*known, new), None
    if new.handed_in < before.handed_in:
        report(Fault.of(file, OLDER.filled(person=new.person)))
        return tuple(known), new
    ours, theirs = ({mark.id for mark in one.kept.marks} for one in (before, new))
    if before != new and ours and theirs and ours.isdisjoint(theirs) and not new.account:
        report(Fault.of(file, STRANGE.filled(person=before.person)))
    kept = replace(new, account=new.account or before.account)
    others = [kept if one is before else one for one in known]
    return tuple(others), before if before != kept else None


def _same_person(known: Iterable[MarkFile], new: MarkFile) -> MarkFile | None:
    """What the person handed in before in this pass: by the platform's number, else by the name."""
    same_pass = [one for one in known if one.round == new.round]
    if new.account:
        by_account = next((one for one in same_pass if one.account == new.account), None)
        if by_account:
            return by_account
    platform = new.account.partition(" ")[0]
    same_name = [one for one in same_pass if name_key(one.person) == name_key(new.person)]
    possible = [one for one in same_name if not platform or one.account.partition(" ")[0] != platform]
    return possible[0] if len(possible) == 1 else None


def name_key(name: str) -> str:
    """What two ways to write a name have in common."""
    return unicodedata.normalize("NFC", " ".join(name.split()).casefold())


def latest_pass(hand_ins: Iterable[MarkFile]) -> tuple[MarkFile, ...]:
    """Of each person the hand-in of the last pass, in the order of their names."""
    last: dict[tuple[str, str], MarkFile] = {}
    for one in sorted(hand_ins, key=lambda one: one.round):
        last[name_key(one.person), one.account] = one
    return tuple(sorted(last.values(), key=lambda one: (name_key(one.person), one.account)))
