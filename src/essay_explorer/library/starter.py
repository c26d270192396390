"""What a new reading starts with: a codebook to rename, and one annotation that shows the columns."""

from __future__ import annotations

from essay_explorer.core.annotation import ANNOTATIONS, Annotation
from essay_explorer.core.codebook import Codebook
from essay_explorer.core.codebook_entries import FILE as CODEBOOK
from essay_explorer.core.essay import FILE as ESSAY
from essay_explorer.core.essay import Essay
from essay_explorer.files.csv_files import annotations_to_csv

NEW_ESSAY = "Write or paste your essay here, a blank line between two paragraphs.\n"
NOTE = "An example of a row: a passage copied from the essay, and its tags. Replace it with your own."
PARAGRAPHS = 20  # in so many, and among so many sentences, one is found or none
LETTERS = 30  # a heading has fewer
MOST_LETTERS = 20_000  # in which that sentence is sought
BOM = "\ufeff"  # Excel takes a CSV without it for another encoding
BOOK = """\
# The codebook: every tag that a passage can carry. Rename the themes, add to them, take some away.
#
# id:          one word, the same in the columns of annotations.csv (a new id here needs the new id there)
# label:       what the page shows
# role:        what the tags of a list say of a passage: theme, move (in the argument), person or other
# definition:  when a passage carries this tag, and when it does not
# questions:   to think about, shown beside a passage
# A theme gets a colour, a line and a letter by itself; your own: colour: "#0067B1", line: dashed, code: T
# Put quotation marks around a text with ": " or " #" in it. Indent with spaces.
facets:
  - id: theme
    label: Themes
    role: theme
    definition: What the passage is about.
    tags:
      - id: theme-1
        label: First theme
        definition: Say in a sentence what belongs here.
        questions:
          - What does the essay say about this, and where most plainly?
      - id: theme-2
        label: Second theme
        definition: Say in a sentence what belongs here.
      - id: theme-3
        label: Third theme
        definition: Say in a sentence what belongs here.
  - id: move
    label: Moves
    role: move
    definition: What the passage does in the argument.
    tags:
      - id: claim
        label: Claim
        definition: Says what is so, or what ought to be.
      - id: evidence
        label: Evidence
        definition: Gives a reason, an example or a fact for a claim.
      - id: question
        label: Question
        definition: Asks, and leaves the answer open or gives it later.
"""


def starter(source: str, essay: Essay) -> dict[str, str]:
    """The files of a reading, by name; `source`: the text of its essay.md, which says `essay`.

    The one annotation quotes a sentence that stands only once in the essay; where there is none,
    it waits until somebody writes a file of annotations.
    """
    files = {ESSAY: source, CODEBOOK: BOOK}
    quote = _sentence(essay) if essay.text else ""
    if not quote:
        return files
    example = Annotation("a1", quote, tags=("theme-1", "claim"), note=NOTE)
    return {**files, ANNOTATIONS: BOM + annotations_to_csv([example], Codebook.from_yaml(BOOK), every=True)}


def _sentence(essay: Essay) -> str:
    """A sentence near the start that stands only once, a whole one rather than a heading; "" where there is none."""
    start = Essay(essay.text[: min(essay.paragraphs[:PARAGRAPHS][-1].end, MOST_LETTERS)])
    sentences = [start.text[slice(*sentence)] for sentence in start.sentences()][:PARAGRAPHS]
    once = [sentence for sentence in sentences if essay.text.count(sentence) == 1]
    return next((sentence for sentence in once if len(sentence) >= LETTERS), once[0] if once else "")


def without_examples(texts: dict[str, str]) -> dict[str, str]:
    """The files of a new reading without the themes and the row that show what belongs there; others as they are."""
    if texts.get(CODEBOOK) != BOOK:
        return texts
    head, _, rest = BOOK.partition("    tags:\n")
    bare = f"{head}    tags: []\n{rest[rest.index('  - id: move') :]}"
    return {file: text for file, text in texts.items() if file != ANNOTATIONS} | {CODEBOOK: bare}
