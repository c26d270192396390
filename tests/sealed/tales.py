"""Copies of texts that the tests seal, and what happens to copies."""

import re

from essay_explorer.core.reading import Reading
from essay_explorer.library.opening import open_reading
from essay_explorer.sealed.sealing import seal

HER = open_reading("her")
SEALED = seal(HER)
PARAGRAPHS = HER.essay.text.split("\n\n")
PASSAGES = HER.passages()
LITTER = [
    "Home",
    "Share this story",
    "Leave a Reply",
    "Posted on 3 March in Film, Reviews. 14 comments.",
    "We use cookies so that this site remembers you. By going on you agree that we and our partners may keep them and count your visits, as our notice explains in more words than these.",
    "1. First\n2. Second",
    "# Related *posts* <b>here</b> [link](x) & more",
]
CODEBOOK = "facets: [{id: theme, label: Themes, tags: [{id: trust, label: Trust}, {id: doubt, label: Doubt}]}]\n"


def small(essay, rows):
    texts = {"essay.md": essay, "codebook.yml": CODEBOOK, "annotations.csv": "id,quote,prefix,suffix,theme\n" + rows}
    reading = Reading.from_texts(texts, name="small")
    assert not reading.faults
    return seal(reading)


def story(start, words):
    """So many words that nothing else has."""
    return " ".join(f"word{number}" for number in range(start, start + words))


def spoilt(dice, share, kind):
    """A copy with typos, and for each of its words which word of the text it is, or stands before."""
    copy, origin = "", []
    for number, word in enumerate(re.findall(r"\S+\s*", HER.essay.text)):
        act = (
            (dice.choice(["replace", "drop", "insert"]) if kind == "mixed" else kind)
            if dice.random() < share
            else "keep"
        )
        pieces = {
            "keep": [word],
            "drop": [],
            "insert": ["zzyzx ", word],
            "replace": ["zzyzx" + word[len(word.rstrip()) :]],
        }[act]
        copy += "".join(pieces) or "\n\n" * word.endswith("\n\n")
        origin += [number] * len(pieces)
    return copy, origin


TALE = story(0, 60) + " who can say " + story(60, 60) + "\n\n" + story(120, 60) + " who can say " + story(180, 60)
PAIR = story(0, 60) + " who can say one two three who can say " + story(60, 60)
IN_PAIR = "a1,who can say,word59,,trust\na2,who can say,three,,trust\n"
