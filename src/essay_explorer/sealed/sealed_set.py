"""A set of sealed annotations: as a value, as the text of a file, and the prints in it."""

from __future__ import annotations

import hmac
import json
import re
from dataclasses import asdict, dataclass, fields
from typing import TYPE_CHECKING, Any, NoReturn

from essay_explorer.core.annotation import KINDS, Relation
from essay_explorer.core.codebook import Codebook
from essay_explorer.core.fault import Fault, refuse, shown
from essay_explorer.core.front_matter import TEXTS
from essay_explorer.core.names import ID, PARAGRAPH
from essay_explorer.files.plain_json import plain_json
from essay_explorer.sealed.wording import RUN

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator

    from essay_explorer.core.fault import Report

FILE = "sealed.json"
FORMAT = "essay-explorer sealed annotations"
VERSION = 1
STEP = 8  # words from one wrapped run to the next: any 27 in a row hold one
FACTS = (*TEXTS, "source")
SHAPE = {"name": str, "facts": dict, "codebook": dict, "parts": list, "annotations": list, "relations": list}
KEY, FINGERPRINT, WORD_FINGERPRINTS = (
    re.compile(pattern) for pattern in ("[0-9a-f]{48}", "[0-9a-f]{16}", "(?:[0-9a-f]{2})+")
)
IN_FILE = {"fingerprint": "print", "word_fingerprints": "word_prints"}  # what version 1 calls these
OURS = {theirs: ours for ours, theirs in IN_FILE.items()}
MOST_WORDS = 10**8  # of a text; a number beyond it is none
AGAIN = "Ask for the file again"


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of `words` words from number `at` on; `keys`: for each of its runs, tag and wrapped key in hex."""

    at: int
    words: int
    keys: tuple[str, ...]

    @property
    def runs(self) -> list[int]:
        """The first word of each wrapped run: every eighth, and the last one possible."""
        last = self.at + self.words - RUN
        return [*range(self.at, last, STEP), last]


@dataclass(frozen=True, slots=True)
class SealedPassage:
    """An annotation whose passage is `words` words from number `at` on.

    `head` and `tail`: how many signs it has before its first and after its last word; below zero
    where it starts or ends within one. `repeated`: its words stand elsewhere in the text too.
    `fingerprint` is that of all its words, `word_fingerprints` has two hex digits for each.
    """

    id: str
    at: int
    words: int
    head: int
    tail: int
    repeated: bool
    fingerprint: str
    word_fingerprints: str
    tags: tuple[str, ...]
    note: str
    creator: str
    created: str


@dataclass(frozen=True, slots=True)
class Sealed:
    """A set of sealed annotations. `facts`: what its essay.md says of the text, by name; see FACTS."""

    name: str
    facts: tuple[tuple[str, str], ...]
    codebook: Codebook
    parts: tuple[Part, ...]
    annotations: tuple[SealedPassage, ...]
    relations: tuple[Relation, ...] = ()

    @property
    def words(self) -> int:
        """How many words the text has that was sealed."""
        return self.parts[-1].at + self.parts[-1].words

    def to_json(self) -> str:
        """The text of a sealed.json: a value a line, always the same for the same set."""
        relations = [
            {"from": entry.source, "relation": entry.kind, "to": entry.target, "note": entry.note}
            for entry in self.relations
        ]
        content = {
            "format": FORMAT,
            "version": VERSION,
            "name": self.name,
            "facts": dict(self.facts),
            "codebook": structure(self.codebook),
            "parts": [asdict(part) for part in self.parts],
            "annotations": [_renamed(asdict(entry), IN_FILE) for entry in self.annotations],
            "relations": relations,
        }
        return json.dumps(content, ensure_ascii=False, indent=1) + "\n"

    @classmethod
    def from_json(cls, source: bytes | str, *, file: str = FILE, report: Report = refuse) -> Sealed:
        """The set in the text of a sealed.json; `file` is what faults call it.

        Faults of single entries go to `report`, and the entry is left out. Raises ReadingError where
        the whole is no such set.
        """
        content = _content(source, file)
        facts = tuple((name, text) for name, text in content["facts"].items() if name in FACTS and text)
        codebook = Codebook.from_yaml(json.dumps(content["codebook"], ensure_ascii=False), report=report)
        parts = tuple(_parts(content["parts"], file))
        passages: dict[str, SealedPassage] = {}
        for number, entry in enumerate(content["annotations"], 1):
            wrong = _wrong(entry, passages, codebook, parts[-1].at + parts[-1].words)
            if wrong:
                report(Fault(file, f"annotation number {number} is left out: {wrong}. {AGAIN}"))
            else:
                passages[entry["id"]] = SealedPassage(**_renamed(entry, OURS) | {"tags": tuple(entry["tags"])})
        relations = tuple(_relations(content["relations"], passages, lambda wrong: report(Fault(file, wrong))))
        return cls(content["name"], facts, codebook, parts, tuple(passages.values()), relations)


def structure(codebook: Codebook) -> dict[str, Any]:
    """A codebook in lists and dicts, as its YAML has it; what is empty is left out."""
    return dict(_filled({"title": codebook.title, "facets": [asdict(facet) for facet in codebook.facets]}))


def _filled(value: Any) -> Any:  # noqa: ANN401 - whatever a codebook is made of
    if isinstance(value, dict):
        named = value | {"colour": dict(zip(("light", "dark"), value.get("colour") or (), strict=False))}
        return {name: _filled(entry) for name, entry in named.items() if entry}
    return [_filled(entry) for entry in value] if isinstance(value, list | tuple) else value


def _renamed(entry: dict[str, Any], names: dict[str, str]) -> dict[str, Any]:
    return {names.get(name, name): value for name, value in entry.items()}


def _content(source: bytes | str, file: str) -> dict[str, Any]:
    """What the JSON text says, in the right shape down to its lists."""
    content = plain_json(source, file)
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        _refuse(file, f'holds no sealed annotations: expected "format": "{FORMAT}"')
    if content.get("version") != VERSION:
        version = shown(str(content.get("version")))
        _refuse(file, f"is of version {version}; this program reads version {VERSION}. Update essay-explorer")
    for name, kind in SHAPE.items():
        if not isinstance(content.get(name), kind) or (name in {"name", "parts"} and not content[name]):
            _refuse(file, f'"{name}" is missing or is not what it should be. {AGAIN}')
    if not all(isinstance(text, str) for text in content["facts"].values()):
        _refuse(file, f'"facts": expected texts. {AGAIN}')
    return dict(content)


def _refuse(file: str, message: str) -> NoReturn:
    refuse(Fault(file, message))


def _parts(entries: list[Any], file: str) -> Iterator[Part]:
    """The parts; they follow one another without a gap, or the whole is refused."""
    at = 0
    for number, entry in enumerate(entries, 1):
        part = _part(entry, at)
        if not part:
            _refuse(file, f"part number {number} is broken. {AGAIN}")
        yield part
        at += part.words


def _part(entry: Any, at: int) -> Part | None:  # noqa: ANN401 - whatever the file holds
    if not isinstance(entry, dict) or entry.get("at") != at or not _is_count(entry.get("words"), RUN, MOST_WORDS):
        return None
    keys, words = entry.get("keys"), entry["words"]
    if not isinstance(keys, list) or not all(_is(key, KEY) for key in keys):
        return None
    expected = -(-(words - RUN) // STEP) + 1
    return Part(at, words, tuple(keys)) if len(keys) == expected else None


def _wrong(entry: Any, known: Container[str], codebook: Codebook, words: int) -> str:  # noqa: ANN401 - the same
    """What is wrong with the entry of a passage; "" when nothing is."""
    names = [IN_FILE.get(field.name, field.name) for field in fields(SealedPassage)]
    if not isinstance(entry, dict) or sorted(entry) != sorted(names):
        return f"expected {', '.join(names)}"
    tags = entry["tags"]
    sound = {
        "id": _is(entry["id"], ID) and not PARAGRAPH.fullmatch(entry["id"]) and entry["id"] not in known,
        "at": _is_count(entry["at"], 0, words - 1),
        "words": _is_count(entry["words"], 1, words),
        "head": _is_count(entry["head"], -words, words),
        "tail": _is_count(entry["tail"], -words, words),
        "repeated": isinstance(entry["repeated"], bool),
        "print": _is(entry["print"], FINGERPRINT),
        "word_prints": _is(entry["word_prints"], WORD_FINGERPRINTS) and len(entry["word_prints"]) / 2 == entry["words"],
        "tags": isinstance(tags, list) and all(isinstance(tag, str) and tag in codebook.tags for tag in tags),
        **{name: isinstance(entry[name], str) for name in ("note", "creator", "created")},
    }
    return ", ".join(f'"{name}" is not what it should be' for name in names if not sound[name])


def _relations(entries: list[Any], known: Container[str], report: Callable[[str], object]) -> Iterator[Relation]:
    for number, entry in enumerate(entries, 1):
        names = ("from", "relation", "to", "note")
        values = [entry.get(name) if isinstance(entry, dict) else None for name in names]
        source, kind, target, note = values
        sound = all(isinstance(value, str) for value in values) and kind in KINDS
        if sound and source in known and target in known:
            yield Relation(str(source), str(kind), str(target), str(note))
        else:
            report(f"relation number {number} is broken or leads nowhere; it is left out. {AGAIN}")


def _is(value: Any, pattern: re.Pattern[str]) -> bool:  # noqa: ANN401 - the same
    return isinstance(value, str) and bool(pattern.fullmatch(value))


def _is_count(value: Any, least: int, most: int) -> bool:  # noqa: ANN401 - the same
    return type(value) is int and least <= value <= most


def wrapped(key: bytes, digest: bytes) -> str:
    """The key of a part, hidden under the digest of a run: its tag, then the key, in hex."""
    return digest[:8].hex() + _either(key, digest[8:24]).hex()


def unwrapped(entry: str, digest: bytes) -> bytes:
    """The key of a part, from one of its `keys` and the digest of the run that opens it."""
    return _either(bytes.fromhex(entry[16:]), digest[8:24])


def _either(one: bytes, other: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(one, other, strict=True))


def fingerprint_of(key: bytes, entry: str, words: bytes) -> str:
    """The fingerprint of a whole passage: 64 bits, in hex. `entry`: the annotation's id."""
    return hmac.digest(key, b"passage\0" + entry.encode() + b"\0" + words, "sha256")[:8].hex()


def word_fingerprint(key: bytes, entry: str, word: str) -> str:
    """The fingerprint of one word of a passage, two hex digits; the same word has another in another passage."""
    return hmac.digest(key, b"word\0" + entry.encode() + b"\0" + word.encode(), "sha256")[:1].hex()
