"""The page in the second engine: what a reader does most, and what is painted of it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from paint import PIXELS, WHY_UNPAINTED

if TYPE_CHECKING:
    from firefox import Firefox
    from servers import Server


def painted(selector: str, ink: str) -> str:
    """An expression of JavaScript: the first of these is painted with this ink."""
    one = f"document.querySelector({json.dumps(selector)})"
    return f"{one} && !({WHY_UNPAINTED})({one}, {json.dumps(ink)})"


def has(name: str) -> str:
    """An expression of JavaScript: the explorer has this class."""
    return f"document.querySelector('.essay-explorer').classList.contains({json.dumps(name)})"


def opened(fox: Firefox, url: str) -> None:
    fox.go("about:blank")
    fox.go(url)
    fox.until("document.documentElement.dataset.essayExplorer === 'ready'")


def test_filter_card_tour_and_charts_open_and_back_closes_each(fox: Firefox, served: Server) -> None:
    opened(fox, served.url)
    fox.press('.chip[data-tag="trust"] .choose')
    fox.until("document.querySelector('.says').textContent === '23 of 67 passages about trust.'")
    fox.until(painted("mark.on:not(.gap) .line.on", "underline"))
    fox.press("mark.on")
    fox.until(has("carded"))
    fox.until(painted(".passage-card h2", "text"))
    fox.evaluate("history.back()")
    fox.until(f"!{has('carded')} && location.hash === '#theme=trust'")
    fox.press(".begin-tour")
    fox.until(painted("mark.stop", "background"))
    fox.press(".tour-panel .next")
    fox.until("location.hash.includes('tour=2')")
    fox.evaluate("history.back()")
    fox.until("!document.querySelector('mark.stop')")
    fox.press(".tools .charts")
    fox.until(painted(".chart-panel .picture [aria-roledescription=bar]", "shape"))
    fox.evaluate("history.back()")
    fox.until(f"!{has('charted')}")


def test_comforts_and_the_wall(fox: Firefox, served: Server) -> None:
    opened(fox, served.url)
    fox.press(".comforts .looks")
    fox.press(".comforts button", "Sepia")
    fox.until("document.documentElement.dataset.essayColours === 'sepia'")
    column = "(({ right, bottom }) => [right, bottom])(document.querySelector('.place.filter').getBoundingClientRect())"
    right, bottom = fox.evaluate(column)
    track = fox.evaluate(f"({PIXELS})({json.dumps(fox.picture(right - 6, bottom - 60, 6, 50))})")
    assert track < 1.1  # a white one is 1.16 from sepia; the menu throws a shadow of 1.03
    fox.press(".comforts button", "As it was at first")
    fox.press(".comforts button", "Present")
    fox.until(has("presenting"))
    assert fox.evaluate("parseFloat(getComputedStyle(document.querySelector('.paragraph')).fontSize)") >= 40
    fox.evaluate("history.back()")
    fox.until(f"!{has('presenting')}")
