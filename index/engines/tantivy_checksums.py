"""Whether the files of a Tantivy index are what was written: Tantivy has a checksum in each, but never looks.

It would answer wrong from a damaged one, or end the process. The checksum stands at the end of a file: as
JSON, before the length of that and a number that says that it is there.

Source: Tantivy 0.27, directory/footer.rs and index/segment_id.rs.
"""

from __future__ import annotations

import json
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

_META = "meta.json"
_END = struct.Struct("<II")
_MAGIC = 1337
_LONGEST_FOOTER = 1000
_AT_ONCE = 1 << 20


class Checksums:
    """Looks at every file once: none is ever written again."""

    def __init__(self) -> None:
        self._sound: set[str] = set()

    def check(self, folder: Path) -> None:
        """Look at the files of an index that belong to its last commit and were not looked at before.

        Raises:
            ValueError: one is not what was written.
        """
        there = set()
        for path in committed_files(folder):
            there.add(path.name)
            if path.name not in self._sound and not _is_sound(path):
                raise ValueError(f"{path.name} is damaged")
        self._sound = there


def committed_files(folder: Path) -> Iterator[Path]:
    """Yield the files of the segments of the last commit; others may be there that are being written."""
    for segment in json.loads((folder / _META).read_bytes())["segments"]:
        name = segment["segment_id"].replace("-", "")
        deleted = f"{name}.{segment['deletes']['opstamp']}.del" if segment["deletes"] else ""
        for path in folder.glob(f"{name}.*"):
            if path.suffix != ".del" or path.name == deleted:
                yield path


def _is_sound(path: Path) -> bool:
    """Compare a file with its checksum; one that went meanwhile, with another commit, is no damage."""
    try:
        with path.open("rb") as file:
            size = path.stat().st_size
            file.seek(max(0, size - _END.size - _LONGEST_FOOTER))
            end = file.read()
            length, magic = _END.unpack(end[-_END.size :])
            if magic != _MAGIC or length > len(end) - _END.size:
                return False
            footer = json.loads(end[-_END.size - length : -_END.size])
            file.seek(0)
            return bool(_checksum(file, size - _END.size - length) == footer["crc"])
    except FileNotFoundError:
        return True
    except (struct.error, ValueError, KeyError, TypeError):
        return False


def _checksum(file: Any, length: int) -> int:
    checksum = 0
    while length > 0 and (content := file.read(min(length, _AT_ONCE))):
        checksum = zlib.crc32(content, checksum)
        length -= len(content)
    return checksum
