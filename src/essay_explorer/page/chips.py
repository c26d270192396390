"""The themes of a filter in the HTML that is sent first: what the template filter.html.j2 is made of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

WEIGHTS = {"thick": "3px", "thin": "1px"}


def open_facets(content: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The facets of a content that are always in sight, as tag_chips.js finds them, with the look of their tags."""
    facets = ({**facet, "coloured": any(tag["colour"] for tag in facet["tags"])} for facet in content["facets"])
    return [
        {**facet, "tags": [{**tag, "look": _look(tag)} for tag in facet["tags"]]}
        for facet in facets
        if facet["tags"] and (facet["role"] == "theme" or facet["coloured"])
    ]


def _look(tag: Mapping[str, Any]) -> str:
    """The colour and the line of a tag as CSS, as dom.js paints them."""
    style, _, weight = tag["line"].partition("-")
    colour = f"; --c: light-dark({tag['colour'][0]}, {tag['colour'][1]})" if tag["colour"] else ""
    return f"--line: {style}; --weight: {WEIGHTS.get(weight, '2px')}{colour}"
