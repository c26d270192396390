"""Of a page's style, the rules that can apply to what stands in it at rest."""

from __future__ import annotations

import pytest

from essay_explorer.page.rest_style import rest_style

HTML = '<main class="page wide"><p data-tag="x">A word.</p><button class="leave">x</button></main>'


@pytest.mark.parametrize(
    "selector",
    [
        "p",
        "*",
        ":root",
        ':root[data-size="big"] main',
        "body > main.page.wide",
        "MAIN p::before",
        ".page:not(.open) p",
        ".page:has(> .leave)",
        ":is(.card, .page) :where(p, mark)",
        "p:nth-child(2n + 1 of p)",
        "button:hover",
        "[data-tag]",
        ".begun p",
    ],
)
def test_a_rule_that_can_apply_stays(selector: str) -> None:
    rule = f"{selector} {{color: red; --a: b;}}"
    assert rest_style(rule, HTML, 'root.classList.add("begun")') == rule


@pytest.mark.parametrize(
    "selector",
    [
        ".card",
        "p.card",
        "mark",
        ".page mark::before",
        ".page:has(> .card)",
        ":is(.card, mark) p",
        ":is(.card, :is(mark, .page .card))",
        "::highlight(found)",
        ".begun p",
    ],
)
def test_a_rule_goes_whose_elements_are_not_there(selector: str) -> None:
    assert rest_style(f"{selector} {{ color: red }}", HTML) == ""


def test_of_a_list_of_selectors_stay_those_that_can_apply() -> None:
    assert rest_style(".card, p, .leave > mark, .leave { margin: 0 }", HTML) == "p,.leave {margin: 0}"


def test_conditions_stay_around_what_is_left_in_them_and_go_with_the_last_rule() -> None:
    style = """
    @media print { @container (max-width: 46rem) { p { margin: 0 } .card { margin: 0 } } }
    @supports (width: 1cqw) { mark { color: red } }
    @keyframes blink { from { opacity: 0 } }
    """
    left = "@media print { @container (max-width: 46rem) { p {margin: 0} } } @keyframes blink { from { opacity: 0 } }"
    assert " ".join(rest_style(style, HTML).split()) == left
