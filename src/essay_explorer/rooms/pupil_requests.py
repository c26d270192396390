"""What pupils ask of a room: to join, their own marks, the class's once they may see it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from essay_explorer.rooms import fields, joining, marking, talking
from essay_explorer.rooms.lessons import now
from essay_explorer.rooms.limits import LONGEST_NAME, MOST_MARKS, MOST_SENT
from essay_explorer.rooms.refusal import RefusalError, not_now
from essay_explorer.rooms.reply import Reply
from essay_explorer.rooms.requests import NEVER, Request, a_token
from essay_explorer.rooms.sent_mark import SentMark
from essay_explorer.rooms.shown import class_shown, group_shown, own_shown
from essay_explorer.rooms.store.kept_hands import hands_of
from essay_explorer.rooms.store.kept_marks import marks_of
from essay_explorer.server.news import Channel, News
from essay_explorer.words import Phrase, say

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from essay_explorer.rooms.lesson import Lesson
    from essay_explorer.rooms.participant import Participant
    from essay_explorer.rooms.room_state import RoomState

NOT_YET = Phrase("You see the class when the teacher reveals it and you have handed in.")


class Door(Request):
    """What a room says to who stands before it."""

    async def get(self, code: str) -> None:
        """Its code, its title, whether one can join, and when it is forgotten."""
        lesson = await self.lesson(code)
        state = await lesson.read(lambda _, state: state)
        self.answer(
            {"code": state.code, "title": state.title, "locked": state.locked, "until": state.until.isoformat()}
        )


class Join(Request):
    """A phone that wants a seat."""

    async def post(self, code: str) -> None:
        """Its seat: a new one, or the one that it has already."""
        lesson = await self.lesson(code)
        sent = self.sent
        token, name = a_token(sent), fields.line(sent, "name", most=LONGEST_NAME)
        lesson.limits.join()
        terms = self.lessons.terms
        made = await lesson.write(
            lambda on, code: joining.join(on, code, name=name, token=token, now=now(), terms=terms)
        )
        self.answer(await lesson.read(lambda on, state: _own(on, state, made, lesson)))


class Return(Request):
    """Another phone that wants the seat of a return code."""

    async def post(self, code: str) -> None:
        """The seat, and the marks that were made on it."""
        lesson = await self.lesson(code)
        sent = self.sent
        token, given = a_token(sent), fields.text(sent, "code", most=LONGEST_NAME)
        try:
            await lesson.read(lambda on, state: joining.seat_of(on, state, given))  # a wrong one waits for no writer
        except RefusalError as error:
            if error.word == joining.WRONG_CODE.word:
                lesson.limits.wrong_code()
            raise
        found = await lesson.write(lambda on, code: joining.come_back(on, code, return_code=given, token=token))
        self.answer(await lesson.read(lambda on, state: _own(on, state, found, lesson)))


class Mine(Request):
    """A pupil's own state."""

    async def get(self, code: str) -> None:
        """The room, the seat and its own marks."""
        lesson = await self.lesson(code)

        def found(on: Connection, state: RoomState) -> dict[str, Any]:
            return _own(on, state, joining.seated(on, state, self.token), lesson)

        self.answer(await lesson.read(found))


class Marks(Request):
    """Marks that a phone sends."""

    async def post(self, code: str) -> None:
        """The ids of those that are on the disk, and why the others are not."""
        lesson = await self.lesson(code)
        sent = self.sent
        given = fields.items(sent, "marks", most=MOST_SENT)
        asked = fields.number(sent, "pass", least=1, most=2) if "pass" in sent else None
        await lesson.allow(self.token, len(given))
        placed, refused = [], []
        for one in given:
            try:
                placed.append(_placed(one, lesson))
            except RefusalError as error:
                refused.append({"id": one.get("id"), "words": error.sentence})
        kept = await lesson.mark(marking.Sent(self.token, placed, now(), asked))
        refused += [{"id": one, "words": marking.FULL.said(most=MOST_MARKS)} for one in kept.full]
        self.answer({"kept": list(kept.ids), "refused": refused, "pass": kept.pass_number})


class HandIn(Request):
    """A pass that is handed in."""

    async def post(self, code: str) -> None:
        """When it was, first."""
        lesson = await self.lesson(code)
        sent, token = self.sent, self.token
        asked = fields.number(sent, "pass", least=1, most=2) if "pass" in sent else None
        await lesson.allow(token)
        number, at = await lesson.write(lambda on, code: marking.hand_in(on, code, token, now=now(), asked=asked))
        self.answer({"pass": number, "handed_in": at.isoformat()})


class TheClass(Request):
    """What the class has marked."""

    async def get(self, code: str) -> None:
        """Numbers and shown words, for who may see them; for the others not even that there are any."""
        lesson = await self.lesson(code)

        await lesson.read(lambda on, state: _seeing(on, state, self.token))
        self.send(await lesson.made(class_shown), cache=NEVER)


class Group(Request):
    """What the pupil's own group has marked."""

    async def get(self, code: str) -> None:
        """The numbers of it, for who may see the class and has a group."""
        lesson = await self.lesson(code)
        who = await lesson.read(lambda on, state: _seeing(on, state, self.token))
        if not who.group:
            word = "alone"
            raise not_now(word, Phrase("There are no groups in this room."))
        self.answer(group_shown(await lesson.results(), who.group))


class Replies(Request):
    """Replies that a phone sends."""

    async def post(self, code: str) -> None:
        """The ids of those that are on the disk."""
        lesson = await self.lesson(code)
        given = fields.items(self.sent, "replies", most=MOST_SENT)
        await lesson.allow(self.token, len(given))
        tags, numbers = lesson.state.task.tags, lesson.text.numbers
        replies = [Reply.from_json(one, tags=tags, sentences=numbers) for one in given]
        token = self.token
        kept = await lesson.write(lambda on, code: talking.put_replies(on, code, token, replies))
        self.answer({"kept": list(kept)})


class MeToo(Request):
    """A reader who agrees with what they see."""

    async def post(self, code: str) -> None:
        """Whether the hand is up now."""
        lesson = await self.lesson(code)
        ref, raised, token = fields.an_id(self.sent, "ref"), fields.yes_or_no(self.sent, "raised"), self.token
        await lesson.allow(token)
        await lesson.write(lambda on, code: talking.agree(on, code, token, ref, raised=raised))
        self.answer({"raised": raised})


class Report(Request):
    """A reader who finds fault with what they see."""

    async def post(self, code: str) -> None:
        """Thanks, whatever there is."""
        lesson = await self.lesson(code)
        ref, token = fields.an_id(self.sent, "ref"), self.token
        await lesson.allow(token)
        await lesson.write(lambda on, code: talking.report(on, code, token, ref))
        self.answer({"words": say("Thank you. The teacher will look at it.")})


class RoomNews(Request, News):
    """The news of a room: that it has changed, and never what others do."""

    async def channel(self, *path: str) -> Channel:
        """That of everybody in it."""
        return (await self.lesson(path[0])).news


def _own(on: Connection, state: RoomState, who: Participant, lesson: Lesson) -> dict[str, Any]:
    hands = hands_of(on, state.id, str(who.id)) if state.sees_class(who) else ()
    return own_shown(state, who, marks_of(on, who.id), lesson.text, hands)


def _seeing(on: Connection, state: RoomState, token: str) -> Participant:
    """Whose phone it is. Raises RefusalError for who may not see the class."""
    who = joining.seated(on, state, token)
    if not state.sees_class(who):
        word = "blind"
        raise not_now(word, NOT_YET)
    return who


def _placed(given: fields.Fields, lesson: Lesson) -> marking.Placed:
    mark = SentMark.from_json(given, lesson.state.task.tags)
    return mark, (0, 0) if mark.removed else lesson.text.sentences_of(mark.quote)
