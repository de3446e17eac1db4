"""Packages of texts, written part by part: what python-docx cannot write, and what no program should."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

from ingest.extraction import Extraction
from ingest.extractors import extract
from ingest.mediatypes import media_type_of

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
NAMES = " ".join(
    f'xmlns:{prefix}="{name}"'
    for prefix, name in {
        "w": W,
        "r": R,
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
        "dgm": "http://schemas.openxmlformats.org/drawingml/2006/diagram",
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "o": "urn:schemas-microsoft-com:office:office",
        "v": "urn:schemas-microsoft-com:vml",
        "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
        "w15": "http://schemas.microsoft.com/office/word/2012/wordml",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "wpg": "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    }.items()
)
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def run(text: str, properties: str = "") -> str:
    """Return a run."""
    looks = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{looks}<w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(content: str, properties: str = "") -> str:
    """Return a paragraph with what is in it: plain text, or markup."""
    looks = f"<w:pPr>{properties}</w:pPr>" if properties else ""
    return f"<w:p>{looks}{content if content.startswith('<') else run(content)}</w:p>"


def styled(content: str, style: str) -> str:
    """Return a paragraph in a style."""
    return paragraph(content, f'<w:pStyle w:val="{style}"/>')


def part(root: str, content: str) -> str:
    """Return the markup of a part."""
    return f"<w:{root} {NAMES}>{content}</w:{root}>"


def relations(targets: Mapping[str, str]) -> str:
    """Return the markup of relationships: identifier -> kind and target, divided by a space."""
    each = "".join(
        f'<Relationship Id="{identifier}" Type="{R}/{kind}" Target="{target}"/>'
        for identifier, (kind, _, target) in ((key, said.partition(" ")) for key, said in targets.items())
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{each}</Relationships>'


def text_parts(
    body: str, parts: Mapping[str, str] | None = None, kinds: Mapping[str, str] | None = None
) -> dict[str, str]:
    """Return the parts of a text by name.

    `parts`: name below word/ -> markup. Each is related to the text, its name without extension being the
    identifier; the kind is that name without digits, or what `kinds` says.
    """
    targets = {}
    for name in parts or {}:
        stem = name.rpartition(".")[0].rpartition("/")[2]
        targets[stem] = f"{(kinds or {}).get(name, stem.rstrip('0123456789'))} {name}"
    return {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_MAIN}"/></Types>',
        "_rels/.rels": relations({"main": "officeDocument word/document.xml"}),
        "word/document.xml": part("document", f"<w:body>{body}</w:body>"),
        "word/_rels/document.xml.rels": relations(targets),
        **{f"word/{name}": content for name, content in (parts or {}).items()},
    }


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    """Return a package of parts."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as package:
        for name, markup in parts.items():
            package.writestr(name, markup)
    return content.getvalue()


def read_text(folder: Path, body: str, parts: Mapping[str, str] | None = None) -> Extraction:
    """Write a text with these parts and read it."""
    return read_bytes(folder, zipped(text_parts(body, parts)))


def read_bytes(folder: Path, content: bytes, name: str = "text.docx") -> Extraction:
    """Write a file and read it as what it is."""
    path = folder / name
    path.write_bytes(content)
    return extract(path, media_type_of(path))


def lines(extraction: Extraction) -> list[str]:
    """Return the lines of all pages."""
    return [line for page in extraction.pages for line in page.text.split("\n")]
