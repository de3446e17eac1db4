"""The directory of an OLE compound file, as far as it tells what the file is.

Old Office files (doc, ppt, xls, msg) and modern ones with a password are compound files; the names of their
streams say which. The streams themselves are not read.

Source: [MS-CFB] Compound File Binary File Format, sections 2.2 (header), 2.3 (FAT), 2.6 (directory).
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from pathlib import Path

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""The first eight bytes of every compound file."""

_ENTRY_BYTES = 128
_NO_SECTOR = 0xFFFFFFFA
"""Sector numbers from here on are marks (end of chain, free, ...), not places."""

_MAX_DIRECTORY_SECTORS = 4096


@dataclass(frozen=True, slots=True)
class _Entry:
    """One entry of the directory, which is a tree: siblings to the left and right, the first child below."""

    name: str
    left: int
    right: int
    child: int

    @classmethod
    def parse(cls, entry: bytes) -> _Entry:
        length: int = struct.unpack_from("<H", entry, 64)[0]
        name = entry[: min(max(length - 2, 0), 64)].decode("utf-16-le", "replace")
        left, right, child = struct.unpack_from("<3I", entry, 68)
        return cls(name, left, right, child)


def stream_names(path: Path) -> frozenset[str]:
    """Return the names at the top of the file, not those inside embedded objects.

    Gives as many as can be read where the file is damaged, none where it is no compound file.
    """
    entries = _entries(path)
    if not entries:
        return frozenset()
    names: set[str] = set()
    open_entries = [entries[0].child]
    seen: set[int] = set()
    while open_entries:
        number = open_entries.pop()
        if number >= len(entries) or number in seen:
            continue
        seen.add(number)
        names.add(entries[number].name)
        open_entries += (entries[number].left, entries[number].right)
    return frozenset(names)


def _entries(path: Path) -> list[_Entry]:
    entries: list[_Entry] = []
    with path.open("rb") as file:
        header = file.read(512)
        if len(header) < 512 or not header.startswith(MAGIC):
            return entries
        shift: int = struct.unpack_from("<H", header, 30)[0]
        if shift not in (9, 12):
            return entries
        sector_bytes = 1 << shift
        fat_sectors: tuple[int, ...] = struct.unpack_from("<109I", header, 76)

        def read_sector(number: int) -> bytes:
            file.seek((number + 1) * sector_bytes)
            return file.read(sector_bytes)

        def next_sector(number: int) -> int:
            index, place = divmod(number, sector_bytes // 4)
            if index >= len(fat_sectors) or fat_sectors[index] >= _NO_SECTOR:
                return _NO_SECTOR
            table = read_sector(fat_sectors[index])
            if len(table) < place * 4 + 4:
                return _NO_SECTOR
            following: int = struct.unpack_from("<I", table, place * 4)[0]
            return following

        sector: int = struct.unpack_from("<I", header, 48)[0]
        for _ in range(_MAX_DIRECTORY_SECTORS):
            if sector >= _NO_SECTOR:
                break
            content = read_sector(sector)
            for start in range(0, len(content) - _ENTRY_BYTES + 1, _ENTRY_BYTES):
                entries.append(_Entry.parse(content[start : start + _ENTRY_BYTES]))
            sector = next_sector(sector)
    return entries
