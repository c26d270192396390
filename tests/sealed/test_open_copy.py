"""The page opens a copy as Python does: the files of its module against wording.py, placing.py and copies.py."""

import hashlib
import hmac
import json
import random
import shutil
import subprocess
import unicodedata

import pytest

from essay_explorer.anchoring.segments import Span
from essay_explorer.page.own_copy import data_of, opening_module
from essay_explorer.sealed.copies import attach
from essay_explorer.sealed.fitting import fitted
from essay_explorer.sealed.placing import found
from essay_explorer.sealed.wording import Wording
from tales import IN_PAIR, LITTER, PAIR, PARAGRAPHS, SEALED, TALE, small, spoilt, story

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def in_javascript(tmp_path_factory):
    """What a function of the module (`m`) and of `data` returns: in Node where there is one, else in Chromium."""
    source = opening_module()
    folder = tmp_path_factory.mktemp("module")
    (folder / "open_copy.mjs").write_text(source, "utf-8")

    def in_node(body, data):
        reading = 'const data = JSON.parse(readFileSync(0, "utf-8"));'
        script = f'import * as m from "./open_copy.mjs"; import {{ readFileSync }} from "node:fs"; {reading}'
        (folder / "run.mjs").write_text(f"{script} console.log(JSON.stringify(({body})(data)));", "utf-8")
        command = [shutil.which("node"), "run.mjs"]
        done = subprocess.run(
            command,
            cwd=folder,
            input=json.dumps(data),
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
            encoding="utf-8",
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    if shutil.which("node"):
        yield in_node
        return
    from playwright.sync_api import sync_playwright

    from chromium import ARGS, executable

    with (
        sync_playwright() as playwright,
        playwright.chromium.launch(executable_path=executable(), args=ARGS) as browser,
    ):
        page = browser.new_page()
        script = "async ([source, data]) => { const m = await import(URL.createObjectURL(new Blob([source], { type: 'text/javascript' })));"
        yield lambda body, data: page.evaluate(f"{script} return ({body})(data); }}", [source, data])


def test_sha_256_and_hmac_are_the_standards(in_javascript):
    sizes = [0, 1, 19, 55, 56, 63, 64, 65, 119, 120, 500]
    body = "sizes => sizes.map(n => { const b = Uint8Array.from({length: n}, (_, i) => i * 7); return [m.sha256(b), m.hmac(b.slice(0, 16), b)].map(some => [...some]); })"
    for size, (digest, keyed) in zip(sizes, in_javascript(body, sizes), strict=True):
        message = bytes(at * 7 % 256 for at in range(size))
        assert bytes(digest) == hashlib.sha256(message).digest()
        assert bytes(keyed) == hmac.digest(message[:16], message, "sha256")


def test_every_sign_counts_alike(in_javascript):
    signs = [chr(code) for code in range(0x20000) if unicodedata.category(chr(code)) not in {"Cn", "Cs", "Co"}]
    texts = [
        " ".join(f"a{sign}b {sign} {sign}c-{sign}\nd{sign}{sign}" for sign in signs[at : at + 500])
        for at in range(0, len(signs), 500)
    ]
    theirs = in_javascript("texts => texts.map(text => m.wordingOf(text).words)", texts)
    for text, words in zip(texts, theirs, strict=True):
        assert tuple(words) == Wording.of(text).words


def test_any_text_has_the_same_words_in_the_same_places(in_javascript):
    dice = random.Random(5)
    signs = "abcÉéßΣσς ’'-‐–—\u00ad\u200b\n\t\r.,\u0301\ufe0f她漢かがカ한1½ﬁ😀𝒜ʼ"
    texts = ["".join(dice.choices(signs, k=60)) for _ in range(2000)]
    theirs = in_javascript(
        "texts => texts.map(text => { const w = m.wordingOf(text); return [w.words, w.spans.map(([a, b]) => text.slice(a, b))]; })",
        texts,
    )
    for text, (words, pieces) in zip(texts, theirs, strict=True):
        wording = Wording.of(text)
        assert (tuple(words), tuple(pieces)) == (wording.words, tuple(text[start:end] for start, end in wording.spans))


def copies():
    """Copies of the text with all that copies suffer."""
    dice = random.Random(11)
    quote = "The questions are laid on the table, and nobody picks them up."
    yield "\n\n".join(PARAGRAPHS).replace("nobody picks", "nobody takes") + f"\n\nAnna says: {quote} True!"
    yield from ("\n\n".join(PARAGRAPHS), "\n\n".join(PARAGRAPHS * 2), "Something else.", "")
    for share in (0.005, 0.02, 0.05, 0.1, 0.2):
        for kind in ("replace", "drop", "insert", "mixed"):
            copy = [paragraph for paragraph in spoilt(dice, share, kind)[0].split("\n\n") if paragraph.strip()]
            some = dice.sample(copy, k=max(len(copy) - dice.randint(0, 4), 1))
            for paragraphs in (copy, some):
                for at in range(0, len(paragraphs), 3):
                    paragraphs.insert(at, dice.choice(LITTER[:5]) + " 😀")
                yield "\n\n".join(" ".join(paragraph.split()) for paragraph in paragraphs)


def test_every_passage_has_the_same_place(in_javascript):
    refrains = small(
        TALE, "a1,who can say,,word60,trust\na2,who can say,,word180,trust\na3," + story(70, 12) + ",,,doubt\n"
    )
    pair = small(PAIR, IN_PAIR)
    texts = [
        *copies(),
        PAIR,
        PAIR.replace("who can say one", "he would not one"),
        PAIR.replace("who can say one two", ""),
        TALE,
        *(TALE.replace("word70", f"chance{number}") for number in range(300)),
        TALE.replace("who can say word60", "word60"),
        TALE.replace("word75", "another"),
        TALE[:900] + TALE,
        story(0, 50) + " and ten more words that no one wrote before who can say the rest",
    ]
    body = """([texts, sets]) => texts.map(text => sets.map(sealed => {
      const { places, first, end, certain } = m.findPlaces(m.wordingOf(text), sealed);
      return [places.map(one => [one.entry.id, one.state, one.first, one.end, one.reason]), first, end, certain];
    }))"""
    sets = (SEALED, refrains, pair)
    states = set()
    for text, both in zip(texts, in_javascript(body, [texts, [data_of(sealed) for sealed in sets]]), strict=True):
        for sealed, theirs in zip(sets, both, strict=True):
            ours = found(Wording.of(text), sealed)
            places = [[place.entry.id, place.state, place.first, place.end, place.reason] for place in ours.places]
            assert theirs == [places, ours.first, ours.end, list(ours.certain)]
            states |= {(place.state, place.reason) for place in ours.places}
    assert len(states) >= 5  # exact, changed, and lost for several reasons


def test_every_stretch_is_fitted_alike(in_javascript):
    dice = random.Random(3)
    cases = []
    for _ in range(3000):
        wanted, given = ("".join(dice.choices("abc", k=dice.randint(*sizes))) for sizes in ((1, 6), (0, 12)))
        start = dice.randint(0, len(given))
        cases.append((wanted, given, [start, dice.randint(start, len(given))]))
    body = "cases => cases.map(([wanted, given, expected]) => m.fitted([...wanted], [...given], expected))"
    for (wanted, given, expected), theirs in zip(cases, in_javascript(body, cases), strict=True):
        edits, (start, end) = fitted(wanted, given, Span(*expected))
        assert theirs == {"edits": edits, "start": start, "end": end}


def test_the_page_shows_the_same_paragraphs_and_words(in_javascript):
    texts = [text for text in copies() if text]
    body = """([texts, sealed]) => texts.map(text => m.attach(text.split("\\n\\n"), sealed))"""
    for text, theirs in zip(texts, in_javascript(body, [texts, data_of(SEALED)]), strict=True):
        ours = attach(text, SEALED)
        shown = {entry["id"]: entry for entry in theirs["passages"]}
        joined = "\n\n".join(theirs["paragraphs"])
        assert tuple(entry for entry, passage in shown.items() if passage["state"] == "exact") == ours.exact
        assert (
            tuple((entry, passage["text"]) for entry, passage in shown.items() if passage["state"] == "changed")
            == ours.changed
        )
        assert (
            tuple((entry, passage["reason"]) for entry, passage in shown.items() if passage["state"] == "lost")
            == ours.lost
        )
        assert tuple(theirs["leftOut"]) == ours.left_out
        units = joined.encode("utf-16-le")
        for passage in shown.values():
            assert units[2 * passage["start"] : 2 * passage["end"]].decode("utf-16-le") == passage["text"]
