"""A sealed set holds what somebody says of a text, and none of the text."""

import hashlib
import hmac
import itertools
import json
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from essay_explorer.core.fault import ReadingError
from essay_explorer.core.reading import Reading
from essay_explorer.library.opening import open_reading
from essay_explorer.sealed.copies import attach
from essay_explorer.sealed.sealed_set import Sealed
from essay_explorer.sealed.sealing import seal
from essay_explorer.sealed.wording import RUN, Wording

HER = open_reading("her")
SEALED = seal(HER)
ROOT = Path(__file__).parents[2]
REVIEW = ROOT.parent / "shared" / "review"
NO_REVIEW = "../shared/review is not here: the original review is not part of this project"
PASSED_OVER = {
    ".git",
    ".venv",
    ".venv-newest",
    ".venv-tools",
    "__pycache__",
    ".hypothesis",
    ".pytest_cache",
    ".mypy_cache",
    ".ruff_cache",
    "node_modules",
}
CODEBOOK = "facets: [{id: theme, label: Themes, tags: [{id: trust, label: Trust}]}]\n"
ESSAY = (
    " ".join(f"word{number}" for number in range(60))
    + ". Nobody came.\n\n"
    + " ".join(f"other{number}" for number in range(60))
)


def reading(essay=ESSAY, quotes=("Nobody came.",), note="", codebook=CODEBOOK):
    rows = "".join(f'a{number},"{quote}",trust,"{note}"\n' for number, quote in enumerate(quotes, 1))
    texts = {"essay.md": essay, "codebook.yml": codebook, "annotations.csv": "id,quote,theme,note\n" + rows}
    return Reading.from_texts(texts, name="small")


def test_a_set_is_the_same_after_a_file_and_every_time():
    assert Sealed.from_json(SEALED.to_json()) == SEALED
    assert seal(HER).to_json() == SEALED.to_json()


def test_a_set_holds_all_of_the_reading_but_its_text():
    assert SEALED.codebook == HER.codebook
    assert [entry.id for entry in SEALED.annotations] == [entry.id for entry in HER.annotations]
    assert [entry.tags for entry in SEALED.annotations] == [entry.tags for entry in HER.annotations]
    assert len(SEALED.relations) == len(HER.relations) > 0
    assert dict(SEALED.facts)["author"] == HER.essay.author


def test_nothing_in_the_file_but_facts_codebook_and_notes_is_a_word():
    content = json.loads(SEALED.to_json())
    assert set(content) == {"format", "version", "name", "facts", "codebook", "parts", "annotations", "relations"}
    for part in content["parts"]:
        assert all(re.fullmatch("[0-9a-f]{48}", key) for key in part.pop("keys"))
        assert all(type(value) is int for value in part.values())
    for entry in content["annotations"]:
        assert re.fullmatch("[0-9a-f]{16}", entry.pop("print"))
        assert re.fullmatch("([0-9a-f]{2})+", entry.pop("word_prints"))
        told = {"id", "tags", "note", "creator", "created"}
        assert all(type(value) in {int, bool} for name, value in entry.items() if name not in told)


def test_parts_are_whole_paragraphs_and_cover_every_word():
    wording = Wording.of(HER.essay.text)
    assert SEALED.words == len(wording.words)
    assert [part.at for part in SEALED.parts] == [0, *itertools.accumulate(part.words for part in SEALED.parts)][:-1]
    assert all(48 <= part.words <= 304 for part in SEALED.parts)
    for part in SEALED.parts:
        covered = {word for at in part.runs for word in range(at, at + RUN)}
        assert covered == set(range(part.at, part.at + part.words))


def test_a_guess_at_a_short_passage_yields_nothing_without_the_text():
    """Every word of the text, with every key that the file holds or that anybody could think of."""
    sealed = seal(reading())
    (entry,) = sealed.annotations
    (part, _) = sealed.parts
    keys = {
        b"",
        bytes(16),
        bytes(32),
        sealed.name.encode(),
        entry.id.encode(),
        b"essay-explorer",
        b"essay-explorer part\0",
    }
    keys |= {bytes.fromhex(key)[cut] for key in part.keys for cut in (slice(8), slice(8, 24), slice(24))}
    guesses = {
        " ".join(pair) for pair in itertools.product(["nobody", "everybody", "word1"], ["came", "went", "word2"])
    }
    for guess in guesses:
        told = [guess.encode(), b"passage\0" + entry.id.encode() + b"\0" + guess.encode()]
        tried = {hmac.digest(key, message, "sha256").hex()[:16] for key in keys for message in told}
        tried |= {hashlib.sha256(key + message).hexdigest()[:16] for key in keys for message in told}
        assert entry.fingerprint not in tried


def test_a_passage_has_another_print_in_another_text():
    one, other = (seal(reading(essay)).annotations[0] for essay in (ESSAY, ESSAY.replace("word7 ", "word8 ")))
    assert one.at == other.at
    assert one.fingerprint != other.fingerprint


def test_the_same_words_have_other_prints_in_another_passage():
    words = " ".join(f"word{number}" for number in range(10, 50))
    one, other = seal(reading(quotes=[words, words])).annotations
    assert one.word_fingerprints != other.word_fingerprints
    assert one.fingerprint != other.fingerprint


def test_twenty_words_of_a_part_open_this_part_alone():
    from essay_explorer.sealed.placing import _Copy

    part = SEALED.parts[3]
    wording = Wording.of(HER.essay.text)
    excerpt = " ".join(wording.words[part.runs[1] : part.runs[1] + RUN])
    assert set(_Copy(Wording.of(excerpt), SEALED).keys) == {part.at}
    assert not _Copy(Wording.of(excerpt.rpartition(" ")[0]), SEALED).keys


@pytest.mark.parametrize(
    ("given_", "message"),
    [
        ({"note": "He says: word1, WORD2 word3 – word4 word5 “word6”!"}, "a1.*quotes 6 words.*word1 word2"),
        (
            {"codebook": CODEBOOK.replace("label: Trust", "label: other1 other2 other3 other4 other5 other6")},
            "codebook.yml.*quotes 6",
        ),
        ({"essay": "---\nabout: word1 word2 word3 word4 word5 word6\n---\n" + ESSAY}, r"essay.md \(about\).*quotes 6"),
        ({"essay": "Nobody came."}, "essay.md: has 2 words; sealing needs 20"),
        ({"quotes": []}, "nothing to seal"),
        ({"quotes": ["Nobody went."]}, "quote not found"),
        ({"essay": ESSAY + "\n\n?!", "quotes": ["?!"]}, "no word in it"),
    ],
)
def test_what_cannot_be_sealed_is_reported(given_, message):
    with pytest.raises(ReadingError, match=message):
        seal(reading(**given_))


THOREAU = "---\ntitle: On the Duty of Civil Disobedience Here\nsubtitle: Resistance\nauthor: Henry Thoreau\n---\n\n"


@pytest.mark.parametrize(
    "heading",
    [
        "# On the Duty of Civil Disobedience Here",
        "ON THE DUTY OF CIVIL DISOBEDIENCE HERE.",
        "## On the Duty of Civil Disobedience Here: Resistance",
        "On the Duty of Civil Disobedience Here, by Henry Thoreau",
        "On the Duty of Civil Disobedience Here  \nNobody came",
    ],
)
def test_a_title_that_stands_above_the_text_is_no_quotation(heading):
    note = "In On the Duty of Civil Disobedience Here he says so."
    assert seal(reading(f"{THOREAU}{heading}\n\n{ESSAY}", note=note)).annotations


def test_a_title_that_is_words_of_a_sentence_is_one():
    sentence = "He spoke on the duty of civil disobedience here and there."
    with pytest.raises(ReadingError, match=r"essay\.md \(title\).*quotes 6 words.*on the duty of civil disobedience"):
        seal(reading(f"{THOREAU}{sentence}\n\n{ESSAY}"))


def test_five_words_in_a_note_are_no_quotation():
    assert seal(reading(note="word1 word2 word3 word4 word5")).annotations


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("", "not readable as JSON"),
        ("{", "sealed.json: line 1, column 2: not readable as JSON from here on"),
        ("[" * 100_000, "line 1: lists are nested more than 60 deep"),
        ('{"format": "\\ud800"}', "holds no sealed annotations"),
        ("1" * 5000, "not readable as JSON"),
        ("[]", "holds no sealed annotations"),
        ('{"format": "essay-explorer sealed annotations", "version": 2}', 'version "2"; this program reads version 1'),
        ('{"format": "essay-explorer sealed annotations", "version": 1}', '"name" is missing'),
    ],
)
def test_a_file_that_is_no_set_is_refused(source, message):
    with pytest.raises(ReadingError, match=message):
        Sealed.from_json(source)


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        (("parts", 0, "words"), 7, "part number 1 is broken"),
        (("parts", 1, "at"), 7, "part number 2 is broken"),
        (("parts", 0, "keys"), [], "part number 1 is broken"),
        (("parts", 0, "keys", 0), "<script>", "part number 1 is broken"),
        (("facts", "title"), 7, '"facts": expected texts'),
        (("annotations", 2, "id"), "a01", 'annotation number 3 is left out: "id"'),
        (("annotations", 2, "at"), -1, 'annotation number 3 is left out: "at"'),
        (("annotations", 2, "words"), 10**30, 'annotation number 3 is left out: "words" .*, "word_prints"'),
        (("annotations", 2, "tags"), ["nonsense"], 'annotation number 3 is left out: "tags"'),
        (("annotations", 2, "note"), None, 'annotation number 3 is left out: "note"'),
        (("annotations", 2), None, "annotation number 3 is left out: expected id"),
        (("relations", 1, "to"), "a99", "relation number 2 is broken"),
        (("codebook", "facets"), "x", "codebook.yml: holds no list named `facets`"),
    ],
)
def test_a_broken_entry_is_reported_by_its_number(path, value, message):
    content = json.loads(SEALED.to_json())
    entry = content
    for step in path[:-1]:
        entry = entry[step]
    entry[path[-1]] = value
    with pytest.raises(ReadingError, match=message):
        Sealed.from_json(json.dumps(content))


@pytest.mark.parametrize(
    ("name", "value"), [("format", ""), ("parts", [{}]), ("annotations", [{}]), ("relations", [{}])]
)
def test_a_fault_names_the_file_that_was_given(name, value):
    content = json.loads(SEALED.to_json()) | {name: value}
    with pytest.raises(ReadingError, match=r"^two\.json: "):
        Sealed.from_json(json.dumps(content), file="two.json")


def test_a_broken_entry_alone_is_left_out():
    content = json.loads(SEALED.to_json())
    content["annotations"][2]["print"] = ""
    faults = []
    sealed = Sealed.from_json(json.dumps(content), report=faults.append)
    assert len(sealed.annotations) == len(SEALED.annotations) - 1
    assert (
        str(faults[0])
        == 'sealed.json: annotation number 3 is left out: "print" is not what it should be. Ask for the file again'
    )


def leaves(value, path=()):
    entries = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, entry in entries:
        yield (*path, name)
        yield from leaves(entry, (*path, name))


SMALL = json.loads(seal(reading(quotes=["Nobody came.", "word3 word4"])).to_json())
JUNK = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=True)
    | st.text()
    | st.just([])
    | st.just({})
    | st.just(10**400)
)


@given(st.sampled_from(list(leaves(SMALL))), JUNK)
@settings(max_examples=200)
def test_no_junk_breaks_the_reader(path, junk):
    content = json.loads(json.dumps(SMALL))
    entry = content
    for step in path[:-1]:
        entry = entry[step]
    entry[path[-1]] = junk
    try:
        sealed = Sealed.from_json(json.dumps(content), report=[].append)
    except ReadingError:
        return
    made = attach(ESSAY, sealed)
    Reading.from_texts(made.texts).passages()
    assert len(made.exact) + len(made.changed) + len(made.lost) == len(sealed.annotations)


def original():
    if not REVIEW.is_dir():
        pytest.skip(NO_REVIEW)
    return (REVIEW / "her-review.txt").read_text("utf-8")


@pytest.mark.slow
def test_no_six_words_of_the_original_review_are_anywhere_in_the_project():
    words = Wording.of(original()).words
    runs = {words[at : at + 6] for at in range(len(words) - 5)}
    seen = 0
    for file in (path for path in ROOT.rglob("*") if path.is_file() and not PASSED_OVER.intersection(path.parts)):
        text = file.read_bytes().decode("utf-8", errors="ignore").replace("\\n", " ")
        text = re.sub(r"\\u([0-9a-f]{4})", lambda code: chr(int(code[1], 16)), text)
        here = Wording.of(text).words
        seen += 1
        quoted = [" ".join(here[at : at + 6]) for at in range(len(here) - 5) if here[at : at + 6] in runs]
        assert not quoted, f"{file} quotes the original: {quoted[:3]}"
    assert seen > 50


def test_the_bundled_set_is_what_sealing_the_original_gives():
    source = original()
    sealed = Sealed.from_json((ROOT / "data/her-review/sealed.json").read_text("utf-8"))
    front = "".join(f"{name}: {json.dumps(text)}\n" for name, text in sealed.facts if name != "source")
    relations = "".join(f"{entry.source},{entry.kind},{entry.target},{entry.note}\n" for entry in sealed.relations)
    last = "Hardly."
    texts = {
        "essay.md": f"---\n{front}---\n\n" + source[source.index("\n\n") + 2 : source.index(last) + len(last)],
        "codebook.yml": (ROOT / "data/her/codebook.yml").read_text("utf-8"),
        "annotations.csv": (REVIEW / "annotations.csv").read_text("utf-8"),
        "relations.csv": "from,relation,to,note\n" + relations,
    }
    assert seal(Reading.from_texts(texts, name="her-review"), source=dict(sealed.facts)["source"]) == sealed
