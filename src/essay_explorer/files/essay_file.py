"""An essay as the text of essay.md."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


def essay_to_markdown(facts: Mapping[str, str], blocks: Iterable[str], *, front: str = "") -> str:
    """Front matter with what is known of a text, each fact a line, and its blocks below.

    `front`: lines of front matter to keep as they are.
    """
    lines = (f"{name}: {json.dumps(fact, ensure_ascii=False)}\n" for name, fact in facts.items() if fact)
    return "\n\n".join((f"---\n{''.join(lines)}{front}---", *blocks)) + "\n"
