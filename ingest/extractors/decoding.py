"""What an extraction report says of a text that was decoded from bytes."""

from __future__ import annotations

from ingest.charset import is_doubtful


def unreadable(text: str, encoding: str) -> list[str]:
    """Say what of a text could not be decoded, and where its code page was not found."""
    skipped: list[str] = []
    if lost := text.count("\ufffd"):
        skipped.append(f"{lost} characters could not be decoded.")
    if is_doubtful(text, encoding):
        skipped.append("The code page of the text is not known.")
    return skipped
