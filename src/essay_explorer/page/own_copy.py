"""The page on which a reader opens their own copy of a sealed text: no server, no kernel, and no word of the text."""

from __future__ import annotations

import re
from dataclasses import asdict
from html import escape
from typing import TYPE_CHECKING, Any

from essay_explorer.anchoring.counting import CHARACTERS_A_MINUTE, SPACELESS, WORD, WORDS_A_MINUTE
from essay_explorer.core.essay import Essay
from essay_explorer.core.fault import counted
from essay_explorer.core.front_matter import TEXTS
from essay_explorer.core.prose import Prose
from essay_explorer.core.reading import Reading
from essay_explorer.page.document import STATES, Head, document, explorer_of, place, script
from essay_explorer.page.snapshot import Snapshot

if TYPE_CHECKING:
    from essay_explorer.sealed.sealed_set import Sealed

DATA = "essay-explorer-sealed"
OPEN_COPY = ("sha256", "wording", "placing", "open_copy")  # files of one module, each built on those before it
ADDRESS = re.compile(r"https?://[^\s]+")
OPEN = f"""modules.own_copy().offer({{
  sealed: JSON.parse(document.getElementById("{DATA}").textContent), states, start, attach: modules.open_copy().attach,
}});"""


def page(sealed: Sealed) -> str:
    """A whole HTML file. The copy that is opened on it stays in the browser; the page works without charts."""
    facts = {name: text for name, text in sealed.facts if name in TEXTS}
    bare = Reading(Essay("", **facts), sealed.codebook, name=sealed.name)  # type: ignore[arg-type] # TEXTS are texts
    with explorer_of(bare, charts=False) as explorer:
        widgets = Snapshot.of([explorer])
    own = {"open_copy": opening_module()} | script("own_copy")
    made = document(
        Head.of(bare.essay), _form(sealed, bare.essay), widgets, own, STATES, OPEN, data={DATA: data_of(sealed)}
    )
    return f"{made}</body>\n</html>\n"


def opening_module() -> str:
    """The module that opens a copy, in one piece."""
    return "\n".join(script(name)[name] for name in OPEN_COPY)


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


def _form(sealed: Sealed, essay: Essay) -> str:
    author = f"<p>By {escape(essay.author)}</p>" if essay.author else ""
    about = f"<p>{escape(Prose.from_inline(essay.about).text)}</p>" if essay.about else ""
    source = dict(sealed.facts).get("source", "")
    had = f" It can be had at {_link(source)}." if source else ""
    passages = counted(len(sealed.annotations), "marked passage")
    return f"""<main>
<section class="essay-explorer-copy" aria-label="Your own copy">
<h1>{escape(Prose.from_inline(essay.title).text)}</h1>
{author}
{about}
<p>This page holds {passages} and the notes on them, but not the text.{had}
Open your own copy, and the passages show on it. The text stays in this browser; nothing is sent.</p>
<label>A file, .txt, .md or .html <input type="file" accept=".txt,.md,.html,.htm"></label>
<label>Or the text itself <textarea rows="8" spellcheck="false" placeholder="Paste it here"></textarea></label>
<button type="button" disabled>Open</button>
<p role="status"></p>
</section>
{place("Explorer")}
</main>"""


def _link(source: str) -> str:
    text = escape(source)
    return f'<a href="{text}">{text}</a>' if ADDRESS.fullmatch(source) else text
