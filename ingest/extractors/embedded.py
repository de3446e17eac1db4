"""Files inside of files: documents embedded in a presentation or text, each read by its own extractor.

They are handed to it as a file that is there as long as it is read. How deep files may lie in files, how many
are read and how large they may be is bounded for all that one file holds. What cannot be read is counted.

Source: ISO/IEC 29500-1, 15.2.10, 15.2.11 (embedded objects and packages).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextvars import ContextVar
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from tempfile import NamedTemporaryFile

from ingest import compoundfile
from ingest.extraction import Extraction
from ingest.extractors import EXTRACTORS, extract
from ingest.extractors.parts import Parts
from ingest.mediatypes import media_type_of

MAX_DEPTH = 3
MAX_FILES = 100
MAX_FILE_BYTES = 15 * 1024 * 1024
"""A reader process may write files that are a little larger than this."""

MAX_TOTAL_BYTES = 64 * 1024 * 1024

MAX_CHARACTERS = 500_000
"""So much text of an embedded file stands with the slide or page that it is on."""

_EXPECTED = ("There is no text on any page.", "There is text in the notes only.")


@dataclass(slots=True)
class _Left:
    """How much may still be read, of all that lies in one file."""

    depth: int = MAX_DEPTH
    files: int = MAX_FILES
    total_bytes: int = MAX_TOTAL_BYTES


_left: ContextVar[_Left | None] = ContextVar("left", default=None)


@dataclass(frozen=True, slots=True)
class EmbeddedText:
    """What an embedded file says: in `notes` what it does not show itself."""

    lines: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(slots=True)
class EmbeddedFiles:
    """The files embedded in one package; `counts` are those of its own extraction."""

    parts: Parts
    counts: Counter[str]
    unread: int = 0
    partly_read: int = 0
    _left: _Left = field(default_factory=lambda: _left.get() or _Left())
    _read: dict[str, EmbeddedText] = field(default_factory=dict)

    def read(self, name: str) -> EmbeddedText:
        """Return what a member of the package says; nothing where it cannot be read."""
        if name not in self._read:
            self.counts["embedded files"] += 1
            self._read[name] = self._text(name)
        return self._read[name]

    def skipped(self) -> Iterator[str]:
        """Yield sentences about what was not read."""
        if self.unread:
            yield f"Embedded files that were not read: {self.unread}."
        if self.partly_read:
            yield f"Embedded files that were read in part: {self.partly_read}."

    def _text(self, name: str) -> EmbeddedText:
        extraction = self._extraction(name)
        if extraction is None:
            self.unread += 1
            return EmbeddedText()
        is_whole = not (extraction.for_ocr or set(extraction.skipped).difference(_EXPECTED))
        for count in ("comments", "changes"):
            self.counts[count] += extraction.counts.get(count, 0)
        lines: list[str] = []
        notes: list[str] = []
        characters = 0
        for page in extraction.pages:
            characters += len(page.text) + len(page.notes)
            if characters > MAX_CHARACTERS:
                is_whole = False
                break
            if page.title and not page.text.startswith(page.title) and page.title not in page.text:
                lines.append(page.title)
            (notes if page.hidden else lines).append(page.text)
            notes.append(page.notes)
        self.partly_read += not is_whole
        return EmbeddedText(tuple(filter(None, lines)), tuple(filter(None, notes)))

    def _extraction(self, name: str) -> Extraction | None:
        """Read an embedded file; None where it is missing, damaged, of no known format, or too much."""
        left = self._left
        if left.depth < 1 or left.files < 1:
            return None
        left.files -= 1
        content = self.parts.file(name, min(MAX_FILE_BYTES, left.total_bytes))
        if not content:
            return None
        left.total_bytes -= len(content)
        return _extraction(content, PurePosixPath(name).name, left)


def _extraction(content: bytes, name: str, left: _Left) -> Extraction | None:
    if content.startswith(compoundfile.MAGIC):
        from ingest.extractors.ole import packed_file

        packed = packed_file(content)
        if packed is not None:
            content, name = packed.content, packed.name or name
    try:
        with NamedTemporaryFile(prefix="embedded-") as file:
            file.write(content)
            file.flush()
            return _read(Path(file.name), name, left)
    except OSError:
        return None


def _read(path: Path, name: str, left: _Left) -> Extraction | None:
    media_type = media_type_of(path, name)
    if media_type not in EXTRACTORS:
        return None
    token = _left.set(left)
    left.depth -= 1
    try:
        return extract(path, media_type)
    except MemoryError:
        raise
    except Exception:  # libraries raise anything on hostile files, which must not cost the file around it
        return None
    finally:
        left.depth += 1
        _left.reset(token)
