"""Small dictionaries in the format of dictd, made by the tests."""

from __future__ import annotations

import gzip
from collections.abc import Iterable
from pathlib import Path

_DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"


def digits(number: int) -> str:
    """Write a number to the base of 64, the highest digit first."""
    return (digits(number >> 6) if number >> 6 else "") + _DIGITS[number & 63]


def write_dictionary(folder: Path, name: str, articles: Iterable[str]) -> tuple[Path, Path]:
    """Write index and articles as dictfmt and dictzip would; return both paths."""
    folder.mkdir(parents=True, exist_ok=True)
    index, packed = folder / f"{name}.index", folder / f"{name}.dict.dz"
    lines, content = [], b""
    for article in articles:
        head = article.split("\n")[0].split(" /")[0].lower()
        lines.append(f"{head}\t{digits(len(content))}\t{digits(len(article.encode()))}\n")
        content += article.encode()
    index.write_text("".join(sorted(lines)), "utf-8")
    packed.write_bytes(gzip.compress(content))
    return index, packed
