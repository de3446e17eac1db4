"""Office files saved as one XML file ("Flat OPC"): put into a package and read as what it is.

Other XML is of no format that is read here.

Source: ISO/IEC 29500-2 has no word for it; [MS-OI29500] and "The Flat OPC Format", Microsoft, 2008.
"""

from __future__ import annotations

import base64
import binascii
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO

from lxml import etree

from archive.formats import FORMATS
from ingest.extraction import DamagedError, Extraction, UnsupportedError
from ingest.extractors import markup
from ingest.mediatypes import DECKS, media_type_of

_PKG = "{http://schemas.microsoft.com/office/2006/xmlPackage}"
_MARK = b"http://schemas.microsoft.com/office/2006/xmlPackage"
_TEXTS = frozenset(FORMATS[extension] for extension in ("docx", "dotx", "docm", "dotm"))
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"


def extract(path: Path) -> Extraction:
    """Read a text or presentation in one XML file.

    Raises:
        UnsupportedError: it is other XML.
    """
    if path.stat().st_size > markup.MAX_PART_BYTES:
        raise UnsupportedError
    content = path.read_bytes()
    if _MARK not in content:
        raise UnsupportedError
    skipped = []
    try:
        root = markup.parse(content)
    except DamagedError:
        root = markup.parse(content, recover=True)
        skipped.append("The end of the file is missing.")
    if root.tag != f"{_PKG}package":
        raise UnsupportedError
    with NamedTemporaryFile(prefix="package-") as file:
        try:
            _pack(root, file)
        except OSError as exc:  # a reader may not write large files
            raise DamagedError(f"{path.name} has larger parts than are read.") from exc
        extraction = _read(Path(file.name))
    return replace(extraction, skipped=(*skipped, *extraction.skipped))


def _pack(root: etree._Element, file: IO[bytes]) -> None:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        types = etree.Element(f"{{{_TYPES}}}Types")
        for name, media_type, part in _parts(root):
            declared = {"PartName": f"/{name}", "ContentType": media_type}
            etree.SubElement(types, f"{{{_TYPES}}}Override", declared)
            package.writestr(name, part)
        package.writestr("[Content_Types].xml", etree.tostring(types))
    file.flush()


def _parts(root: etree._Element) -> Iterator[tuple[str, str, bytes]]:
    """Yield name, media type and bytes of each part; pictures and what is no base64 are left out."""
    for part in root.iterchildren(f"{_PKG}part"):
        name = (part.get(f"{_PKG}name") or "").lstrip("/")
        if "/media/" in name:
            continue
        for data in part.iterchildren(f"{_PKG}xmlData", f"{_PKG}binaryData"):
            if len(data):
                content = etree.tostring(data[0], with_tail=False)
            else:
                try:
                    content = base64.b64decode(data.text or "")
                except (binascii.Error, ValueError):
                    continue
            yield name, part.get(f"{_PKG}contentType") or "", content


def _read(package: Path) -> Extraction:
    media_type = media_type_of(package)
    if media_type in _TEXTS:
        from ingest.extractors import docx

        return docx.extract(package)
    if media_type in DECKS:
        from ingest.extractors import pptx

        return pptx.extract(package)
    raise UnsupportedError
