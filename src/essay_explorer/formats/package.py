"""What the package of an e-book says of it: its title, its authors, and its pages in their order."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote

from defusedxml import DefusedXmlException  # type: ignore[import-untyped]
from defusedxml.ElementTree import ParseError, fromstring  # type: ignore[import-untyped]

from essay_explorer.formats.manuscript import line_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from xml.etree.ElementTree import Element

CONTAINER = "META-INF/container.xml"
LOCKS = "META-INF/encryption.xml"
PAGES = {"application/xhtml+xml", "text/html", "application/x-dtbook+xml"}


class PackageError(ValueError):
    """What stands in an archive is no e-book that can be read."""


@dataclass(frozen=True, slots=True)
class Package:
    """An e-book as its package describes it.

    `pages`: the names of its parts in reading order. `contents`: the part that lists them, where no
    page of the reading order does; "" where none does. `locked`: parts that are encrypted. `missing`: pages
    of the reading order that are not there. `others`: those that are no text, a drawing for one.
    """

    title: str
    subtitle: str
    authors: tuple[str, ...]
    language: str
    pages: tuple[str, ...]
    contents: str
    locked: frozenset[str]
    missing: tuple[str, ...]
    others: tuple[str, ...]

    @classmethod
    def from_parts(cls, parts: Mapping[str, bytes]) -> Package:
        """The package of an archive. Raises PackageError where it has none, or one that is broken."""
        name = _first(_parsed(parts, CONTAINER), "rootfile").get("full-path", "")
        root, folder = _parsed(parts, name), posixpath.dirname(name)
        items = {item.get("id", ""): item for item in _all(root, "item")}
        refs = [(ref, items[ref.get("idref", "")]) for ref in _all(root, "itemref") if ref.get("idref") in items]
        lists = [item for item in items.values() if "nav" in item.get("properties", "").split()]
        refs = [(ref, item) for ref, item in refs if item not in lists or ref.get("linear") != "no"]
        here = {name.lower(): name for name in parts}
        named = [_place(folder, item) for _, item in refs if item.get("media-type") in PAGES]
        pages = list(dict.fromkeys(page if page in parts else here.get(page.lower(), page) for page in named))
        contents = [place for item in lists if (place := _place(folder, item)) not in pages]
        title, subtitle = _titles(root)
        return cls(
            title,
            subtitle,
            _authors(root),
            next(filter(None, (_text(one) for one in _all(root, "language"))), ""),
            tuple(page for page in pages if page in parts),
            next((place for place in contents if place in parts), ""),
            _locked(parts),
            tuple(page for page in pages if page not in parts),
            tuple(_place(folder, item) for _, item in refs if item.get("media-type") not in PAGES),
        )


def _locked(parts: Mapping[str, bytes]) -> frozenset[str]:
    """The parts that are encrypted; fonts often are, and nobody misses them."""
    if LOCKS not in parts:
        return frozenset()
    return frozenset(unquote(one.get("URI", "")) for one in _all(_parsed(parts, LOCKS), "CipherReference"))


def _parsed(parts: Mapping[str, bytes], name: str) -> Element:
    try:
        root: Element = fromstring(parts[name])
    except KeyError:
        message = f"it has no part {name}"
        raise PackageError(message) from None
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        message = f"its part {name} is no XML"
        raise PackageError(message) from error
    return root


def _all(root: Element, name: str) -> list[Element]:
    """All elements of that name, whatever their namespace."""
    return [one for one in root.iter() if isinstance(one.tag, str) and one.tag.rpartition("}")[2] == name]


def _first(root: Element, name: str) -> Element:
    found = _all(root, name)
    if not found:
        message = f"it says nothing of a {name}"
        raise PackageError(message)
    return found[0]


def _place(folder: str, item: Element) -> str:
    return posixpath.normpath(posixpath.join(folder, unquote(item.get("href", ""))))


def _text(element: Element) -> str:
    return line_of("".join(element.itertext()))


def _refined(root: Element) -> dict[tuple[str, str], str]:
    """What EPUB 3 says of other elements: by their id and the property."""
    metas = (one for one in _all(root, "meta") if one.get("refines"))
    return {(one.get("refines", "").lstrip("#"), one.get("property", "")): _text(one) for one in metas}


def _titles(root: Element) -> tuple[str, str]:
    """The title and the rest of them: that which is called the main one, else the first."""
    refined = _refined(root)
    titles = [(refined.get((one.get("id", ""), "title-type"), ""), _text(one)) for one in _all(root, "title")]
    titles = [(kind, title) for kind, title in titles if title]
    if not titles:
        return "", ""
    main = next((at for at, (kind, _) in enumerate(titles) if kind == "main"), 0)
    rest = [title for at, (_, title) in enumerate(titles) if at != main]
    return titles[main][1], "; ".join(dict.fromkeys(title for title in rest if title != titles[main][1]))


def _authors(root: Element) -> tuple[str, ...]:
    refined = _refined(root)
    creators = []
    for one in _all(root, "creator"):
        role = refined.get((one.get("id", ""), "role")) or next(
            (value for key, value in one.attrib.items() if re.search(r"(?:^|\})role$", key)), ""
        )
        creators.append((role, _text(one)))
    by_role = ([name for role, name in creators if name and role == kind] for kind in ("aut", ""))
    authors = next(filter(None, by_role), [name for _, name in creators if name])
    return tuple(dict.fromkeys(authors))
