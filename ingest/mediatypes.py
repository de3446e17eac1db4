"""What a file is: its bytes first, then its extension -> IANA media type.

A wrong extension is seen through where the bytes are clear; the extension decides only among formats whose
bytes look alike (plain text, damaged packages). Nothing is read here beyond what tells the type.

Source: iana.org/assignments/media-types; [MS-CFB]; ISO/IEC 29500-2 (packages); OpenDocument 1.3 part 2.
"""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from archive.formats import ALIASES, UNKNOWN, format_of
from archive.formats import FORMATS as FORMATS
from ingest import charset, compoundfile
from ingest.errors import ZipError
from ingest.zip_content import MemberError, pieces
from ingest.zip_directory import ZipEntry, is_zip_start, located, read_directory

DECKS = frozenset(
    media_type
    for media_type in FORMATS.values()
    if re.search("presentation|slideshow|powerpoint|impress|keynote", media_type)
)
"""Media types of presentations as their authors work on them."""

TEXTS = frozenset(
    media_type
    for media_type in FORMATS.values()
    if re.search(
        r"wordprocessing|ms-?word|opendocument\.text|xml\.writer|rtf|apple\.pages|text/(plain|markdown|html)|xhtml|epub",
        media_type,
    )
)
"""Media types of texts as their authors work on them."""

_HEAD_BYTES = 4096

_MOST_PARTS = 100_000
"""Of how many parts a document may be made."""

_MAGIC: tuple[tuple[int, bytes, str], ...] = (
    (0, b"{\\rtf", "rtf"),
    (0, b"bplist00", "webarchive"),
    (0, b"\xff\xd8\xff", "jpg"),
    (0, b"\x89PNG\r\n\x1a\n", "png"),
    (0, b"GIF87a", "gif"),
    (0, b"GIF89a", "gif"),
    (0, b"II*\x00", "tif"),
    (0, b"MM\x00*", "tif"),
    (8, b"WEBP", "webp"),
    (0, b"\x00\x00\x00\x0cjP  ", "jp2"),
    (4, b"ftypheic", "heic"),
    (4, b"ftypmif1", "heic"),
    (4, b"ftyp", "mp4"),
    (40, b" EMF", "emf"),
    (0, b"\xd7\xcd\xc6\x9a", "wmf"),
    (0, b"8BPS", "psd"),
    (0, b"AT&TFORM", "djvu"),
    (0, b"ID3", "mp3"),
    (0, b"\xff\xfb", "mp3"),
    (8, b"WAVE", "wav"),
    (8, b"AVI ", "avi"),
    (0, b"OggS", "ogg"),
    (0, b"\x1aE\xdf\xa3", "webm"),
    (0, b"\x1f\x8b", "gz"),
    (0, b"BZh", "bz2"),
    (0, b"\xfd7zXZ\x00", "xz"),
    (0, b"7z\xbc\xaf\x27\x1c", "7z"),
    (0, b"Rar!\x1a\x07", "rar"),
    (257, b"ustar", "tar"),
)
"""Offset, bytes, extension of formats that a few bytes tell."""

_STREAMS = (
    ("EncryptedPackage", ""),
    ("PowerPoint Document", "ppt"),
    ("WordDocument", "doc"),
    ("Workbook", "xls"),
    ("Book", "xls"),
    ("__properties_version1.0", "msg"),
    ("VisioDocument", "vsd"),
    ("Quill", "pub"),
    ("HwpDoc", "hwp"),
    ("MatOST", "wps"),
)
"""Stream of a compound file -> extension; the first one met decides."""

_MAIN_PART = re.compile(
    rb'ContentType\s*=\s*["\'](application/vnd\.[\w.+-]+?)\.main\+xml["\']', re.IGNORECASE
)
_FLAT_MIMETYPE = re.compile(rb'office:mimetype\s*=\s*["\']([\w.+/-]+)["\']')

_ZIP_EXTENSIONS = frozenset(
    extension
    for extension, media_type in FORMATS.items()
    if re.search(r"openxml|macroEnabled|opendocument\.(?!.*flat)|sun\.xml|xpsdoc|apple|epub", media_type)
)
"""Extensions of formats that are zip containers."""

_ZIP_CONTENT = frozenset(
    (
        b"Index/Document.iwa",
        b"Index/Presentation.iwa",
        b"Index.zip",
        b"index.xml",
        b"index.apxl",
        b"content.xml",
    )
)
"""Members that show a zip to be a document where nothing declares its type: the extension says which."""

_TEXT_EXTENSIONS = frozenset(
    ("txt", "md", "csv", "tsv", "html", "xhtml", "xml", "json", "yaml", "eml", "mht", "svg", "p7m")
)
"""Extensions believed where the bytes are readable text."""

_SYSTEM_NAMES = re.compile(
    r"\..*|~\$.*|.*~|(eh)?thumbs(_vista)?\.db|desktop\.ini|autorun\.inf|icon\r|__macosx|\$recycle\.bin"
    r"|system volume information|lost\+found",
    re.IGNORECASE | re.DOTALL,
)


def media_type_of(path: Path, name: str | None = None) -> str:
    """Tell the media type of the file at `path`; `name` is what its depositor called it, if that differs."""
    extension = extension_of(path.name if name is None else name)
    with path.open("rb") as file:
        head = file.read(_HEAD_BYTES)
    by_extension = FORMATS.get(extension, UNKNOWN)
    if not head:
        return by_extension
    if b"%PDF-" in head[:1024]:
        return FORMATS["pdf"]
    if is_zip_start(head):
        return _zip_type(path, extension)
    if head.startswith(compoundfile.MAGIC):
        return _compound_type(path, extension)
    for offset, magic, found in _MAGIC:
        if head.startswith(magic, offset):
            return FORMATS[found]
    if charset.looks_like_text(head):
        return _text_type(head, extension)
    return by_extension


def extension_of(name: str) -> str:
    """Return the extension without its dot, in lower case, aliases resolved; "" where there is none."""
    extension = PurePosixPath(name).suffix.lower().removeprefix(".")
    return ALIASES.get(extension, extension)


def is_deck(media_type: str) -> bool:
    """Say whether files of this type are presentations as their authors work on them."""
    return media_type in DECKS


def is_text(media_type: str) -> bool:
    """Say whether files of this type are texts as their authors work on them."""
    return media_type in TEXTS


def is_system_file(name: str) -> bool:
    """Say whether a file or folder of this name was left by a program rather than handed in."""
    return _SYSTEM_NAMES.fullmatch(name) is not None


def _zip_type(path: Path, extension: str) -> str:
    claimed = FORMATS[extension] if extension in _ZIP_EXTENSIONS else FORMATS["zip"]
    try:
        with path.open("rb") as container:
            members = {entry.raw_name: entry for entry in read_directory(container, _MOST_PARTS)}
            if b"mimetype" in members:
                declared = _beginning(container, members[b"mimetype"], 200).decode("ascii", "replace").strip()
                if format_of(declared):
                    return declared
                if declared.startswith("application/"):
                    return claimed if claimed != FORMATS["zip"] else UNKNOWN
            if b"[Content_Types].xml" in members:
                content_types = _beginning(container, members[b"[Content_Types].xml"], 1 << 20)
                return _package_type(content_types, claimed if claimed != FORMATS["zip"] else UNKNOWN)
            if not _ZIP_CONTENT.isdisjoint(members):
                return claimed
            below = {name.partition(b"/")[2] for name in members}
            if claimed != FORMATS["zip"] and not _ZIP_CONTENT.isdisjoint(below):
                return claimed  # the folder that a document is on a Mac, zipped
    except (ZipError, MemberError, OSError):
        return claimed
    return FORMATS["zip"]


def _beginning(container: BinaryIO, entry: ZipEntry, size_bytes: int) -> bytes:
    """Return how a member begins. Raises MemberError."""
    found = b""
    for piece in pieces(container, located(container, entry)):
        found += piece
        if len(found) >= size_bytes:
            break
    return found[:size_bytes]


def _package_type(content_types: bytes, claimed: str) -> str:
    if b"xps-fixeddocument+xml" in content_types or b"fixeddocumentsequence+xml" in content_types:
        return FORMATS["xps"]
    if b"sheet.binary.macroEnabled.main" in content_types:
        return FORMATS["xlsb"]
    for match in _MAIN_PART.finditer(content_types):
        main = match[1].decode("ascii").replace("macroEnabledTemplate", "macroEnabled")
        for media_type in (main, main + ".12"):
            if format_of(media_type):
                return media_type
    return claimed


def _compound_type(path: Path, extension: str) -> str:
    names = {name.lower() for name in compoundfile.stream_names(path)}
    for name, found in _STREAMS:
        if name.lower() in names:
            if found:
                return FORMATS[found]
            return FORMATS[extension] if extension in _ZIP_EXTENSIONS else FORMATS["docx"]
    return FORMATS.get(extension, "application/x-ole-storage")


def _text_type(head: bytes, extension: str) -> str:
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:_HEAD_BYTES]
    lowered = start.lower()
    if start.startswith(b"{\\rtf"):
        return FORMATS["rtf"]
    if start.startswith(b"-----BEGIN "):
        return FORMATS["pem"]
    flat = _FLAT_MIMETYPE.search(start)
    if flat and b"<office:document" in start:
        media_type = flat[1].decode("ascii") + "-flat-xml"
        return media_type if format_of(media_type) else FORMATS["xml"]
    if re.match(rb"(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*(<!doctype html|<html|<head|<body)", lowered, re.DOTALL):
        return FORMATS["html"]
    if lowered.startswith(b"<?xml") or (lowered.startswith(b"<") and extension in ("xml", "svg")):
        return FORMATS["svg"] if b"<svg" in lowered else FORMATS["xml"]
    if extension == "pdf" and (b" obj" in head or b"startxref" in head):
        return FORMATS["pdf"]
    return FORMATS[extension] if extension in _TEXT_EXTENSIONS else FORMATS["txt"]
