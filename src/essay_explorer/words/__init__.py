"""All words of ours that readers see, in their language. English stands in the source; a catalogue has the others."""

from essay_explorer.words.catalogue import ENGLISH, PSEUDO, Catalogue, known
from essay_explorer.words.dates import day
from essay_explorer.words.numbers import number, places
from essay_explorer.words.phrase import Phrase, Sentence
from essay_explorer.words.saying import SETTING, chosen, direction, language, say, say_n, settle, speak, speaking, usual
from essay_explorer.words.scripts import spoken

__all__ = [
    "ENGLISH",
    "PSEUDO",
    "SETTING",
    "Catalogue",
    "Phrase",
    "Sentence",
    "chosen",
    "day",
    "direction",
    "known",
    "language",
    "number",
    "places",
    "say",
    "say_n",
    "settle",
    "speak",
    "speaking",
    "spoken",
    "usual",
]
