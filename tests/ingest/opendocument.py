"""OpenDocument files for tests, made of the markup that matters."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

from ingest.extraction import Extraction
from ingest.extractors import extract
from ingest.mediatypes import FORMATS, media_type_of

NAMES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{urn}:1.0"'
    for name, urn in {
        "office": "office",
        "text": "text",
        "table": "table",
        "draw": "drawing",
        "style": "style",
        "presentation": "presentation",
        "svg": "svg-compatible",
        "fo": "xsl-fo-compatible",
        "chart": "chart",
        "form": "form",
        "meta": "meta",
        "manifest": "manifest",
    }.items()
)
XLINK = (
    'xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:math="http://www.w3.org/1998/Math/MathML" '
    'xmlns:loext="urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0"'
)


def document(body: str, styles: str = "") -> str:
    return (
        f"<office:document-content {NAMES} {XLINK}>"
        f"<office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body>{body}</office:body></office:document-content>"
    )


def master_page(content: str) -> str:
    return (
        f"<office:document-styles {NAMES} {XLINK}><office:master-styles><style:master-page>{content}"
        "</style:master-page></office:master-styles></office:document-styles>"
    )


def paragraph(text: str, style: str = "") -> str:
    return f'<text:p text:style-name="{style}">{text}</text:p>'


def text_frame(text: str, top: float = 0, attributes: str = "") -> str:
    content = f"<draw:text-box>{paragraph(text)}</draw:text-box>"
    return f'<draw:frame svg:y="{top}cm" {attributes}>{content}</draw:frame>'


def row(*cells: str) -> str:
    content = "".join(f"<table:table-cell>{cell}</table:table-cell>" for cell in cells)
    return f"<table:table-row>{content}</table:table-row>"


def comment(text: str, author: str = "Anna") -> str:
    return (
        f"<office:annotation><dc:creator>{author}</dc:creator><dc:date>2017</dc:date>{paragraph(text)}"
        "</office:annotation>"
    )


def write(folder: Path, extension: str, **parts: str) -> Path:
    """`Object_1__content` is `Object 1/content.xml`."""
    path = folder / f"a.{extension}"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("mimetype", FORMATS[extension])
        for name, content in parts.items():
            package.writestr(name.replace("__", "/").replace("_", " ") + ".xml", content)
    return path


def read(path: Path) -> Extraction:
    return extract(path, media_type_of(path))


def words(text: str) -> list[str]:
    return re.findall(r"Wort\d\d", text)
