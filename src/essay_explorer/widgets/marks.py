"""The marks of a reader: what they put into the page, kept where they are."""

from __future__ import annotations

import os
import warnings
from contextlib import suppress
from pathlib import Path
from types import MethodType
from typing import TYPE_CHECKING, Any

import anywidget
import traitlets

from essay_explorer.core import kinds
from essay_explorer.core.brief import ArgumentTypeError, ArgumentValueError, kind_of
from essay_explorer.core.fault import ReadingError, ReadingWarning
from essay_explorer.marks.given import check_others, check_removed, check_task, marks_from
from essay_explorer.marks.kept import Kept
from essay_explorer.widgets.choosing import Choosing
from essay_explorer.widgets.lens import Lens
from essay_explorer.widgets.module import module
from essay_explorer.widgets.view import check_open, lens_given
from essay_explorer.widgets.widget import Widget

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd  # type: ignore[import-untyped]  # pandas tells no types

    from essay_explorer.core.annotation import Annotation
    from essay_explorer.core.reading import Reading
    from essay_explorer.library.notebook_marks import NotebookMarks


NOTEBOOK = "JPY_SESSION_NAME"  # in which Jupyter tells a kernel the path of its notebook


class _of_class:  # noqa: N801 - a decorator
    """A function of the class; what ipywidgets calls so stays with its instances, as it opens their comm."""

    def __init__(self, function: Callable[..., Any]) -> None:
        self._function = function

    def __set_name__(self, owner: type, name: str) -> None:
        self._owner, self._name, self.__doc__ = owner, name, self._function.__doc__

    def __get__(self, instance: object, owner: type) -> Callable[..., Any]:
        if instance is None:
            return MethodType(self._function, owner)
        inherited: Callable[..., Any] = getattr(super(self._owner, instance), self._name)
        return inherited


class Marks(Widget):
    """The marks of a reader; it has no view of its own.

    A mark is a dict: `id`, `quote`, `prefix`, `suffix` (only what tells the place of the quote), `tags`, `reason`,
    `creator`, and `created` and `changed`, moments in UTC such as "2026-11-26T08:30:00.123Z". The page keeps marks in
    the reader's browser, by the essay's fingerprint; a notebook of JupyterLab keeps them in a file beside it too, which
    several notebooks may share. `observe` hears of each change.

    =======  ======================================================  ============
    trait    value                                                   written by
    =======  ======================================================  ============
    lens     the Lens of the essay                                   Python, once
    marks    the marks that there are, in the order of their making  both
    removed  when those that were removed were, by their ids         both
    others   marks of others, opened beside: id, label, marks        both
    file     where Python keeps them; "" where the browser does      Python
    creator  the name that new marks carry                           both
    task     what is asked for: tags, marks, reasons, due, title,    Python
             blind; {} for nothing
    =======  ======================================================  ============

    >>> from essay_explorer import Lens, Marks, open_reading
    >>> marks = Marks(Lens(open_reading("her")))
    >>> len(marks.reading())  # as many passages as there are marks
    0
    """

    shared = ("marks", "removed", "others", "creator")
    _esm = module(
        "bell",
        "anchoring",
        "stretches",
        "choice",
        "mark_steps",
        "mark_set",
        "mark_file",
        "mark_table",
        "device",
        "keeping",
        "sending",
        "keepers",
        "mark_places",
        "mark_store",
        "mark_editions",
        "choosing_acts",
        "marking_acts",
        "marks",
    )
    _view_name = traitlets.Unicode(None, allow_none=True).tag(sync=True)  # type: ignore[assignment] # None: no view

    lens = anywidget.WidgetTrait().tag(sync=True)
    marks = traitlets.List(traitlets.Dict()).tag(sync=True)
    removed = traitlets.Dict().tag(sync=True)
    others = traitlets.List(traitlets.Dict()).tag(sync=True)
    file = traitlets.Unicode().tag(sync=True)
    creator = traitlets.Unicode().tag(sync=True)
    task = traitlets.Dict().tag(sync=True)

    def __init__(self, lens: Lens, *, kept: bool = True, **state: Any) -> None:  # noqa: ANN401 - any of the traits
        """The marks on the essay of a lens. `kept`: whether a notebook keeps them in a file beside it."""
        super().__init__(lens=lens_given(lens, type(self).__name__), **state)
        self._beside: NotebookMarks | None = None
        if kept:
            self._find_file()
            lens.observe(self._find_file, "content")

    @_of_class
    def open(cls: type[Marks], path: str | os.PathLike[str], reading: Reading | None = None) -> Marks:  # noqa: N805 - see there
        """The marks of a file: a copy that was kept, or what somebody handed in.

        `reading`: one of the essay that they belong to; without, it is looked for in the library, except for a table,
        a .csv, which does not say whose text it is of. Raises ReadingError for a file that is none of marks, and where
        no such reading is found.

        >>> import tempfile
        >>> from essay_explorer import Lens, Marks, open_reading
        >>> reading = open_reading("her")
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     path = Marks(Lens(reading), kept=False).save(f"{folder}/mine.json")
        ...     Marks.open(path, reading).annotations
        ()
        """
        from essay_explorer.files.limits import OF_MARKS, bytes_of
        from essay_explorer.library.opening import reading_with_text
        from essay_explorer.marks.mark_file import MarkFile, from_table

        kinds.check(kinds.PATH, path=path)
        name = Path(path).name
        content = bytes_of(Path(path), name, most=OF_MARKS)
        table = Path(path).suffix.casefold() == ".csv"
        made = from_table(content, name, reading) if table else MarkFile.from_json(content, name)
        lens = Lens(reading or reading_with_text(made.essay, name, made.title))
        marks = [mark.by(made.person).to_json() for mark in made.kept.marks]
        return cls(lens, kept=False, marks=marks, removed=dict(made.kept.removed), creator=made.person)

    @property
    def annotations(self) -> tuple[Annotation, ...]:
        """The marks as annotations, their reasons as notes, in the order of their making.

        >>> from essay_explorer import Lens, Marks, open_reading
        >>> marks = Marks(Lens(open_reading("her")), kept=False)
        >>> marks.annotations
        ()
        """
        return tuple(mark.annotation for mark in self._kept.marks)

    def reading(self) -> Reading:
        """The essay with these marks as its annotations; the codebook is that of the reading on the lens.

        A mark whose quote is not in the text any more is among the annotations, and a fault of the reading.

        >>> from essay_explorer import Lens, Marks, open_reading
        >>> marks = Marks(Lens(open_reading("her")), kept=False)
        >>> len(marks.reading())
        0
        """
        from essay_explorer.marks.placement import placed

        reading: Reading = self.lens.reading
        return placed(self._kept.marks, reading).reading

    def to_frame(self) -> pd.DataFrame:
        """The marks as a pandas frame: what a mark has, and its paragraph; `tags` are parted by `;`.

        >>> from essay_explorer import Lens, Marks, open_reading
        >>> marks = Marks(Lens(open_reading("her")), kept=False)
        >>> list(marks.to_frame().columns)[:4]
        ['id', 'paragraph', 'quote', 'tags']
        """
        import pandas as pd

        marks = self._kept.marks
        places = {passage.id: passage.paragraph for passage in self.reading().passages()}
        names = ("id", "quote", "reason", "creator")
        columns = {name: pd.array([getattr(mark, name) for mark in marks], "string") for name in names}
        columns["paragraph"] = pd.array([places.get(mark.id) for mark in marks], "Int64")
        columns["tags"] = pd.array([";".join(mark.tags) for mark in marks], "string")
        for name in ("created", "changed"):
            columns[name] = pd.to_datetime([getattr(mark, name) for mark in marks], utc=True, format="ISO8601")
        order = ("id", "paragraph", "quote", "tags", "reason", "creator", "created", "changed")
        return pd.DataFrame({name: columns[name] for name in order})

    def save(self, path: str | os.PathLike[str]) -> Path:
        """Write the marks to a file; its path. One that ends in .csv is a table as annotations.csv, any other JSON.

        `Marks.open`, the page and `essay-explorer import` take both. Raises OSError where it cannot be written.

        >>> import tempfile
        >>> from essay_explorer import Lens, Marks, open_reading
        >>> marks = Marks(Lens(open_reading("her")), kept=False)
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     marks.save(f"{folder}/mine.csv").name
        'mine.csv'
        """
        from essay_explorer.files.whole import write_whole
        from essay_explorer.marks.mark_file import MarkFile, to_table

        kinds.check(kinds.PATH, path=path)
        to = Path(path)
        if to.suffix.casefold() == ".csv":
            write_whole(to, to_table(self.reading()))
        else:
            write_whole(to, MarkFile.of(self.lens.reading.essay, self._kept, self.creator).to_json())
        return to

    @property
    def _kept(self) -> Kept:
        return Kept.of(marks_from(self.marks), self.removed)

    @traitlets.validate("marks", "removed", "others", "task")
    def _sound(self, proposal: Any) -> Any:  # noqa: ANN401 - what traitlets hands over
        name, value = proposal["trait"].name, proposal["value"]
        if name == "marks":
            marks_from(value)
        elif name == "removed":
            check_removed(value)
        elif name == "others":
            check_others(value)
        else:
            check_task(value, self.lens.reading.codebook)
        return value

    def _find_file(self, _: object = None) -> None:
        """Keep the marks in the file of the essay on the lens from now on, and take in what is in it.

        Those of another essay stay in its own.
        """
        before, beside = self._beside, _beside(self.lens.reading)
        self._beside, self.file = beside, beside.path.name if beside else ""
        if beside:
            self._put(beside, Kept() if before and before.path != beside.path else self._kept)

    @traitlets.observe("marks", "removed")
    def _keep(self, change: Any) -> None:  # noqa: ANN401 - what traitlets hands over
        if not (beside := getattr(self, "_beside", None)):
            return
        if change["old"] and not self.marks and not self.removed:
            with suppress(OSError, ReadingError):
                beside.forget()
        else:
            self._put(beside, self._kept)

    def _put(self, beside: NotebookMarks, kept: Kept) -> None:
        """Keep what there is, and show what others have put there; where that fails, the browser alone keeps it."""
        try:
            together = beside.put(kept)
        except (OSError, ReadingError) as error:
            self._beside, self.file = None, ""
            message = f"Marks are kept in this browser alone, and in no file beside the notebook: {error}"
            warnings.warn(message, ReadingWarning, stacklevel=2)
            return
        marks, removed = [mark.to_json() for mark in together.marks], dict(together.removed)
        with self.hold_sync():
            if self.marks != marks:
                self.marks = marks
            if self.removed != removed:
                self.removed = removed


def marks_given(value: object, lens: object, to: str) -> Marks | Choosing:
    """The marks that somebody gave to a view of a lens. Raises TypeError for none, ValueError for those of another."""
    if not isinstance(value, Marks | Choosing):
        message = f"{to} works on Marks, and this is {kind_of(value)}. Make them for the same lens: Marks(lens)"
        raise ArgumentTypeError(message)
    if value.lens is not lens:
        message = f"{to} and its Marks look at two lenses. Make both for the same one: Marks(lens), {to}(lens, marks)"
        raise ArgumentValueError(message)
    check_open(value, "Marks(lens)")
    return value


def _beside(reading: Reading) -> NotebookMarks | None:
    """The file beside the notebook of this kernel, if it has one."""
    if NOTEBOOK not in os.environ:
        return None
    from essay_explorer.library.notebook_marks import NotebookMarks

    return NotebookMarks.of(reading)
