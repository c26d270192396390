"""Krippendorff's alpha for yes and no: how much more readers agree than chance would have it.

It is 1 where all agree, 0 where they agree as often as by chance, and below where they avoid each other
(K. Krippendorff, Content Analysis, 4th ed., 2019, ch. 12).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]

SAMPLES = 1000
INTERVAL = (2.5, 97.5)  # per cent of the samples
LEAST = 3  # units with a yes, so that a sample of them says anything


class Alpha(NamedTuple):
    """An alpha, and between which numbers 95 of 100 samples of the units have theirs.

    None for an alpha where all answers are the same, and for the others where there is nothing to sample.
    """

    value: float | None = None
    low: float | None = None
    high: float | None = None


def alpha_of(yes: NDArray[np.bool_], *, seed: int = 0) -> Alpha:
    """The alpha of answers, a row for each reader and a column for each unit. `seed`: of the samples."""
    readers, units = yes.shape
    if readers < 2:  # noqa: PLR2004 - it takes two
        return Alpha()
    alike = np.bincount(yes.sum(axis=0), minlength=readers + 1).astype(float)  # units, by how many say yes
    (value,) = _alphas(alike[np.newaxis], readers)
    if np.isnan(value):
        return Alpha()
    if value == 1 or units - alike[0] < LEAST:
        return Alpha(float(value))
    drawn = np.random.default_rng(seed).multinomial(units, alike / units, size=SAMPLES).astype(float)
    low, high = np.nanpercentile(_alphas(drawn, readers), INTERVAL)
    return Alpha(float(value), float(low), float(high))


def _alphas(alike: Numbers, readers: int) -> Numbers:
    """The alpha of each row; a row counts the units to which none, one, two ... of the readers say yes."""
    said = np.arange(readers + 1)
    answers = alike.sum(axis=1) * readers
    yes = alike @ said
    observed = alike @ (2 * said * (readers - said)) / (readers - 1)
    by_chance = 2 * yes * (answers - yes) / (answers - 1)
    return np.asarray(1 - np.divide(observed, by_chance, out=np.full_like(yes, np.nan), where=by_chance > 0))
