"""What people call a file format, and which formats a browser would run."""

from __future__ import annotations

from archive.formats import format_label
from archive.model import File

PDF = "application/pdf"


def format_name(file: File) -> str:
    """Name the format of a file."""
    return format_label(file.media_type, file.name)
