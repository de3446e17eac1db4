"""What a file is: its bytes first, then its extension -> IANA media type.

A wrong extension is seen through where the bytes are clear; the extension decides only among formats whose
bytes look alike (plain text, damaged packages). Nothing is read here beyond what tells the type.

Source: iana.org/assignments/media-types; [MS-CFB]; ISO/IEC 29500-2 (packages); OpenDocument 1.3 part 2.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from pathlib import Path, PurePosixPath

from ingest import charset, compoundfile

UNKNOWN = "application/octet-stream"
"""The media type of what cannot be told."""

_OOXML = "application/vnd.openxmlformats-officedocument."
_ODF = "application/vnd.oasis.opendocument."

FORMATS: dict[str, str] = {
    "pdf": "application/pdf",
    "pptx": _OOXML + "presentationml.presentation",
    "ppsx": _OOXML + "presentationml.slideshow",
    "potx": _OOXML + "presentationml.template",
    "pptm": "application/vnd.ms-powerpoint.presentation.macroEnabled.12",
    "ppsm": "application/vnd.ms-powerpoint.slideshow.macroEnabled.12",
    "potm": "application/vnd.ms-powerpoint.template.macroEnabled.12",
    "docx": _OOXML + "wordprocessingml.document",
    "dotx": _OOXML + "wordprocessingml.template",
    "docm": "application/vnd.ms-word.document.macroEnabled.12",
    "dotm": "application/vnd.ms-word.template.macroEnabled.12",
    "xlsx": _OOXML + "spreadsheetml.sheet",
    "xltx": _OOXML + "spreadsheetml.template",
    "xlsm": "application/vnd.ms-excel.sheet.macroEnabled.12",
    "xltm": "application/vnd.ms-excel.template.macroEnabled.12",
    "xlsb": "application/vnd.ms-excel.sheet.binary.macroEnabled.12",
    "odp": _ODF + "presentation",
    "otp": _ODF + "presentation-template",
    "fodp": _ODF + "presentation-flat-xml",
    "odt": _ODF + "text",
    "ott": _ODF + "text-template",
    "odm": _ODF + "text-master",
    "fodt": _ODF + "text-flat-xml",
    "ods": _ODF + "spreadsheet",
    "ots": _ODF + "spreadsheet-template",
    "fods": _ODF + "spreadsheet-flat-xml",
    "odg": _ODF + "graphics",
    "otg": _ODF + "graphics-template",
    "fodg": _ODF + "graphics-flat-xml",
    "sxi": "application/vnd.sun.xml.impress",
    "sxw": "application/vnd.sun.xml.writer",
    "sxc": "application/vnd.sun.xml.calc",
    "ppt": "application/vnd.ms-powerpoint",
    "doc": "application/msword",
    "xls": "application/vnd.ms-excel",
    "msg": "application/vnd.ms-outlook",
    "pub": "application/x-mspublisher",
    "vsd": "application/vnd.visio",
    "hwp": "application/x-hwp",
    "wps": "application/vnd.ms-works",
    "xps": "application/vnd.ms-xpsdocument",
    "key": "application/vnd.apple.keynote",
    "pages": "application/vnd.apple.pages",
    "numbers": "application/vnd.apple.numbers",
    "epub": "application/epub+zip",
    "rtf": "application/rtf",
    "txt": "text/plain",
    "md": "text/markdown",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "html": "text/html",
    "xhtml": "application/xhtml+xml",
    "xml": "application/xml",
    "json": "application/json",
    "yaml": "application/yaml",
    "eml": "message/rfc822",
    "mht": "multipart/related",
    "pem": "application/x-pem-file",
    "webarchive": "application/x-webarchive",
    "p7m": "application/pkcs7-mime",
    "djvu": "image/vnd.djvu",
    "jpg": "image/jpeg",
    "png": "image/png",
    "gif": "image/gif",
    "tif": "image/tiff",
    "bmp": "image/bmp",
    "webp": "image/webp",
    "jp2": "image/jp2",
    "heic": "image/heic",
    "svg": "image/svg+xml",
    "emf": "image/emf",
    "wmf": "image/wmf",
    "psd": "image/vnd.adobe.photoshop",
    "mp3": "audio/mpeg",
    "wav": "audio/x-wav",
    "ogg": "application/ogg",
    "mp4": "video/mp4",
    "avi": "video/x-msvideo",
    "webm": "video/webm",
    "zip": "application/zip",
    "gz": "application/gzip",
    "bz2": "application/x-bzip2",
    "xz": "application/x-xz",
    "7z": "application/x-7z-compressed",
    "rar": "application/vnd.rar",
    "tar": "application/x-tar",
}
"""Extension -> media type, one to one; the extension is also the label people know the format by."""

ALIASES = {
    "jpeg": "jpg",
    "tiff": "tif",
    "htm": "html",
    "markdown": "md",
    "text": "txt",
    "log": "txt",
    "yml": "yaml",
    "mhtml": "mht",
    "tgz": "gz",
    "djv": "djvu",
    "pps": "ppt",
    "pot": "ppt",
    "dot": "doc",
    "xlt": "xls",
    "m4v": "mp4",
    "oxps": "xps",
    "heif": "heic",
}
"""Other extensions of the same formats."""

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

_LABELS = {media_type: extension.upper() for extension, media_type in FORMATS.items()}

_HEAD_BYTES = 4096

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
    ("Index/Document.iwa", "Index/Presentation.iwa", "Index.zip", "index.xml", "index.apxl", "content.xml")
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
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08", b"PK00PK\x03\x04")):
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


def format_label(media_type: str) -> str:
    """Return the short name people know a format by: "PPTX", "PDF"; "?" for the unknown."""
    return _LABELS.get(media_type, "?")


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
        with zipfile.ZipFile(path) as container:
            names = set(container.namelist())
            if "mimetype" in names:
                declared = _beginning(container, "mimetype", 200).decode("ascii", "replace").strip()
                if declared in _LABELS:
                    return declared
            if "[Content_Types].xml" in names:
                return _package_type(_beginning(container, "[Content_Types].xml", 1 << 20), claimed)
            if not names.isdisjoint(_ZIP_CONTENT):
                return claimed
    except (zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError, RuntimeError, zlib.error):
        return claimed
    return FORMATS["zip"]


def _beginning(container: zipfile.ZipFile, name: str, size_bytes: int) -> bytes:
    with container.open(name) as member:
        return member.read(size_bytes)


def _package_type(content_types: bytes, claimed: str) -> str:
    if b"xps-fixeddocument+xml" in content_types or b"fixeddocumentsequence+xml" in content_types:
        return FORMATS["xps"]
    if b"sheet.binary.macroEnabled.main" in content_types:
        return FORMATS["xlsb"]
    for match in _MAIN_PART.finditer(content_types):
        main = match[1].decode("ascii").replace("macroEnabledTemplate", "macroEnabled")
        for media_type in (main, main + ".12"):
            if media_type in _LABELS:
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
    if start.startswith(b"-----BEGIN "):
        return FORMATS["pem"]
    flat = _FLAT_MIMETYPE.search(start)
    if flat and b"<office:document" in start:
        media_type = flat[1].decode("ascii") + "-flat-xml"
        return media_type if media_type in _LABELS else FORMATS["xml"]
    if re.match(rb"(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*(<!doctype html|<html|<head|<body)", lowered, re.DOTALL):
        return FORMATS["html"]
    if lowered.startswith(b"<?xml") or (lowered.startswith(b"<") and extension in ("xml", "svg")):
        return FORMATS["svg"] if b"<svg" in lowered else FORMATS["xml"]
    if extension == "pdf" and (b" obj" in head or b"startxref" in head):
        return FORMATS["pdf"]
    return FORMATS[extension] if extension in _TEXT_EXTENSIONS else FORMATS["txt"]
