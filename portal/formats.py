"""What people call a file format, and which formats a browser would run."""

from __future__ import annotations

from pathlib import PurePosixPath

from archive.model import File

PDF = "application/pdf"

NAMES = {
    PDF: "PDF",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": "PPTX",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "DOCX",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "XLSX",
    "application/vnd.oasis.opendocument.presentation": "ODP",
    "application/vnd.oasis.opendocument.text": "ODT",
    "application/vnd.ms-powerpoint": "PPT",
    "application/msword": "DOC",
    "text/plain": "TXT",
    "text/html": "HTML",
}
"""Media type -> the usual name."""


def format_name(file: File) -> str:
    """Name the format of a file: by its media type, else by its extension."""
    return NAMES.get(file.media_type) or PurePosixPath(file.name).suffix.lstrip(".").upper()[:8] or "?"
