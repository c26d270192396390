"""Typst: it sets the layout of the hand-out with its content, and says which letters and images it cannot."""

from __future__ import annotations

import json
import re
import shutil
import tempfile
import warnings
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from essay_explorer.core.absent import needed
from essay_explorer.core.fault import ReadingError, ReadingWarning, shown
from essay_explorer.paper.blocks import names_of
from essay_explorer.paper.scripts import advice_for, missing_from, package_for

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from essay_explorer.core.image import Image

TEMPLATE = Path(__file__).with_name("handout.typ")
WORDS = Path(__file__).with_name("words.typ")  # what templates have in common
UNSHOWN = re.compile(r'text `"(.+?)"` could not be displayed')
CODE_POINT = re.compile(r"\\u\{(\w+)\}")
READ = frozenset({"text", "label", "definition", "quote", "word", "caption"})  # what the content calls its texts
FONTLESS = 0.5  # of a text's letters: with more boxes than letters a hand-out is of no use


def typeset(content: Mapping[str, Any], images: Sequence[Image], *, template: Path | None = None) -> bytes:
    """The PDF of a hand-out, or of what another template lays out.

    Letters that no font of the machine has show as boxes, and a ReadingWarning says so. Raises ReadingError
    where these are more than half of the text.
    """
    whole = _check_scripts(content)
    names = names_of(images)
    files = {names[image.source]: image.content for image in images}
    return _set(
        json.dumps(content, ensure_ascii=False).encode(errors="replace").decode(),
        files,
        template or TEMPLATE,
        whole=whole,
    )


def readable(images: Sequence[Image]) -> list[Image]:
    """Those that Typst sets; a ReadingWarning names the others, and what they show stands in the text all the same."""
    typst = needed("typst")  # 40 MB that only a hand-out needs

    def is_set(image: Image) -> bool:
        with tempfile.TemporaryDirectory() as root:
            for name in names_of([image]).values():
                Path(root, name).write_bytes(image.content)
                page = Path(root, "page.typ")
                page.write_text(f'#image("{name}")', encoding="utf-8")
                with suppress(typst.TypstError):
                    return bool(typst.compile(str(page), root=root))
        return False

    left_out = [image for image in images if not is_set(image)]
    if left_out:
        names = ", ".join(shown(image.source) for image in left_out)
        message = f"The hand-out leaves out its pictures {names}: expected whole PNG, JPEG, GIF, WebP or SVG files"
        warnings.warn(message, ReadingWarning, stacklevel=4)
    return [image for image in images if image not in left_out]


def _check_scripts(content: Mapping[str, Any]) -> bool:
    """Whether each script of the text has a font here; which ones have none is said before anything is made."""
    text = "".join(_texts(content))
    if not (missing := missing_from(text, unshown)):
        return True
    names = " or ".join(dict.fromkeys(script.name for script in missing))
    advice = advice_for([script.package for script in missing])
    if sum(script.letters for script in missing) > FONTLESS * sum(map(str.isalpha, text)):
        message = f"The hand-out cannot be made: no font on this machine has {names} letters. {advice}"
        raise ReadingError(message)
    message = f"No font on this machine has {names} letters: the hand-out shows boxes in their place. {advice}"
    warnings.warn(message, ReadingWarning, stacklevel=5)
    return False


def _texts(value: object, name: str = "") -> list[str]:
    """Every text in a JSON value that is to be read; the others are names."""
    if isinstance(value, str):
        return [value] if name in READ else []
    if isinstance(value, list):
        return [text for one in value for text in _texts(one, name)]
    entries = value.items() if isinstance(value, dict) else ()
    return [text for name, one in entries for text in _texts(one, name)]


def unshown(letters: Sequence[str]) -> list[str]:
    """Those of the letters that no font has; Typst names one at a time."""
    typst = needed("typst")  # as above

    source = (
        b'#set document(title: "x")\n#set text(font: "Libertinus Serif")\n#for one in sys.inputs.letters { par(one) }'
    )
    missing: list[str] = []
    while left := [letter for letter in letters if letter not in missing]:
        try:
            typst.compile(source, sys_inputs={"letters": "".join(left)}, pdf_standards=["ua-1"])
        except typst.TypstError as error:
            named = [letter for letter in left if letter == _letter_in(error.message)]
            if not named:
                break
            missing += named
        else:
            break
    return missing


def _set(content: str, images: Mapping[str, bytes], template: Path, *, whole: bool) -> bytes:
    """The PDF, as PDF/UA where that is possible; without a glyph for each letter (`whole`) it is not."""
    typst = needed("typst")  # as above

    def made(standard: list[Any]) -> bytes:
        with tempfile.TemporaryDirectory() as root:  # the only folder that a template can read
            shutil.copy(WORDS, root)
            page = shutil.copy(template, root)
            for name, image in images.items():
                Path(root, name).write_bytes(image)
            return bytes(typst.compile(page, root=root, sys_inputs={"content": content}, pdf_standards=standard))

    try:
        return made(["ua-1"] if whole else [])
    except typst.TypstError as error:
        if not error.message.startswith("PDF/UA-1 error"):
            raise
        warnings.warn(f"The hand-out is not PDF/UA: {_finding(error.message)}", ReadingWarning, stacklevel=4)
        return made([])


def _letter_in(problem: str) -> str:
    """The letter that Typst says no font has, "" where it says something else."""
    letters = UNSHOWN.search(problem)
    return CODE_POINT.sub(lambda code: chr(int(code[1], 16)), letters[1]) if letters else ""


def _finding(problem: str) -> str:
    """What Typst found against PDF/UA, in our words: its own differ from release to release."""
    if letters := _letter_in(problem):
        code = "".join(letter if letter.isprintable() else f"U+{ord(letter):X}" for letter in letters)
        return f"no font on this machine has {shown(code)}; it shows as a box. {advice_for([package_for(letters[0])])}"
    return "not every reading aid will understand it. It can be read and printed all the same"
