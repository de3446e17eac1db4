"""Namespaces of OpenDocument, and those of OpenOffice.org 1.x, which it grew out of.

Source: OASIS OpenDocument 1.3 part 3, 2.2 (namespaces); OpenOffice.org XML File Format 1.0, 1.2.
"""

from __future__ import annotations

_ODF = "urn:oasis:names:tc:opendocument:xmlns:"

OFFICE = f"{{{_ODF}office:1.0}}"
TEXT = f"{{{_ODF}text:1.0}}"
TABLE = f"{{{_ODF}table:1.0}}"
DRAW = f"{{{_ODF}drawing:1.0}}"
STYLE = f"{{{_ODF}style:1.0}}"
PRESENTATION = f"{{{_ODF}presentation:1.0}}"
CHART = f"{{{_ODF}chart:1.0}}"
FORM = f"{{{_ODF}form:1.0}}"
META = f"{{{_ODF}meta:1.0}}"
MANIFEST = f"{{{_ODF}manifest:1.0}}"
SVG = f"{{{_ODF}svg-compatible:1.0}}"
FO = f"{{{_ODF}xsl-fo-compatible:1.0}}"
DC = "{http://purl.org/dc/elements/1.1/}"
MATH = "{http://www.w3.org/1998/Math/MathML}"
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
XLINK = "{http://www.w3.org/1999/xlink}"
LOEXT = "{urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0}"

_OLD = "http://openoffice.org/2000/"
_OLD_NAMES = {
    **{f"{_OLD}{name}": f"{_ODF}{name}:1.0" for name in ("office", "text", "table", "drawing", "style")},
    **{f"{_OLD}{name}": f"{_ODF}{name}:1.0" for name in ("presentation", "chart", "form", "meta")},
    "http://www.w3.org/2000/svg": f"{_ODF}svg-compatible:1.0",
    "http://www.w3.org/1999/XSL/Format": f"{_ODF}xsl-fo-compatible:1.0",
}


def present_names(content: bytes) -> bytes:
    """Return markup of OpenOffice.org 1.x with the namespaces of OpenDocument; other markup as it is."""
    if _OLD.encode() not in content[:_NAMESPACES_BYTES]:
        return content
    for old, new in _OLD_NAMES.items():
        content = content.replace(f'"{old}"'.encode(), f'"{new}"'.encode())
    return content


_NAMESPACES_BYTES = 8192
"""Declarations of namespaces stand on the root element."""
