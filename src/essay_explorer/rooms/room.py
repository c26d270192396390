"""A room from Python: opened, led in a notebook, and read as marks, tables and agreement."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from essay_explorer.core import kinds
from essay_explorer.core.given import reading_given
from essay_explorer.library.saving import texts_of
from essay_explorer.marks.mark import NEVER, Mark
from essay_explorer.rooms import serving
from essay_explorer.rooms.apart import RoomServer
from essay_explorer.rooms.jupyter import lab_origins
from essay_explorer.rooms.majority import HALF, majority
from essay_explorer.rooms.opening import open_room, room_called, task_for
from essay_explorer.rooms.pages import TEMPLATES
from essay_explorer.rooms.results import Results
from essay_explorer.rooms.room_text import RoomText
from essay_explorer.rooms.seat import Seat
from essay_explorer.rooms.store import kept_rooms
from essay_explorer.rooms.store.database import Database
from essay_explorer.server.running import Door
from essay_explorer.templating import environment

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd  # type: ignore[import-untyped]  # pandas tells no types

    from essay_explorer.core.reading import Reading
    from essay_explorer.marks.agreement import Agreement

NETWORK = "0.0.0.0"  # noqa: S104 - phones are to come in


class Room:
    """A class at one reading; a notebook's cell shows the page that leads it.

    It is served by a process of its own that ends with this one, or with `close`, or with a `with` block. What is
    in it stays in the store: opened again on the same day, the room goes on. `phones`: the address for pupils.

    >>> from essay_explorer import Room, open_reading
    >>> with Room.open(open_reading("her"), tags=["trust", "ending"], ip="127.0.0.1") as room:
    ...     print(room.task)
    ...     print(len(room.marks), "marks")
    Mark 3 to 6 sentences about Trust or The ending critique. Say why.
    0 marks
    """

    def __init__(self, code: str, database: Database, served: RoomServer) -> None:
        self.code, self.phones = code, served.phones
        self._database, self._served = database, served
        with database.reading() as on:
            state = room_called(database, code)
            self._text = RoomText.of(kept_rooms.files_of(on, state.id), state.name, state.task.within)
        self.task = state.task.sentence(self._text.tags)

    @classmethod
    def open(  # noqa: PLR0913 - a room, and where it is
        cls,
        reading: Reading,
        *,
        tags: str | Iterable[str] = (),
        marks: int = 3,
        minutes: int = 10,
        paragraphs: tuple[int, int] | None = None,
        blind: bool = True,
        talk_first: bool = True,
        new: bool = False,
        store: str | Path | None = None,
        folder: str | Path = ".",
        ip: str = NETWORK,
        port: int | None = None,
    ) -> Room:
        """A room at a reading, served to the network: a new one, or that of today with these tags and paragraphs.

        `tags`: ids of what can be marked, by default all themes. `marks`: how many sentences; `minutes`: for them. The
        teacher's page has these and more. `paragraphs`: the first and the last that the room has, by default all.
        `new`: a new room, though one of today is still open. `store`: where rooms are kept, a file or
        "postgresql://USER@HOST/DATABASE". `folder`: where the results are written at the end.

        Raises ReadingError for a tag or paragraphs that the reading has not, and where the room cannot be served.
        """
        reading_given(reading, "Room.open", takes="opens a room at a Reading")
        kinds.check(kinds.TAGS, tags=tags)
        kinds.check(kinds.WHOLE, marks=marks, minutes=minutes)
        where = serving.usual_store() if store is None else str(store)
        database = Database.opened(where)
        wanted: dict[str, Any] = {
            "marks": marks,
            "most": 2 * marks,
            "minutes": minutes,
            "blind": blind,
            "talk_first": talk_first,
        }
        if tags:
            wanted["tags"] = [tags] if isinstance(tags, str) else list(tags)
        task = task_for(reading, wanted, within=paragraphs)
        state, _ = open_room(database, reading, texts_of(reading), task, new=new)
        door = Door(ip, port, embed=lab_origins())
        place = where if "://" in where else str(Path(where).absolute())
        return cls(state.code, database, RoomServer(state.code, door, store=place, folder=Path(folder).absolute()))

    @staticmethod
    def join(code: str) -> Seat:
        """One's own seat in a room of a hub, from a notebook in one's server there: the same as on one's phone.

        Raises ReadingError where the notebook runs on no hub, and where there is no such room.
        """
        return Seat.taken(code)

    @property
    def marks(self) -> tuple[Mark, ...]:
        """What everybody has marked so far, also who has not handed in; `creator` is their name in the room."""
        work = ((one.label, kept.mark) for one, kept in self._results().work())
        return tuple(
            Mark(sent.id, *sent.quote, sent.tags, sent.reason, name, sent.created or NEVER, sent.changed)
            for name, sent in work
        )

    def to_frame(self) -> pd.DataFrame:
        """The marks as a pandas frame, a row for each, and a column for each tag of the task.

        reader, group, sentence, last: Int64, the last two numbers of sentences. name, passage, quote, reason,
        created, changed: string. handed_in, and the tags by their ids: bool.
        """
        from essay_explorer.rooms.frame import frame_of  # noqa: PLC0415 - with pandas

        return frame_of(self._results())

    def agreement(self) -> Agreement:
        """How far those who have handed in agree on each tag of the task."""
        return self._results().agreement

    def majority(self, threshold: float = HALF) -> Reading:
        """The reading in which each sentence carries what at least this part of those who handed in gave it."""
        results = self._results()
        return majority(self._text, results.tally, threshold=threshold, creator=f"Room {self.code}")

    def close(self) -> None:
        """Let nobody in any more; what is in the room is kept."""
        self._served.close()
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __repr__(self) -> str:
        where = f"phones: {self.phones}" if self._served.is_running else "closed"
        return f"<Room {self.code}, {where}>"

    def _repr_mimebundle_(self, **_: Any) -> dict[str, str]:  # noqa: ANN401 - IPython's
        """What a notebook shows: the page that leads the room, and what it says where it shows no frames."""
        facts = {"code": self.code, "phones": self.phones, "teacher": self._served.teacher}
        page = environment(TEMPLATES).get_template("room_cell.html.j2")
        running = self._served.is_running
        return {
            "text/plain": repr(self),
            "text/html": page.render(**facts, running=running, framed=bool(lab_origins())),
        }

    def _results(self) -> Results:
        with self._database.reading() as on:
            return Results.of(on, room_called(self._database, self.code), self._text)
