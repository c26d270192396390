"""The same marking as a page of Panel: what another framework's server does for a class. Runs where Panel is installed.

python peer_panel.py serve TEXT STORE PORT    the page: the text, and below it a sentence, a tag and a reason
python peer_panel.py phones URL PHONES MARKS   sessions of it, as bokeh's own client has them, each of which marks
"""

from __future__ import annotations

import json
import sqlite3
import sys
import time
from pathlib import Path

import panel as pn
from bokeh.client import pull_session
from bokeh.models import TextInput
from panel.models import layout, markup  # noqa: F401 - the parts of a page, as the client has to know them


def serve(text: str, store: str, port: str) -> None:
    """Serve the page; a mark is in a database, as safe as a room's, before it is called sent."""
    known = json.loads(Path(text).read_text("utf-8"))
    kept = sqlite3.connect(store, isolation_level=None)
    for line in ("PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL", "CREATE TABLE marks (sentence, tag, reason)"):
        kept.execute(line)

    def page() -> pn.Column:
        sentence = pn.widgets.Select(name="Sentence", options=list(range(1, known["sentences"] + 1)))
        tag = pn.widgets.Select(name="Tag", options=["trust", "ending"])
        reason, sent = pn.widgets.TextInput(name="Why?"), pn.pane.HTML("No marks yet")
        marks = []

        def keep(event: pn.param.parameterized.Event) -> None:
            marks.append((sentence.value, tag.value, event.new))
            kept.execute("INSERT INTO marks VALUES (?, ?, ?)", marks[-1])
            sent.object = f"{len(marks)} marks, sent"

        reason.param.watch(keep, "value")
        paragraphs = "".join(f"<p>{one}</p>" for one in known["paragraphs"])
        return pn.Column(pn.pane.HTML(paragraphs), sentence, tag, reason, sent)

    pn.serve({"room": page}, port=int(port), address="127.0.0.1", show=False, threaded=False)


def phones(url: str, count: str, marks: str) -> None:
    """Join, say so, and mark when a line comes; then tell the seconds that each mark took, and wait for another line."""
    sessions = [pull_session(url=url) for _ in range(int(count))]
    print("joined", flush=True)
    input()
    waits = []
    for number in range(int(marks)):
        for session in sessions:
            asked = time.perf_counter()
            session.document.select_one({"type": TextInput}).value = f"Because of this, {number}."
            session.force_roundtrip()
            waits.append(time.perf_counter() - asked)
    print(json.dumps(waits), flush=True)
    input()


if __name__ == "__main__":
    {"serve": serve, "phones": phones}[sys.argv[1]](*sys.argv[2:])
