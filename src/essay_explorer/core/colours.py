"""Colours that somebody chose, legible on a page: apart from its paper, in the light and in the dark."""

from __future__ import annotations

from colorsys import hls_to_rgb, rgb_to_hls

from essay_explorer.core.tag import PALETTE

# The paper, and the least contrast with each: as for the palette, WCAG 2.2, 1.4.3 and 1.4.6.
LIGHT, DARK = "#fdfbf7", "#16161a"
ON_LIGHT, ON_DARK = 4.5, 7.0
STEPS = 200  # of lightness
LINEAR = 0.04045  # up to here sRGB has no gamma


def legible(colour: str, dark: str = "") -> tuple[str, str]:
    """The colour for a light and for a dark page: itself, or its hue as little darker or lighter as is needed.

    `dark`: another one for dark pages. Without, a light colour of the palette has its dark one.
    """
    palette = {light.casefold(): other for light, other in PALETTE}
    if not dark and colour.casefold() in palette:
        return colour, palette[colour.casefold()]
    return _apart(colour, LIGHT, ON_LIGHT, -1), _apart(dark or colour, DARK, ON_DARK, 1)


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, as WCAG 2.2 defines it."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _apart(colour: str, ground: str, least: float, step: int) -> str:
    hue, lightness, saturation = rgb_to_hls(*_channels(colour))
    made, at = colour, lightness
    while contrast(made, ground) < least and 0 <= at <= 1:
        at += step / STEPS
        made = "#" + "".join(f"{round(255 * one):02x}" for one in hls_to_rgb(hue, min(max(at, 0.0), 1.0), saturation))
    return made


def _luminance(colour: str) -> float:
    red, green, blue = (one / 12.92 if one <= LINEAR else ((one + 0.055) / 1.055) ** 2.4 for one in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _channels(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue
