"""Markdown of a notebook as HTML, with its formulas as MathML, which browsers draw without a script."""

from __future__ import annotations

import html
import re

from math_core import LatexError, LatexToMathML
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from voila.exporter import VoilaMarkdownRenderer

# JupyterLab numbers no formula; MathJax, which draws them there, has to be told to.
NUMBERED = re.compile(r"\\(begin|end)\{(equation|align|alignat|gather|multline|flalign)\}")


def formula(tex: str, *, block: bool) -> str:
    """A formula as MathML; as it was written, where it says what cannot be set."""
    setting = LatexToMathML(ignore_unknown_commands=False, fancy_error=False)
    try:
        return setting.convert_with_local_state(NUMBERED.sub(r"\\\1{\2*}", tex), displaystyle=block)
    except LatexError:
        return f"<code>{html.escape(tex.strip())}</code>"


class _Formulas:
    """What nbconvert's renderers do with formulas, which they leave to a script otherwise."""

    def inline_math(self, body: str) -> str:
        """A formula in a line."""
        return formula(body, block=False)

    def block_math(self, body: str) -> str:
        """A formula that stands by itself; a wide one scrolls."""
        return f'<span class="essay-explorer-formula">{formula(body, block=True)}</span>'

    def latex_environment(self, name: str, body: str) -> str:
        """Formulas that stand one below the other."""
        return self.block_math(rf"\begin{{{name}}}{body}\end{{{name}}}")


class CellRenderer(_Formulas, VoilaMarkdownRenderer):  # type: ignore[misc]  # Voila tells no types
    """What makes HTML of the Markdown cells of a notebook that Voila serves."""


class _OutputRenderer(_Formulas, IPythonRenderer):
    """What makes HTML of Markdown that a cell put out."""


def html_of(markdown: str) -> str:
    """Markdown, or text with formulas, as HTML. The notebook's author wrote it; theirs is its HTML."""
    made: str = MarkdownWithMath(renderer=_OutputRenderer(escape=False)).render(markdown)
    return made
