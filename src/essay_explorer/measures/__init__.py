"""What can be counted in a reading: the numbers behind its charts, and what they say in words.

Pure functions, from a reading to a `Measure`. Words are those that `Essay.words`
counts. Where there is too much for a row each, neighbouring paragraphs share one.
"""

from essay_explorer.measures.dispersion import dispersion, finding
from essay_explorer.measures.flow import flow
from essay_explorer.measures.measure import Measure, StretchedMeasure
from essay_explorer.measures.relations import argument
from essay_explorer.measures.sentences import rhythm
from essay_explorer.measures.tags import together, weight

__all__ = ["Measure", "StretchedMeasure", "argument", "dispersion", "finding", "flow", "rhythm", "together", "weight"]
