"""The widgets: one lens and the views that share it."""

from essay_explorer.widgets.chart_panel import ChartPanel
from essay_explorer.widgets.differ import Differ
from essay_explorer.widgets.essay_text import EssayText
from essay_explorer.widgets.explorer import Explorer
from essay_explorer.widgets.lens import Lens
from essay_explorer.widgets.mark_sheet import MarkSheet
from essay_explorer.widgets.marks import Marks
from essay_explorer.widgets.passage_card import PassageCard
from essay_explorer.widgets.theme_filter import ThemeFilter
from essay_explorer.widgets.tour import Tour

__all__ = [
    "ChartPanel",
    "Differ",
    "EssayText",
    "Explorer",
    "Lens",
    "MarkSheet",
    "Marks",
    "PassageCard",
    "ThemeFilter",
    "Tour",
]
