"""OLE objects as Office puts them beside a slide, for tests."""

from __future__ import annotations

import struct

_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SECTOR = 512
_END, _FREE, _FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
_SMALLEST = 4096
"""Shorter streams would lie in another stream."""


def compound(**streams: bytes) -> bytes:
    """A compound file with these streams, each filled up with zeros to the size from which it lies alone."""
    contents = [content.ljust(_SMALLEST, b"\0") for content in streams.values()]
    lengths = [-(-len(content) // _SECTOR) for content in contents]
    directory_sectors = -(-(1 + len(streams)) // 4)
    chains: list[list[int]] = []
    sector = 0
    for length in (directory_sectors, *lengths):
        chains.append(list(range(sector, sector + length)))
        sector += length
    fat_sectors = 1
    while (sector + fat_sectors) > fat_sectors * 128:
        fat_sectors += 1
    fat = [_FREE] * (fat_sectors * 128)
    for chain in chains:
        for here, following in zip(chain, [*chain[1:], _END], strict=True):
            fat[here] = following
    fat_places = list(range(sector, sector + fat_sectors))
    for place in fat_places:
        fat[place] = _FAT
    numbers = (0x3E, 3, 0xFFFE, 9, 6, 0, fat_sectors, chains[0][0], 0, _SMALLEST, _END, 0, _END, 0)
    header = struct.pack("<8s16x5H6x9I", _MAGIC, *numbers)
    header += struct.pack("<109I", *(fat_places + [_FREE] * (109 - fat_sectors)))
    directory = _entry("Root Entry", 5, child=1, start=_END)
    for number, (name, content) in enumerate(zip(streams, contents, strict=True), start=1):
        following = number + 1 if number < len(streams) else _FREE
        directory += _entry(name, 2, right=following, start=chains[number][0], size=len(content))
    directory = directory.ljust(directory_sectors * _SECTOR, b"\0")
    body = b"".join(
        content.ljust(length * _SECTOR, b"\0") for content, length in zip(contents, lengths, strict=True)
    )
    return header + directory + body + struct.pack(f"<{len(fat)}I", *fat)


def packaged(name: str, content: bytes) -> bytes:
    """A stream as the packager of Windows writes it."""
    path = f"C:\\{name}".encode() + b"\0"
    inside = b"\x02\0" + name.encode() + b"\0" + path + b"\0\0\x03\0" + struct.pack("<I", len(path)) + path
    inside += struct.pack("<I", len(content)) + content
    return struct.pack("<I", len(inside)) + inside


def _entry(
    name: str, kind: int, right: int = _FREE, child: int = _FREE, start: int = 0, size: int = 0
) -> bytes:
    encoded = name.encode("utf-16-le") + b"\0\0"
    numbers = (len(encoded), kind, 1, _FREE, right, child, start, size)
    return struct.pack("<64sHBB3I16x4x16xIQ", encoded, *numbers)
