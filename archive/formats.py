"""The formats that the archive can tell apart: their extensions and IANA media types.

Source: iana.org/assignments/media-types.
"""

from __future__ import annotations

from pathlib import PurePosixPath

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

_BY_MEDIA_TYPE = {media_type: extension for extension, media_type in reversed(FORMATS.items())}
_LONGEST = 8


def format_of(media_type: str, name: str = "") -> str:
    """Return what people call a format, in small letters: by its media type, else as the file is named."""
    return _BY_MEDIA_TYPE.get(media_type) or PurePosixPath(name).suffix.lstrip(".").lower()[:_LONGEST]


def format_label(media_type: str, name: str = "") -> str:
    """Return the short name people know a format by: "PPTX", "PDF"; "?" for the unknown."""
    return format_of(media_type, name).upper() or "?"
