"""JSON as it is written: an entry in a line, so that a comparison of two versions shows which changed."""

from __future__ import annotations

import json
from typing import Any

LINES_DEEP = 3  # from here on in one line


def json_text(value: Any, depth: int = 0) -> str:  # noqa: ANN401 - JSON may be anything
    """`value` as JSON with lines for what stands not too deep in it, and a line break at its end."""
    if depth == LINES_DEEP or not isinstance(value, (dict, list)) or not value:
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, list):
        return "[\n" + ",\n".join(json_text(one, LINES_DEEP) for one in value) + "\n]"
    pairs = (f"{json.dumps(name, ensure_ascii=False)}: {json_text(one, depth + 1)}" for name, one in value.items())
    return "{\n" + ",\n".join(pairs) + "\n}" + ("" if depth else "\n")
