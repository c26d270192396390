"""A made-up reading as long as a novel, and what it costs to open: the curve over its length.

`python tests/bench/long.py [--lost] [WORDS ...]` prints it as Markdown. Each length is opened in a process of its own.
"""

from __future__ import annotations

import csv
import io
import json
import random
import resource
import subprocess
import sys
import tempfile
import warnings
from contextlib import contextmanager
from itertools import accumulate
from pathlib import Path
from time import process_time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

LENGTHS = (1_000, 10_000, 100_000, 1_000_000)
WORDS_AN_ANNOTATION = 100  # ten thousand annotations on a million words
PARAGRAPH = 120
VOCABULARY = 20_000
REFRAIN = "and the sea said nothing at all"  # stands everywhere: only what is around it tells where
NAMES = {"mara": ("Mara", "Mara Quill"), "otto": ("Otto", "Mr Vane"), "ines": ("Ines",), "the-ferry": ("the ferry",)}
THEMES = [f"theme{number}" for number in range(8)]
MOVES = ["claim", "question", "verdict"]
COUNTS = ("passages", "faults")
GOALS = {"open_reading": 6.0, "peak MB": 1500.0}


def texts(words: int, *, lost: bool = False) -> dict[str, str]:
    """The files of a reading of so many words, the same each time; `lost`: each quote has a slip in it."""
    dice = random.Random(words)
    paragraphs = list(_paragraphs(words, dice))
    rows = list(_annotations(paragraphs, words // WORDS_AN_ANNOTATION, dice, lost=lost))
    return {
        "essay.md": "---\ntitle: Long\n---\n\n" + "\n\n".join(_markdown(paragraphs, dice)),
        "codebook.yml": _codebook(),
        "annotations.csv": _csv(("id", "quote", "prefix", "suffix", "theme", "move", "note"), rows),
        "relations.csv": _csv(("from", "relation", "to", "note"), _relations([row[0] for row in rows], dice)),
    }


def _words(dice: random.Random) -> tuple[list[str], list[float]]:
    """A made-up vocabulary, and the running sum of how often each word stands: few often, most seldom."""
    syllables = [f"{one}{two}{end}" for one in "bdfghklmnprstvw" for two in "aeiou" for end in ("", "n", "r", "s")]
    made = dict.fromkeys("".join(dice.choices(syllables, k=dice.choice((1, 2, 2, 3, 3)))) for _ in range(VOCABULARY))
    return list(made), list(accumulate(1 / (rank + 3) for rank in range(len(made))))


def _paragraphs(words: int, dice: random.Random) -> Iterator[list[str]]:
    """Paragraphs as lists of words, which carry their punctuation."""
    vocabulary, weights = _words(dice)
    names = [name for aliases in NAMES.values() for name in aliases]
    while words > 0:
        length = min(words, dice.randrange(PARAGRAPH // 2, PARAGRAPH * 3 // 2))
        made = dice.choices(vocabulary, cum_weights=weights, k=length)
        made[length // 3 :: 40] = [dice.choice(names) for _ in made[length // 3 :: 40]]
        if dice.random() < 1 / 4:
            made[length // 2 : length // 2] = REFRAIN.split()
        for at in range(0, len(made), dice.randrange(8, 20)):
            made[at] = made[at].capitalize()
            made[at - 1] += dice.choice((".", ".", ".", "?", "!", "...", ".”", " - no."))
        yield made
        words -= length


def _markdown(paragraphs: Iterable[list[str]], dice: random.Random) -> Iterator[str]:
    """Most of a novel is plain; now and then a word is stressed, or a chapter begins."""
    for number, words in enumerate(paragraphs):
        if number and number % 40 == 0:
            yield f"## Chapter {number // 40}"
        if dice.random() < 1 / 8:
            at = dice.randrange(len(words))
            words = [*words[:at], f"*{words[at]}*", *words[at + 1 :]]  # noqa: PLW2901 - the same words, one stressed
        yield " ".join(words)


def _annotations(
    paragraphs: list[list[str]], count: int, dice: random.Random, *, lost: bool
) -> Iterator[tuple[str, ...]]:
    """Rows of quotes of 5 to 40 words: one in ten is the refrain, short ones come with what stands before them."""
    refrain = REFRAIN.split()
    for number in range(1, count + 1):
        words = dice.choice(paragraphs)
        start = dice.randrange(len(words) - 5) if len(words) > 5 else 0
        end = start + dice.randrange(5, 41)
        if number % 10 == 0 and refrain[0] in words:
            at = words.index(refrain[0])
            start, end = (at, at + len(refrain)) if words[at : at + len(refrain)] == refrain else (start, end)
        quote = words[start:end]
        if lost:
            quote = [*quote[:2], quote[2][::-1] + "x", *quote[3:]]
        short = len(quote) < 9
        before, after = (words[max(start - 6, 0) : start], words[end : end + 6]) if short else ([], [])
        tags = ";".join(dice.sample(THEMES, dice.randrange(1, 3)))
        move = dice.choice([*MOVES, ""])
        yield f"a{number}", " ".join(quote), " ".join(before), " ".join(after), tags, move, f"Note {number}."


def _relations(ids: list[str], dice: random.Random) -> Iterator[tuple[str, ...]]:
    for one in ids[::5]:
        yield one, dice.choice(("supports", "opposes", "qualifies")), dice.choice(ids), ""


def _codebook() -> str:
    facets = {"theme": THEMES, "move": MOVES, "person": NAMES}
    lines = ["title: A long reading", "facets:"]
    for facet, tags in facets.items():
        lines += [f"- id: {facet}", "  tags:"]
        lines += [f"  - {json.dumps({'id': tag, 'aliases': list(NAMES.get(tag, ()))})}" for tag in tags]
    return "\n".join(lines)


def _csv(header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    file = io.StringIO()
    csv.writer(file).writerows([header, *rows])
    return file.getvalue()


def write(folder: Path, words: int, *, lost: bool = False) -> Path:
    """The folder, with such a reading in it."""
    folder.mkdir(parents=True, exist_ok=True)
    for file, text in texts(words, lost=lost).items():
        (folder / file).write_text(text, encoding="utf-8")
    return folder


def measured(folder: Path) -> dict[str, float]:
    """Seconds of each step and the peak of memory in MB; to be called in a fresh process.

    Seconds of the processor: on an idle machine they are those of the clock, on a busy one they stay the same.
    """
    from essay_explorer.core.annotation import annotations_from_csv
    from essay_explorer.core.codebook import Codebook
    from essay_explorer.core.essay import Essay
    from essay_explorer.core.reading import Reading
    from essay_explorer.library.opening import open_reading

    took: dict[str, float] = {}

    @contextmanager
    def step(name: str) -> Iterator[None]:
        start = process_time()
        yield
        took[name] = process_time() - start

    warnings.simplefilter("ignore")
    with step("open_reading"):
        reading = open_reading(folder)
    took["peak MB"] = _peak()
    with step(".passages()"):
        passages = reading.passages()
    with step(".segments()"):
        reading.segments()
    with step(".fingerprint"):
        _ = reading.fingerprint
    with step("Lens(reading)"):
        from essay_explorer.widgets import Lens

        lens = Lens(reading)
    if passages:
        with step("lens.at, 100 times"):
            for passage in passages[:100]:
                lens.at = passage.id
    with step("query"):
        reading.passages(query="nobody said this")
    with step("query again"):
        reading.passages(query="nobody said that")
    with step("sentences"):
        reading.essay.sentences()
    took["peak MB of all"] = _peak()
    files = {file: (folder / file).read_text("utf-8") for file in ("essay.md", "codebook.yml", "annotations.csv")}
    with step("of it: Markdown"):
        essay = Essay.from_markdown(files["essay.md"])
    with step("of it: codebook"):
        codebook = Codebook.from_yaml(files["codebook.yml"])
    with step("of it: CSV"):
        entries = annotations_from_csv(files["annotations.csv"], codebook)
    again = Reading(essay, codebook, entries)
    with step("of it: anchoring"):
        _ = again._places
    with step("of it: faults"):
        _ = again.faults
    return took | {"passages": len(passages), "faults": len(reading.faults)}


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def curve(lengths: Iterable[int] = LENGTHS, *, lost: bool = False) -> dict[int, dict[str, float]]:
    """By the number of words, what `measured` says of a reading of that length."""
    found = {}
    for words in lengths:
        with tempfile.TemporaryDirectory() as folder:
            write(Path(folder), words, lost=lost)
            command = [sys.executable, __file__, "--measure", folder]
            found[words] = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return found


def table(found: dict[int, dict[str, float]]) -> str:
    """The curve as a Markdown table, a step a row."""
    names = dict.fromkeys(name for figures in found.values() for name in figures)
    lines = [f"| words | {' | '.join(f'{words:,}' for words in found)} |", f"|---|{'---:|' * len(found)}"]
    for name in names:
        cells = [_shown(name, figures.get(name)) for figures in found.values()]
        goal = f" (goal {GOALS[name]:g})" if name in GOALS else ""
        lines.append(f"| {name}{goal} | {' | '.join(cells)} |")
    return "\n".join(lines)


def _shown(name: str, figure: float | None) -> str:
    if figure is None:
        return ""
    return f"{figure:,.0f}" if name in COUNTS or name.startswith("peak") else f"{figure:.3f}"


if __name__ == "__main__":
    if sys.argv[1:2] == ["--measure"]:
        print(json.dumps(measured(Path(sys.argv[2]))))
    else:
        lost, lengths = "--lost" in sys.argv, [int(word) for word in sys.argv[1:] if word.isdigit()]
        print(table(curve(lengths or LENGTHS, lost=lost)))
