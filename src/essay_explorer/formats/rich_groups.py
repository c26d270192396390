"""What becomes of the groups and the words of rich text."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Literal

    Way = Literal["read", "note", "box", "copy", "shape", "aside", "marker", "numbering", "picture", "skip"]

LEFT_OUT, ACCEPTED = "left out", "taken as if accepted"
# What becomes of a group by the word that it starts with. A star says that programs may leave it out, as pandoc does.
LISTS: dict[str, Way] = dict.fromkeys(("listtable", "listoverridetable"), "copy")
STARRED: dict[str, Way] = {
    **LISTS,
    **dict.fromkeys(("shpinst", "do"), "shape"),
    "shppict": "read",
    "footnote": "note",
    "pn": "numbering",
}
NAMED: dict[str, Way] = {
    **LISTS,  # as LibreOffice has the second
    **dict.fromkeys(("fonttbl", "stylesheet", "info"), "copy"),
    **dict.fromkeys(("listtext", "pntext"), "marker"),
    **dict.fromkeys(("nonshppict", "shprslt", "nonesttables", "fldinst"), "skip"),  # "rslt": the shape again
    **dict.fromkeys(("xe", "rxe", "tc", "tcn", "pgdsc", "filetbl", "revtbl", "colortbl", "latentstyles"), "skip"),
    **dict.fromkeys(("themedata", "colorschememapping", "datastore", "xmlnstbl", "pntxta", "pntxtb"), "skip"),
    "footnote": "note",
    "pict": "picture",
}
BOXES = {"shptxt", "dptxbxtext"}
ASIDES = {"annotation": "comment", "moMath": "formula", "moMathPara": "formula"}
ASIDES |= {f"{kind}{page}": kind for kind in ("header", "footer") for page in ("", "l", "r", "f")}
CELLS = {"intbl", "itap", "trowd", "cell", "row"}
LOOKS = {"plain", "v", "deleted", "revised"}
LETTERS = {b"\\", b"{", b"}"}  # that are written with a sign before them
COPIED = {"fmodern": b"\\fnil", "caps": b""}  # a typewriter's letters are no code to pandoc then
DATES = {"chdate", "chdpl", "chdpa", "chtime"}  # today's, not a text
ENDS = {"par", "cell", "nestcell", "row", "sect"}  # of a paragraph
INSTEAD = {
    **dict.fromkeys(("page", "column"), b"\\line "),
    **dict.fromkeys(("field", "fldrslt", "footnote", "nestrow", "caps", *DATES), b""),  # pandoc writes capitals anew
    **dict.fromkeys(("nestcell", "sect"), b"\\par "),  # a table in a cell becomes paragraphs of that cell
}


@dataclass(frozen=True, slots=True)
class Group:
    """What becomes of a group, the word that it starts with, and what holds in it."""

    way: Way = "read"
    name: str = ""
    hidden: bool = False
    deleted: bool = False
    revised: bool = False

    def after(self, name: str, *, on: bool) -> Group:
        """What holds after one of LOOKS."""
        was = Group(self.way, self.name) if name == "plain" else self
        return replace(
            was,
            hidden=on if name == "v" else was.hidden,
            deleted=on if name == "deleted" else was.deleted,
            revised=on if name == "revised" else was.revised,
        )

    @property
    def is_written(self) -> bool:
        """Whether pandoc is to see its text."""
        return self.way in {"read", "note", "box", "copy"}

    @property
    def fate(self) -> tuple[str, str] | None:
        """What a stretch of its text is and what becomes of it, where it is not simply read."""
        if self.hidden:
            return "hidden word", LEFT_OUT
        if self.deleted:
            return "tracked deletion", LEFT_OUT
        return ("tracked insertion", ACCEPTED) if self.revised else None


def way_of(name: str, around: Way, *, starred: bool) -> Way:
    """What becomes of a group that starts with a word, in a group of that way."""
    if around == "skip" or (around == "copy" and starred):  # pandoc takes styles of letters for those of paragraphs
        return "skip"
    if around in {"copy", "marker", "numbering", "picture"}:
        return around
    if around == "shape":
        return "box" if name in BOXES else "picture" if name == "pict" else "shape"
    if around == "aside":
        return "skip" if (starred and name not in ASIDES) or NAMED.get(name) in {"skip", "picture"} else "aside"
    if name in ASIDES:
        return "aside"
    return STARRED.get(name, "skip") if starred else NAMED.get(name, "read")
