"""Tables: a reading as pandas frames, to count, group, join and draw.

===========  ==============================================================================
table        one row for each
===========  ==============================================================================
annotations  annotation, in text order; those whose quote is lost stand last, without a place
tags         tag of an annotation, the annotations in the same order
sentences    sentence of the essay
words        word of the essay, by the rules of `anchoring.counting`
relations    relation, in the order of its file
===========  ==============================================================================

==================  ============  ====================================================================
column              dtype         holds
==================  ============  ====================================================================
passage             string        id of an annotation, and so of its passage
sentence, word      Int64         number from 1 in the whole essay; a passage's is where it starts
paragraph           Int64         number from 1, of where it starts
start, end          Int64         `[start, end)` in code points of `Essay.text`
words               Int64         how many; part of a word counts as one
text, quote         string        the letters themselves: of a sentence or a word, of a passage
plain               string        a word in lower case
note, creator       string        as in the files; so is `created`
tags                string        all tags of an annotation in its own order, parted by ";"
facet, tag, label   category      ids and label as in the codebook, in its order; the unused ones are none
from, to            string        ids of annotations: the same values as `passage`
relation            category      "supports", "opposes" or "qualifies"
trust, claim ...    bool          a column for each tag of the codebook, named by its id
==================  ============  ====================================================================

The columns for tags stand last, in annotations (does it carry the tag?) and in sentences and words
(does a passage with the tag cover any of it?). A tag whose id is the name of a column above gets
"_" behind it. Rows are numbered from 0; what tables share are columns, so they join by name:
`passage` joins annotations and tags, `sentence` and `paragraph` join annotations, sentences and
words, and relations join with `left_on="from"` or `left_on="to"`, `right_on="passage"`.
A place that is not known is `<NA>`; a table without any rows has the same columns and dtypes.

Importing this module imports pandas: `Reading.to_frame` does so when it is called.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd  # type: ignore[import-untyped]  # pandas tells no types

from essay_explorer.anchoring.counting import WORD, count_words
from essay_explorer.core.annotation import KINDS
from essay_explorer.core.brief import ArgumentValueError
from essay_explorer.core.fault import instead_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from essay_explorer.core.annotation import Annotation
    from essay_explorer.core.codebook import Codebook
    from essay_explorer.core.reading import Reading

PARTED = ";"  # between the tags of an annotation
COLUMNS = {
    *("passage", "paragraph", "sentence", "word", "start", "end", "words", "text", "quote", "plain"),
    *("note", "creator", "created", "tags", "facet", "tag", "label", "from", "relation", "to"),
}


def frame_of(reading: Reading, table: str) -> pd.DataFrame:
    """The table of that name; the module says what its columns hold.

    Raises ValueError for a name that is none of TABLES.
    """
    if table not in TABLES:
        message = f'table "{table}" is not known. {instead_of(table, TABLES)}'
        raise ArgumentValueError(message)
    return TABLES[table](reading)


def tag_columns(codebook: Codebook) -> dict[str, str]:
    """By the id of each tag, the name of its column."""
    columns: dict[str, str] = {}
    for tag in codebook.tags:
        name = tag
        while name in COLUMNS or name in columns.values() or (name != tag and name in codebook.tags):
            name += "_"
        columns[tag] = name
    return columns


def _annotations(reading: Reading) -> pd.DataFrame:
    placed = reading.passages()
    rows = _rows(reading)
    starts = np.array([passage.start for passage in placed], dtype=np.int64)
    places = {
        "paragraph": [passage.paragraph for passage in placed],
        "sentence": _number_of(reading.essay.sentences(), starts).tolist(),
        "start": starts.tolist(),
        "end": [passage.end for passage in placed],
    }
    lost = [None] * (len(rows) - len(placed))
    return pd.DataFrame(
        {"passage": _texts(entry.id for entry, _ in rows)}
        | {column: _numbers([*values, *lost]) for column, values in places.items()}
        | {"words": _numbers([count_words(entry.quote) for entry, _ in rows])}
        | {name: _texts(getattr(entry, name) for entry, _ in rows) for name in ("quote", "note", "creator", "created")}
        | {"tags": _texts(PARTED.join(tags) for _, tags in rows)}
        | {
            column: np.array([tag in tags for _, tags in rows], dtype=bool)
            for tag, column in tag_columns(reading.codebook).items()
        }
    )


def _rows(reading: Reading) -> list[tuple[Annotation, tuple[str, ...]]]:
    """The annotations in text order, the lost ones last, each with its tags."""
    placed = [(passage.annotation, passage.tags) for passage in reading.passages()]
    found = {entry.id for entry, _ in placed}
    return [*placed, *((entry, entry.tags) for entry in reading.annotations if entry.id not in found)]


def _tags(reading: Reading) -> pd.DataFrame:
    book = reading.codebook
    rows = [(entry.id, tag) for entry, tags in _rows(reading) for tag in tags if tag in book.tags]
    return pd.DataFrame(
        {
            "passage": _texts(entry for entry, _ in rows),
            "facet": _kinds((book.facet_of[tag].id for _, tag in rows), (facet.id for facet in book.facets)),
            "tag": _kinds((tag for _, tag in rows), book.tags),
            "label": _kinds((book.tags[tag].label for _, tag in rows), (tag.label for tag in book.tags.values())),
        }
    )


def _sentences(reading: Reading) -> pd.DataFrame:
    sentences = reading.essay.sentences()
    texts = [reading.essay.text[slice(*sentence)] for sentence in sentences]
    starts, ends = _edges(sentences)
    return pd.DataFrame(
        {
            "sentence": _numbers(range(1, len(sentences) + 1)),
            "paragraph": _numbers(_number_of(reading.essay.paragraphs, starts)),
            "start": _numbers(starts),
            "end": _numbers(ends),
            "words": _numbers([count_words(text) for text in texts]),
            "text": _texts(texts),
        }
        | _covered(reading, starts, ends)
    )


def _words(reading: Reading) -> pd.DataFrame:
    words = list(WORD.finditer(reading.essay.text))
    texts = [word[0] for word in words]
    plain = {text: text.lower() for text in set(texts)}
    starts, ends = _edges([word.span() for word in words])
    return pd.DataFrame(
        {
            "word": _numbers(range(1, len(words) + 1)),
            "sentence": _numbers(_number_of(reading.essay.sentences(), starts)),
            "paragraph": _numbers(_number_of(reading.essay.paragraphs, starts)),
            "start": _numbers(starts),
            "end": _numbers(ends),
            "text": _texts(texts),
            "plain": _texts(plain[text] for text in texts),
        }
        | _covered(reading, starts, ends)
    )


def _relations(reading: Reading) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "from": _texts(relation.source for relation in reading.relations),
            "relation": _kinds((relation.kind for relation in reading.relations), KINDS),
            "to": _texts(relation.target for relation in reading.relations),
            "note": _texts(relation.note for relation in reading.relations),
        }
    )


TABLES: Mapping[str, Callable[[Reading], pd.DataFrame]] = {
    "annotations": _annotations,
    "tags": _tags,
    "sentences": _sentences,
    "words": _words,
    "relations": _relations,
}


def _texts(values: Iterable[str]) -> Any:  # noqa: ANN401 - an array of pandas
    return pd.array(list(values), dtype="string")


def _numbers(values: Sequence[int | None] | NDArray[np.int64]) -> Any:  # noqa: ANN401 - an array of pandas
    return pd.array(values, dtype="Int64")


def _kinds(values: Iterable[str], known: Iterable[str]) -> Any:  # noqa: ANN401 - an array of pandas
    """Values in the order of those that are known; one without a row is none, so that no count shows it."""
    there = list(values)
    used = set(there)
    return pd.Categorical(there, categories=[one for one in dict.fromkeys(known) if one in used])


def _edges(spans: Sequence[tuple[int, int]]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Where the spans start, and where they end."""
    edges = np.array(spans, dtype=np.int64).reshape(-1, 2)
    return edges[:, 0], edges[:, 1]


def _number_of(stretches: Sequence[tuple[int, int]], offsets: NDArray[np.int64]) -> NDArray[np.int64]:
    """The number, from 1, of the stretch that each offset lies in."""
    return _edges(stretches)[0].searchsorted(offsets, side="right").astype(np.int64)


def _covered(reading: Reading, starts: NDArray[np.int64], ends: NDArray[np.int64]) -> dict[str, NDArray[np.bool_]]:
    """A column for each tag: whether a passage that carries it covers any of the stretch.

    The stretches stand apart and in text order, so a passage covers a run of them; a running sum
    over where the runs of a tag start and end finds all that they cover, in one go.
    """
    passages = reading.passages()
    first = ends.searchsorted([passage.start for passage in passages], side="right")
    after = starts.searchsorted([passage.end for passage in passages], side="left")

    def covered(tag: str) -> NDArray[np.bool_]:
        carrying = np.array([tag in passage.tags for passage in passages], dtype=bool)
        opened, closed = (np.bincount(edge[carrying], minlength=len(starts) + 1) for edge in (first, after))
        return (opened - closed).cumsum()[:-1] > 0

    return {column: covered(tag) for tag, column in tag_columns(reading.codebook).items()}
