"""What the counts of a reading say: each finding a phrase by its key, with holes for what was counted.

`measures/` fills them for the reading's own passages. A page gets them with the charts, in its reader's language, and
widgets/chart_findings.js fills the same ones for the layers that are on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from essay_explorer.words import Phrase

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

PHRASES: Mapping[str, Phrase] = {
    # Whose passages a chart counts.
    "own passages": Phrase("The chart shows the reading’s own passages."),
    "own relations": Phrase("Relations belong to the reading’s own passages: this chart shows these alone."),
    "long essay": Phrase("The essay is so long that its charts show the reading’s own passages alone."),
    "no layer": Phrase("No layer with passages is on."),
    "reading": Phrase("the reading’s own ({count})"),
    "your marks": Phrase("your marks"),
    "counted": Phrase("Counted: {layers}."),
    # What there is nothing to say of.
    "no themes": Phrase("The codebook names no themes yet"),
    "no passages": Phrase("No passage is marked yet"),
    "no theme used": Phrase("No passage carries a theme yet"),
    # Parts of sentences.
    "and": Phrase("{first} and {last}"),
    "and again": Phrase("{first}, and {last}"),
    "themes": Phrase("{count} theme", "{count} themes"),
    "passages": Phrase("{count} passage", "{count} passages"),
    # Through which paragraphs a theme runs.
    "in the one": Phrase("{tags} stands in the one paragraph", "{tags} stand in the one paragraph"),
    "only in": Phrase("{tags} stands only in paragraph {number}", "{tags} stand only in paragraph {number}"),
    "each in": Phrase("{tags} each stand in {where}"),
    "runs through": Phrase("{tags} runs through {where}", "{tags} each run through {where}"),
    "all of": Phrase("all {count} paragraphs"),
    "some of": Phrase("{number} of {count} paragraphs"),
    "one only through": Phrase(
        "{finding}; {tags} only through paragraph {numbers}", "{finding}; {tags} only through paragraphs {numbers}"
    ),
    "more only through": Phrase("{finding}; {tags} only through {number}"),
    # Which theme has most words.
    "words and percent": Phrase("{count} word, {percent}% of the essay", "{count} words, {percent}% of the essay"),
    "weighs most": Phrase("Of the themes, {tag} weighs most: {passages}, {words}"),
    "weigh most": Phrase("Of the themes, {tags} weigh most: {words} each"),
    "weigh the same": Phrase("{tags} weigh the same: {words} each"),
    "unused": Phrase("{finding}; nobody uses {tags}"),
    # Which themes meet.
    "none above chance": Phrase("No two themes share clearly more passages than chance predicts"),
    "several pairs": Phrase("{count} pairs of themes share {often}"),
    "closest": Phrase("{tags} share {count} passages, {often}"),
    "not used": Phrase("one of them is not used"),
    "never": Phrase("never together"),
    "about chance": Phrase("about what chance predicts"),
    "half of chance": Phrase("half of what chance predicts"),
    "times chance": Phrase("{times} times what chance predicts"),
    # Where most words of a theme are.
    "share": Phrase("{tag} {percent}%"),
    "shares": Phrase("In the one paragraph, {shares} of the words"),
    "evenly in": Phrase("{tag} runs evenly through paragraphs {numbers}"),
    "evenly": Phrase("{tag} runs evenly through {count} paragraphs"),
    "peaks": Phrase("{tag} peaks in paragraph {numbers}", "{tag} peaks in paragraphs {numbers}"),
    "and peaks": Phrase("{finding}, {tag} in {numbers}", "{finding}, {tag} in {numbers}"),
    "no peak": Phrase("{tag} has no single peak"),
    # How long sentences are.
    "no sentence": Phrase("The essay has no sentence"),
    "one sentence": Phrase("One sentence of {count} word", "One sentence of {count} words"),
    "all as long": Phrase("All {number} sentences have {count} word", "All {number} sentences have {count} words"),
    "short verdicts": Phrase("Verdicts are short: median {verdicts} words, against {others} elsewhere"),
    "long verdicts": Phrase("Verdicts are long: median {verdicts} words, against {others} elsewhere"),
    "from to": Phrase(
        "Sentences run from {least} to {count} word, half of them at most {median}",
        "Sentences run from {least} to {count} words, half of them at most {median}",
    ),
}


def said(key: str, count: int = 1, **values: object) -> str:
    """One of PHRASES in the reader's language, in the form that goes with `count`."""
    return PHRASES[key].said(count, **values)


def listed(parts: Iterable[object]) -> str:
    """The parts as in "6, 7 and 8"; parts with an "and" of their own get a comma."""
    *most, last = map(str, parts)
    if not most:
        return last
    conjunction = said("and", first="", last="")
    again = any(conjunction in part for part in most)
    return said("and again" if again else "and", first=", ".join(most), last=last)
