"""Files of word processors, as small as they can be."""

from __future__ import annotations

import io
import zipfile

OOXML = "http://schemas.openxmlformats.org"
SPACES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        "w": f"{OOXML}/wordprocessingml/2006/main",
        "mc": f"{OOXML}/markup-compatibility/2006",
        "wp": f"{OOXML}/drawingml/2006/wordprocessingDrawing",
        "a": f"{OOXML}/drawingml/2006/main",
        "pic": f"{OOXML}/drawingml/2006/picture",
        "v": "urn:schemas-microsoft-com:vml",
        "o": "urn:schemas-microsoft-com:office:office",
    }.items()
)
KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml"
ODF = "urn:oasis:names:tc:opendocument:xmlns"


def archive(parts: dict[str, str]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as file:
        for name, text in parts.items():
            file.writestr(name, text)
    return made.getvalue()


def docx(body: str, parts: dict[str, str] | None = None, main: str = "word/document.xml") -> bytes:
    kinds = {main: "document.main"} | {
        name: name.rpartition("/")[2].partition(".")[0].rstrip("2") for name in parts or {}
    }
    overrides = "".join(
        f'<Override PartName="/{name}" ContentType="{KIND}.{kind}+xml"/>' for name, kind in kinds.items()
    )
    relation = f'Type="{OOXML}/officeDocument/2006/relationships/officeDocument" Target="/{main}"'
    package = f"{OOXML}/package/2006"
    return archive(
        {
            "[Content_Types].xml": f'<Types xmlns="{package}/content-types">{overrides}</Types>',
            "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" {relation}/></Relationships>',
            main: f"<w:document {SPACES}><w:body>{body}</w:body></w:document>",
            **{name: text.replace("SPACES", SPACES) for name, text in (parts or {}).items()},
        }
    )


def p(*runs: str) -> str:
    return f"<w:p>{''.join(run if run.startswith('<') else r(run) for run in runs)}</w:p>"


def r(words: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{words}</w:t></w:r>'


def cell(words: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(words)}</w:tc>"


def table(*rows: str, columns: int = 0) -> str:
    """A table that announces so many columns; what stands before the cells of a row comes first in it."""
    grid = "<w:tblGrid>" + '<w:gridCol w:w="900"/>' * columns + "</w:tblGrid>" if columns else ""
    return f"<w:tbl><w:tblPr/>{grid}{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


def odt(body: str, styles: str = "", parts: dict[str, str] | None = None) -> bytes:
    spaces = " ".join(f'xmlns:{name}="{ODF}:{name}:1.0"' for name in ("office", "text", "style"))
    spaces += f' xmlns:draw="{ODF}:drawing:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    spaces += f' xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:fo="{ODF}:xsl-fo-compatible:1.0"'
    content = f"<office:document-content {spaces}><office:automatic-styles>{styles}</office:automatic-styles><office:body><office:text>{body}</office:text></office:body></office:document-content>"
    return archive(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": content,
            "styles.xml": f"<office:document-styles {spaces}/>",
            "META-INF/manifest.xml": f'<manifest:manifest xmlns:manifest="{ODF}:manifest:1.0"/>',
            **(parts or {}),
        }
    )
