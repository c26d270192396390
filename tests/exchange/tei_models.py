"""What may stand in each TEI element that we write: of the Guidelines' content models (P5, 4.3.0) the part that we use.

The whole schema, tei_all, is on no machine that tests this; whoever has it finds our documents valid.
"""

import re
from xml.etree import ElementTree as ET

GLOBAL = "(?:figure|milestone|note) "
COMMON = "(?:p|ab|lg|quote|list|table) "
INLINE = "(?:(?:hi|lb) )*"
BLOCKS = f"(?:{COMMON}|{GLOBAL})*"
FLOWS = f"(?:{COMMON}(?:{GLOBAL})*)"
DIVISIONS = f"(?:div (?:{GLOBAL})*)"

CHILDREN = {
    "TEI": "teiHeader text (?:standOff )?",
    "teiHeader": "fileDesc profileDesc ",
    "fileDesc": "titleStmt publicationStmt sourceDesc ",
    "titleStmt": "(?:title )+(?:(?:author|respStmt) )*",
    "respStmt": "resp name ",
    "publicationStmt": "authority availability ",
    "availability": "(?:licence|p) ",
    "sourceDesc": "(?:p )+",
    "profileDesc": "langUsage (?:textClass )?",
    "langUsage": "(?:language )+",
    "textClass": "keywords ",
    "keywords": "(?:term )+",
    "text": "body ",
    "body": f"(?:{GLOBAL})*(?:{FLOWS}+{DIVISIONS}*|{DIVISIONS}+)",
    "div": f"(?:head |{GLOBAL})*(?:{FLOWS}+{DIVISIONS}*|{DIVISIONS}+)?",
    "quote": BLOCKS,
    "item": BLOCKS,
    "list": "(?:item )+",
    "table": f"(?:{GLOBAL})*(?:row (?:{GLOBAL})*)+",
    "row": "(?:cell )+",
    "cell": f"{INLINE}(?:graphic )*",
    "lg": "(?:l )+",
    "figure": f"(?:head )*(?:graphic )*(?:(?:head|note) |{COMMON})?",
    **dict.fromkeys(("p", "l", "ab", "head", "note", "hi"), INLINE),
    "standOff": "(?:(?:interpGrp|spanGrp|linkGrp) )+",
    "interpGrp": "(?:desc )*(?:interp )+",
    "spanGrp": "(?:span )*",
    "linkGrp": "(?:desc )*(?:link )+",
    **dict.fromkeys(("title", "author", "resp", "name", "authority", "licence", "language", "term"), ""),
    **dict.fromkeys(("milestone", "lb", "graphic", "desc", "interp", "span", "link"), ""),
}
ATTRIBUTES = {  # each with the form of its value
    "id": r"[A-Za-z_][\w.-]*",
    "lang": r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*",
    "n": r".+",
    "rend": r"\S+(?: \S+)*",
    "role": r"\S+",
    "type": r"\S+",
    "unit": r"\S+",
    "ident": r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*",
    "url": r"\S+",
    **dict.fromkeys(("from", "to", "resp"), r"#\S+"),
    "ana": r"#\S+(?: #\S+)*",
    "target": r"#\S+(?: #\S+)+",
}
TEXTLESS = {"TEI", "body", "div", "list", "table", "row", "lg", "figure", "standOff", "spanGrp", "interpGrp", "linkGrp"}


def faults_of(root: ET.Element) -> list[str]:
    """What the models do not allow in a document."""
    return [fault for one in root.iter() for fault in _faults(one)]


def _faults(one: ET.Element) -> list[str]:
    name = _local(one.tag)
    if name not in CHILDREN:
        return [f"<{name}> is not known"]
    children = "".join(f"{_local(child.tag)} " for child in one)
    found = [] if re.fullmatch(CHILDREN[name], children) else [f"<{name}> holds {children or 'nothing'}"]
    for key, value in one.attrib.items():
        form = ATTRIBUTES.get(_local(key))
        if form is None or not re.fullmatch(form, value):
            found.append(f'<{name} {_local(key)}="{value}">')
    between = "".join([one.text or "", *(child.tail or "" for child in one)])
    return [*found, *([f"<{name}> holds words: {between}"] if name in TEXTLESS and between.strip() else [])]


def _local(name: str) -> str:
    return name.rpartition("}")[2]
