"""What a cell puts out beside widgets, as HTML."""

from __future__ import annotations

import nbformat.v4 as nbf
import pytest

from essay_explorer.page.outputs import VIEW, html, view_of


def shown(**data: object) -> str:
    return html(nbf.new_output("display_data", data=data))


def test_print_is_text_and_complaints_are_not_for_readers() -> None:
    assert "<pre" in html(nbf.new_output("stream", name="stdout", text="a < b"))
    assert "a &lt; b" in html(nbf.new_output("stream", name="stdout", text="a < b"))
    assert html(nbf.new_output("stream", name="stderr", text="DeprecationWarning")) == ""


def test_the_richest_form_is_shown() -> None:
    data = {"text/html": "<table></table>", "image/png": "AAAA", "text/plain": "plain"}
    assert "<table></table>" in shown(**data)
    del data["text/html"]
    assert 'src="data:image/png;base64,AAAA"' in shown(**data)
    del data["image/png"]
    assert "<pre>plain</pre>" in shown(**data)
    assert shown() == ""


@pytest.mark.parametrize("text", ["<Figure size 640x480 with 1 Axes>", "<IPython.core.display.Image object at 0x7f00>"])
def test_a_picture_has_no_alternative_that_says_nothing(text: str) -> None:
    assert 'alt=""' in shown(**{"image/png": "AAAA", "text/plain": text})


def test_plain_text_is_never_markup() -> None:
    assert "<script" not in shown(**{"text/plain": "<script>alert(1)</script>"})
    assert "<script" not in shown(**{"image/svg+xml": "<svg><script>alert(1)</script></svg>"})  # an image runs nothing


def test_a_view_is_known_by_its_model() -> None:
    output = nbf.new_output("display_data", data={VIEW: {"model_id": "abc", "version_major": 2}})
    assert view_of(output) == "abc"
    assert view_of(nbf.new_output("stream", text="a")) == ""


@pytest.mark.parametrize(
    ("kind", "source", "parts"),
    [
        ("text/latex", r"$\displaystyle x^{2}$", ["<math>", "<msup><mi>x</mi><mn>2</mn></msup>"]),
        ("text/latex", r"\begin{align} a &= b \\ c &= d \end{align}", ["<mtable", "<mi>d</mi>"]),
        (
            "text/markdown",
            "*So* $p < q$: `$5`",
            ["<em>So</em>", "<mi>p</mi><mo>&lt;</mo><mi>q</mi>", "<code>$5</code>"],
        ),
        ("text/markdown", "$$\n\\sum_i x_i\n$$", ['<math display="block">', "<mo"]),
        ("text/markdown", r"$\nowhere{a<b}$ and \$5", [r"<code>\nowhere{a&lt;b}</code>", "$5"]),
    ],
)
def test_markdown_and_formulas_are_drawn_without_a_script(kind: str, source: str, parts: list[str]) -> None:
    made = shown(**{kind: source, "text/plain": "plain", "image/png": "AAAA"})
    assert [part for part in parts if part not in made] == []
    assert "(1)" not in made
    assert "plain" not in made
