"""A colour that somebody chose, made legible on light and on dark pages."""

from __future__ import annotations

import colorsys

from essay_explorer.core.tag import PALETTE

LIGHT, DARK = "#fdfbf7", "#16161a"  # the paper
ON_LIGHT, ON_DARK = 4.5, 7.0  # contrasts, those of the palette
STEPS = 50  # of lightness


def legible(colour: str) -> tuple[str, str]:
    """The colour for light and for dark pages: the palette's own pair, or the nearest lightness that can be read."""
    known = {light.lower(): (light, dark) for light, dark in PALETTE}
    if colour.lower() in known:
        return known[colour.lower()]
    return _towards(colour, LIGHT, ON_LIGHT, end=0.0), _towards(colour, DARK, ON_DARK, end=1.0)


def _towards(colour: str, paper: str, least: float, *, end: float) -> str:
    """The colour, or the first on the way to black or white that stands out from the paper so much."""
    hue, lightness, saturation = colorsys.rgb_to_hls(*_parts(colour))
    for step in range(STEPS + 1):
        parts = colorsys.hls_to_rgb(hue, lightness + (end - lightness) * step / STEPS, saturation)
        made = "#" + "".join(f"{round(255 * part):02X}" for part in parts)
        if contrast(made, paper) >= least:
            return made
    return made


def contrast(one: str, other: str) -> float:
    """How far two colours stand apart, from 1 to 21 (WCAG 2.2, contrast ratio)."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in _parts(colour)]  # noqa: PLR2004 - sRGB's
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _parts(colour: str) -> list[float]:
    return [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
