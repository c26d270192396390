"""The page on which a reader opens their own copy of a sealed text: no server, no kernel, and no word of the text."""

from __future__ import annotations

import re
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from essay_explorer.anchoring.counting import CHARACTERS_A_MINUTE, SPACELESS, WORD, WORDS_A_MINUTE
from essay_explorer.core.essay import Essay
from essay_explorer.core.front_matter import TEXTS
from essay_explorer.core.prose import Prose
from essay_explorer.core.reading import Reading
from essay_explorer.page.document import STATES, Head, closed, document, explorer_of, script
from essay_explorer.page.elements import place
from essay_explorer.page.snapshot import Snapshot
from essay_explorer.page.templates import render
from essay_explorer.words import say_n

if TYPE_CHECKING:
    from markupsafe import Markup

    from essay_explorer.sealed.sealed_set import Sealed

DATA = "essay-explorer-sealed"
# The files of two modules, each built on those before it: what opens a copy, and the form for it.
OPEN_COPY = ("sha256", "wording", "runs", "fitting", "placing", "open_copy")
OWN_COPY = ("blake2b", "copy_text", "copy_content", "own_copy")
ADDRESS = re.compile(r"https?://[^\s]+")
OPEN = f"""modules.own_copy().offer({{
  sealed: JSON.parse(document.getElementById("{DATA}").textContent), states, start, attach: modules.open_copy().attach,
}});"""


def page(sealed: Sealed) -> str:
    """A whole HTML file. The copy that is opened on it stays in the browser; the page works without charts."""
    facts = {name: text for name, text in sealed.facts if name in TEXTS}
    facts.setdefault("url", dict(sealed.facts).get("source", ""))
    bare = Reading(Essay("", **facts), sealed.codebook, name=sealed.name)  # type: ignore[arg-type] # TEXTS are texts
    with explorer_of(bare, charts=False) as explorer:
        widgets = Snapshot.of([explorer])
    own = {"open_copy": opening_module()} | script(*OWN_COPY)
    made = document(
        Head.of(bare.essay), _form(sealed, bare.essay), widgets, own, STATES, OPEN, data={DATA: data_of(sealed)}
    )
    return closed(made)


def opening_module() -> str:
    """The module that opens a copy, in one piece."""
    return script(*OPEN_COPY)[OPEN_COPY[-1]]


def pace() -> dict[str, str | int]:
    """By what a browser counts the words of a copy and how long they take, as `reading_time` does."""
    return {
        "word": _in_javascript(WORD.pattern),
        "spaceless": _in_javascript(SPACELESS.pattern),
        "words": WORDS_A_MINUTE,
        "letters": CHARACTERS_A_MINUTE,
    }


def _in_javascript(pattern: str) -> str:
    """A regular expression as JavaScript has it, for its flag "u"; what never goes back there need not say so."""
    pattern = re.sub(r"\\U([0-9a-f]{8})", r"\\u{\1}", pattern)
    names = {"*+": "*", "++": "+", r"\w": r"[\p{L}\p{N}_]", r"\d": r"\p{Nd}"}
    return re.sub("|".join(map(re.escape, names)), lambda found: names[found[0]], pattern)


def data_of(sealed: Sealed) -> dict[str, Any]:
    """What own_copy.js and its module need of the set beside its codebook, which is in the lens."""
    names = [(alias, tag.id) for tag in sealed.codebook.tags.values() for alias in tag.aliases]
    return {
        "name": sealed.name,
        "pace": pace(),
        "parts": [asdict(part) for part in sealed.parts],
        "annotations": [asdict(entry) for entry in sealed.annotations],
        "relations": [
            {"from": entry.source, "kind": entry.kind, "to": entry.target, "note": entry.note}
            for entry in sealed.relations
        ],
        "names": sorted(names, key=lambda name: len(name[0]), reverse=True),
    }


def _form(sealed: Sealed, essay: Essay) -> Markup:
    source = dict(sealed.facts).get("source", "")
    return render(
        "own_copy",
        title=Prose.from_inline(essay.title).text,
        author=essay.author,
        language=essay.language,
        about=Prose.from_inline(essay.about).text,
        passages=say_n("{count} marked passage", "{count} marked passages", len(sealed.annotations)),
        source=source,
        linked=bool(ADDRESS.fullmatch(source)),
        explorer=place("Explorer"),
    )
