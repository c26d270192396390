"""The whole explorer: the essay, its filter, the card, the charts and the marks, all on one lens."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import anywidget
import traitlets

from essay_explorer.core import kinds
from essay_explorer.core.brief import ArgumentValueError
from essay_explorer.core.given import reading_given
from essay_explorer.widgets.chart_panel import ChartPanel
from essay_explorer.widgets.choosing import Choosing
from essay_explorer.widgets.differ import Differ
from essay_explorer.widgets.editor import Editor, folder_to_edit
from essay_explorer.widgets.essay_text import EssayText
from essay_explorer.widgets.homework import Homework
from essay_explorer.widgets.lens import Lens
from essay_explorer.widgets.mark_sheet import MarkSheet
from essay_explorer.widgets.marks import Marks
from essay_explorer.widgets.module import module, style
from essay_explorer.widgets.passage_card import PassageCard
from essay_explorer.widgets.theme_filter import ThemeFilter
from essay_explorer.widgets.tour import Tour
from essay_explorer.widgets.view import View, lens_given

if TYPE_CHECKING:
    import os
    from collections.abc import Mapping
    from pathlib import Path

    from essay_explorer.core.reading import Reading
    from essay_explorer.widgets.widget import Widget


class Explorer(View):
    """The essay next to its filter, the card of the passage in focus, the tour and the charts.

    ========  ========================================================  ============
    trait     value                                                     written by
    ========  ========================================================  ============
    lens      the Lens that all views share                             Python, once
    filter    the ThemeFilter                                           Python, once
    text      the EssayText                                             Python, once
    card      the PassageCard                                           Python, once
    tour      the Tour                                                  Python, once
    differ    the Differ                                                Python, once
    charts    the ChartPanel, or null                                   Python, once
    marks     the Marks, or null                                        Python, once
    sheet     the MarkSheet, or null                                    Python, once
    homework  the Homework, or null                                     Python, once
    editor    the Editor, or null where nobody edits                    Python, once
    frame     "notebook": a box that scrolls; "page": it is the page    Python, once
    ========  ========================================================  ============

    >>> from essay_explorer import Explorer, open_reading
    >>> explorer = Explorer(open_reading("her"))
    >>> explorer.lens.choose("trust")  # what the reader sees follows
    >>> [passage.id for passage in explorer.lens.passages][:2]
    ['a03', 'a19']
    """

    shows_text = True
    page = ("frame",)
    _esm = module("comforts", "whereabouts", "bookmark", "presenting", "explorer")
    _css = style("explorer", "comforts")

    filter = anywidget.WidgetTrait().tag(sync=True)
    text = anywidget.WidgetTrait().tag(sync=True)
    card = anywidget.WidgetTrait().tag(sync=True)
    tour = anywidget.WidgetTrait().tag(sync=True)
    differ = anywidget.WidgetTrait().tag(sync=True)
    charts = anywidget.WidgetTrait().tag(sync=True)
    marks = anywidget.WidgetTrait().tag(sync=True)
    sheet = anywidget.WidgetTrait().tag(sync=True)
    homework = anywidget.WidgetTrait().tag(sync=True)
    editor = anywidget.WidgetTrait().tag(sync=True)
    frame = traitlets.Enum(("notebook", "page"), "notebook").tag(sync=True)

    def __init__(  # noqa: PLR0913 - each a part that one may want or not
        self,
        reading: Reading,
        *,
        lens: Lens | None = None,
        charts: bool = True,
        marks: bool = True,
        task: Mapping[str, Any] | None = None,
        edit: bool | str | os.PathLike[str] = False,
        frame: str = "notebook",
        **traits: Any,  # noqa: ANN401 - those of every ipywidget
    ) -> None:
        """An explorer of `reading`; with a `lens` of that reading, it shares that one.

        `marks`: whether readers can mark. `task`: what they are asked to mark, as the trait of `Marks` has it.
        `edit`: whether its themes, passages, relations, tour and text can be changed here, in place of marks of one's
        own; each change is written into its files. A reading that has no name in the library needs its folder in
        place of True.
        Raises ReadingError for one that has no files, or that comes with the project.
        """
        reading = reading_given(reading, type(self).__name__)
        kinds.check(kinds.YES_OR_NO, charts=charts, marks=marks)
        kinds.check(kinds.TASK, task=task)
        kinds.check(kinds.PLACE_TO_EDIT, edit=edit)
        folder = folder_to_edit(reading, edit) if edit else None
        lens = Lens(reading) if lens is None else _lens_of(reading, lens)
        made = Marks(lens, task=dict(task or {})) if marks and not folder else None
        views = {"filter": ThemeFilter(lens), "text": EssayText(lens, made), "card": PassageCard(lens)}
        views |= {"tour": Tour(lens), "differ": Differ(lens)}
        some: dict[str, Widget | None] = {"charts": ChartPanel(lens) if charts else None}
        some |= {"marks": made, "sheet": MarkSheet(lens, made) if made else None}
        some |= {"homework": Homework(lens, made) if made and task else None}
        super().__init__(lens, frame=frame, **views, **some, **traits)
        if folder:
            self.let_edit(folder)

    def let_edit(self, folder: Path | None = None) -> None:
        """Give the page what its author needs; without a `folder`, whoever serves the page takes the changes."""
        self.text.marks = Choosing(self.lens)
        self.editor = Editor(self.lens, self.text.marks, folder)

    @property
    def reading(self) -> Reading:
        """What is read; another one takes its place in every view that shares the lens.

        >>> from essay_explorer import Explorer, open_reading
        >>> explorer = Explorer(open_reading("her"))
        >>> explorer.reading = open_reading("her").without("a01")
        >>> len(explorer.reading)
        66
        """
        reading: Reading = self.lens.reading
        return reading

    @reading.setter
    def reading(self, reading: Reading) -> None:
        self.lens.reading = reading


def _lens_of(reading: Reading, lens: Lens) -> Lens:
    """The lens that somebody gave with a reading. Raises ValueError for that of another one."""
    if lens_given(lens, "Explorer", "reading, lens=").reading.fingerprint != reading.fingerprint:
        name = lens.reading.name
        other = f"“{name}”" if name != reading.name else "another reading of that name"
        advice = "Leave lens= out, or let it look at the same: Lens(reading)"
        message = f"Explorer shows “{reading.name}”, and its lens looks at {other}. {advice}"
        raise ArgumentValueError(message)
    return lens
