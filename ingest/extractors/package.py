"""Office packages (ISO/IEC 29500-2), mended so that python-docx and python-pptx can open them.

The copy holds the XML parts that carry text and nothing else: no pictures, fonts or embedded files, so a deck
of 300 MB takes little memory. In it, templates, shows and files with macros are plain documents, strict names
are the usual ones, and relationships that lead nowhere are gone, since each of these makes the libraries
refuse a file that can be read.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from ingest import compoundfile
from ingest.extraction import DamagedError, EncryptedError, UnsupportedError
from ingest.extractors import markup

MAX_MEMBERS = 100_000
MAX_TOTAL_BYTES = 512 * 1024 * 1024
"""A package whose text parts unpack to more than this is refused."""

_ZIP_ERRORS = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    ValueError,
    NotImplementedError,
    RuntimeError,
)
"""What the standard library raises on damaged containers; RuntimeError where a member has a password."""

_CONTENT_TYPES = "[Content_Types].xml"
_WITHOUT_TEXT = re.compile(
    r"(^|/)(customXml|theme|media|embeddings|fonts|printerSettings|activeX|ctrlProps)/"
)
_STRICT = re.compile(
    rb"http://purl\.oclc\.org/ooxml/(officeDocument|wordprocessingml|presentationml|drawingml|spreadsheetml)/"
)
_MAIN_TYPE = re.compile(
    rb"application/vnd\.(?:openxmlformats-officedocument\.|ms-)(?P<family>presentation|powerpoint|word)[\w.-]*?"
    rb"\.(?:presentation|slideshow|document|template)(?:\.macroEnabled(?:Template)?)?(?:\.\d+)?\.main\+xml"
)
_PLAIN_TYPES = {
    b"presentation": b"presentationml.presentation",
    b"powerpoint": b"presentationml.presentation",
    b"word": b"wordprocessingml.document",
}


@dataclass(frozen=True, slots=True)
class Package:
    """The mended copy, how many files were embedded in the original, and what could not be taken over."""

    content: io.BytesIO
    embedded_count: int
    skipped: tuple[str, ...]


def open_container(path: Path) -> zipfile.ZipFile:
    """Open a zip container.

    Raises:
        EncryptedError: it is an Office file with a password, which makes it a compound file.
        UnsupportedError: it is another compound file: an old Office format under a new name.
        DamagedError: it is no zip container.
    """
    with path.open("rb") as file:
        head = file.read(8)
    if head == compoundfile.MAGIC:
        names = {name.lower() for name in compoundfile.stream_names(path)}
        raise EncryptedError if "encryptedpackage" in names else UnsupportedError
    try:
        container = zipfile.ZipFile(path)
    except _ZIP_ERRORS as exc:
        raise DamagedError from exc
    if len(container.filelist) > MAX_MEMBERS:
        container.close()
        raise DamagedError(f"The file has more than {MAX_MEMBERS} parts. Save it anew and hand it in again.")
    return container


def read_member(container: zipfile.ZipFile, name: str) -> bytes:
    """Return the bytes of one member, never more than `markup.MAX_PART_BYTES` of them.

    Raises:
        KeyError: there is no such member.
        EncryptedError: it needs a password.
        DamagedError: it cannot be unpacked, or would be too large.
    """
    info = container.getinfo(name)
    if info.flag_bits & 1:
        raise EncryptedError
    if info.file_size > markup.MAX_PART_BYTES:
        raise DamagedError(f"{name} unpacks to {info.file_size} bytes, which is more than is read.")
    try:
        with container.open(info) as member:
            content = member.read(markup.MAX_PART_BYTES + 1)
    except _ZIP_ERRORS as exc:
        raise DamagedError from exc
    if len(content) > markup.MAX_PART_BYTES:
        raise DamagedError(f"{name} unpacks to more than is read.")
    return content


def mend(path: Path, *, recover: bool = False) -> Package:
    """Copy what carries text. With `recover`, parts that are not well-formed are cut to what can be read.

    Raises:
        ExtractionError: the container cannot be opened, or has no list of its parts.
    """
    skipped: list[str] = []
    parts: dict[str, bytes] = {}
    with open_container(path) as container:
        names = {name.lstrip("/"): name for name in container.namelist() if not name.endswith("/")}
        if _CONTENT_TYPES not in names:
            raise DamagedError
        total_bytes = 0
        for name, member in names.items():
            if not name.lower().endswith((".xml", ".rels")) or _WITHOUT_TEXT.search(name):
                continue
            total_bytes += container.getinfo(member).file_size
            if total_bytes > MAX_TOTAL_BYTES:
                raise DamagedError(f"The file unpacks to more than {MAX_TOTAL_BYTES} bytes.")
            try:
                content = read_member(container, member)
                if recover:
                    content = etree.tostring(markup.parse(content, recover=True), encoding="utf-8")
            except DamagedError:
                skipped.append(f"{name} is damaged.")
                continue
            parts[name] = _STRICT.sub(rb"http://schemas.openxmlformats.org/\1/2006/", content)
    if _CONTENT_TYPES not in parts:
        raise DamagedError
    parts[_CONTENT_TYPES] = _plain_types(parts[_CONTENT_TYPES])
    for name in [name for name in parts if name.endswith(".rels")]:
        parts[name] = _without_dangling(name, parts)
    copy = io.BytesIO()
    with zipfile.ZipFile(copy, "w", zipfile.ZIP_STORED) as mended:
        for name, content in parts.items():
            mended.writestr(name, content)
    copy.seek(0)
    embedded_count = sum(1 for name in names if "/embeddings/" in name)
    return Package(copy, embedded_count, tuple(skipped))


def _plain_types(content_types: bytes) -> bytes:
    plain = _MAIN_TYPE.sub(
        lambda match: (
            b"application/vnd.openxmlformats-officedocument." + _PLAIN_TYPES[match["family"]] + b".main+xml"
        ),
        content_types,
    )
    if re.search(rb'Extension\s*=\s*["\']xml["\']', plain, re.IGNORECASE):
        return plain
    return plain.replace(b"</Types>", b'<Default Extension="xml" ContentType="application/xml"/></Types>')


def _without_dangling(name: str, parts: dict[str, bytes]) -> bytes:
    """Return the relationships of a part, less those to parts that are not in the copy."""
    try:
        root = markup.parse(parts[name])
    except DamagedError:
        return b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>'
    folder = posixpath.dirname(posixpath.dirname(name))
    for relationship in list(root):
        if relationship.get("TargetMode") == "External":
            continue
        target = relationship.get("Target") or ""
        place = posixpath.normpath(posixpath.join("/" + folder, target)).lstrip("/")
        if place not in parts:
            root.remove(relationship)
    return etree.tostring(root, encoding="utf-8", xml_declaration=True, standalone=True)
