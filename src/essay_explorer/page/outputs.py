"""What a cell puts out beside widgets, as HTML: text, tables, pictures."""

from __future__ import annotations

import base64
import re
from html import unescape
from typing import TYPE_CHECKING, Any

from essay_explorer.page.markdown import html_of
from essay_explorer.page.templates import own, render

if TYPE_CHECKING:
    from collections.abc import Mapping

    from markupsafe import Markup
    from nbformat import NotebookNode

VIEW = "application/vnd.jupyter.widget-view+json"
PICTURES = ("image/png", "image/jpeg", "image/gif", "image/webp")
HEADING = re.compile(r"<h1[^>]*>(.*?)(?:<a class=\"anchor-link\".*?)?</h1>", re.DOTALL)
MARKUP = re.compile(r"<[^>]*>")
OBJECT = re.compile(r"<[\w.]+ object at 0x[0-9a-f]+>")  # what nobody wants to read


def view_of(output: NotebookNode) -> str:
    """The id of the model whose view an output is; "" when it is none."""
    return str((output.get("data") or {}).get(VIEW, {}).get("model_id", ""))


def heading_in(html: str) -> str:
    """The text of the first heading in HTML; "" when there is none."""
    found = HEADING.search(html)
    return unescape(MARKUP.sub("", found[1])).strip("¶ ") if found else ""


def html(output: NotebookNode) -> Markup:
    """An output as HTML, in the richest form that it has. The notebook's author wrote it; theirs is its HTML."""
    if output.output_type == "stream":
        shown = {"printed": _text(output.text)} if output.name == "stdout" else {}
    else:
        data = output.get("data") or {}
        shown = _rich(data) or {"text": _text(data.get("text/plain", ""))}
    absent = {"printed": "", "picture": None, "text": "", "html": "", "prose": ""}
    return render("output", **{**absent, **shown}) if any(shown.values()) else own("")


def _rich(data: Mapping[str, Any]) -> dict[str, Any]:
    if "text/html" in data:
        return {"html": own(_text(data["text/html"]))}
    if source := _text(data.get("text/markdown") or data.get("text/latex") or ""):
        return {"prose": own(html_of(source))}
    if "image/svg+xml" in data:
        picture = base64.b64encode(_text(data["image/svg+xml"]).encode()).decode()
        return _picture("image/svg+xml", picture, data)
    kind = next((kind for kind in PICTURES if kind in data), None)
    return _picture(kind, _text(data[kind]).replace("\n", ""), data) if kind else {}


def _picture(kind: str, base64_text: str, data: Mapping[str, Any]) -> dict[str, Any]:
    """A picture, with its text form as alternative where that says anything."""
    plain = _text(data.get("text/plain", ""))
    alternative = "" if OBJECT.search(plain) or plain.startswith("<Figure") else plain
    return {"picture": {"source": f"data:{kind};base64,{base64_text}", "alternative": alternative}}


def _text(value: object) -> str:
    """Text that nbformat may hold as a list of lines."""
    return "".join(value) if isinstance(value, list) else str(value)
