"""Texts in RTF. How it is read is in `rtf/reader.py`.

Source: Rich Text Format Specification 1.9.1.
"""

from __future__ import annotations

from pathlib import Path

from ingest.extraction import DamagedError, EmptyError, Extraction
from ingest.extractors.flow import paginate
from ingest.extractors.properties import choose_title, sane_creators
from ingest.extractors.rtf.encodings import WESTERN
from ingest.extractors.rtf.reader import RtfReader

_BEGINNING = b"{\\rtf"
_BEGINNING_BYTES = 1024
_CYRILLIC = "cp1251"
_LETTERS = 20
_GARBLED_SHARE = 0.6
"""Western letters beyond ASCII are fewer than this in every language that is written with them."""


def extract(path: Path) -> Extraction:
    """Read a file; where its western code page makes no words, once more in the Cyrillic one."""
    content = path.read_bytes()
    if not content.strip(b"\0 \t\r\n"):
        raise EmptyError
    start = content.find(_BEGINNING, 0, _BEGINNING_BYTES)
    if start < 0:
        raise DamagedError
    content = content[start:]
    repairs = []
    reader = RtfReader(content)
    blocks = reader.read()
    if reader.letters >= _LETTERS and reader.western_letters > reader.letters * _GARBLED_SHARE:
        reader = RtfReader(content, _CYRILLIC)
        blocks = reader.read()
        repairs.append(f"Text declared as {WESTERN} was read as {_CYRILLIC}.")
    for encoding in sorted(reader.as_utf8 - {"utf-8"}):
        repairs.append(f"Text declared as {encoding} was read as utf-8.")
    skipped = []
    if reader.is_cut:
        skipped.append("The end of the file is missing.")
    if reader.lost_characters:
        skipped.append(f"{reader.lost_characters} characters could not be decoded.")
    if reader.counts["embedded files"]:
        skipped.append(f"Embedded files that were not read: {reader.counts['embedded files']}.")
    pages = paginate(blocks)
    return Extraction(
        pages,
        title=choose_title(reader.properties.get("title", ""), pages),
        creators=sane_creators(reader.properties.get("author", "")),
        counts={name: count for name, count in reader.counts.items() if count},
        skipped=tuple(skipped),
        repairs=tuple(repairs),
        tool="RTF reader 1",
    )
