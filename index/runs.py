"""Words written in several pieces, with hyphens (Ost-West-Gesellschaft) or points (z. B.); numbers of order.

A text is cut into chunks that no such word crosses. In a chunk, each is found with what it is filed under
besides its pieces: „E-Mail“ as „Email“, „z. B.“ as „zB“; „XIV.“, „14.“ and „14-я“ under a key of their own,
as words that signs belong to. Two capitals with points are somebody's initials and no abbreviation.

Source: Unicode Standard 15, table 6-3 (dashes); Duden, rules D 28 and D 40 for abbreviations and hyphens.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from index.signs import MAY_BE_SIGNED, SECTION, SECTION_GAP, SIGNED, key_of
from index.text import HYPHENS, LINE_END, NOT_AND, TOKEN, clean, surfaces

ORDINAL = "#"
"""Begins the key of a number of order, however it is written. No word is written so."""

MAX_PIECES = 6
"""More words between hyphens are a list, a path or a rule drawn with dashes."""

MAX_ENDING_LETTERS = 3
"""What stands behind a figure is the ending of a number of order (2-го, 5-ого), or a word (10-jährig)."""

LAST_ROMAN = 39
"""Higher numbers in Roman letters look like other words: CD, MM, XL."""

_DASHES = "-\u2010\u2011\u2012\u2013\u2212\ufe58\ufe63\uff0d"
"""Between two words without a space they are all hyphens."""

_LETTER = r"[^\W\d_]"
_SPACES = re.compile(r"\s+")
_SPACE = "[ \u00a0\u202f]"
_LINE_END = rf"[ \t]*{LINE_END}[ \t]*"

_MOST_JOINTS = 30
"""A text with more of them in one chunk is cut by the pattern alone, which takes no more into one."""

_CHUNK = re.compile(
    rf"\S+(?:(?:(?<=[{re.escape(''.join(HYPHENS))}]){_LINE_END}"
    rf"|(?<={_LETTER}\.)(?<!\w\w\.){_SPACE}(?={_LETTER}\.)|{SECTION_GAP})\S+){{0,{_MOST_JOINTS}}}"
)
_JOINTS = (
    *((hyphen, re.compile(rf"{re.escape(hyphen)}({_LINE_END})(?=\S)")) for hyphen in HYPHENS),
    (".", re.compile(rf"\.(?<={_LETTER}\.)(?<!\w\w\.)({_SPACE})(?={_LETTER}\.)")),
    (SECTION, re.compile(f"{SECTION}({SECTION_GAP})")),
)
"""The white space inside of chunks, by the sign before it: what is looked for first is found fastest."""

_HYPHENATED = re.compile(rf"(?<!\w){TOKEN}(?:[{_DASHES}](?:{_LINE_END}{NOT_AND})?{TOKEN})+")
_POINTED = re.compile(rf"(?<![\w.]){_LETTER}(?:\.{_SPACE}?{_LETTER})+\.?(?!\w)")
_ARABIC = re.compile(
    r"(?<![\w.,:/-])([0-9]{1,2})(?:\.(?!\w)"
    r"|-?(?:st|nd|rd|th)(?!\w)|[-\u2010\u2011](?:[а-яё]{0,2}[йяеюм]|[а-яё]?го|му|х|ми)(?!\w))"
)
_ROMAN = re.compile(r"(?<![\w.])(?:[IVXІХ]{2,8}(?!\w)|[IVXІХ]\.(?!\w)|[\u2160-\u216b]+(?!\w))")
_FIGURES = re.compile(r"([0-9]{1,2})")
_ENDING = re.compile(r"\.$|-[а-я]{1,2}$")
_CANONICAL = re.compile(r"(X{0,3})(IX|IV|V?I{0,3})")
_TO_LATIN = str.maketrans("ІХ", "IX")
_MAY_HAVE_RUN = re.compile(
    rf"[{_DASHES}]\s*\w|\.{_SPACE}?\w|[IVXІХ0-9]\.|[IVXІХ]{{2}}|^[IVXІХ]$|[\u2160-\u216b]"
    rf"|[0-9](?:st|nd|rd|th)|{MAY_BE_SIGNED}"
)


class Run(NamedTuple):
    """A word in several pieces and where it stands; of a number of order or signs, the key and no pieces."""

    start: int
    end: int
    pieces: tuple[str, ...]
    key: str = ""


def chunks(text: str) -> list[str]:
    """Cut a text at white space, but not inside a word in several pieces or one that a line end breaks."""
    joints = _joints(text)
    if _has_endless(joints, text):
        return _CHUNK.findall(text)
    found: list[str] = []
    begun, at = "", 0
    for start, end in joints:
        before, at = text[at:start].split(), end
        before[0] = begun + before[0]
        begun = before.pop() + text[start:end]
        found += before
    rest = text[at:].split()
    if begun:
        rest[0] = begun + rest[0]
    return found + rest if found else rest


def chunk_spans(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield the chunks of a text with start and end."""
    end = 0
    for chunk in chunks(text):
        begin = text.index(chunk, end)
        end = begin + len(chunk)
        yield chunk, begin, end


def places_of(wanted: Collection[str], text: str) -> Iterator[tuple[str, int]]:
    """Yield where some of the chunks of a text begin, in no order; faster than `chunk_spans`."""
    joints = _joints(text) if wanted else []
    if _has_endless(joints, text):
        yield from ((chunk, begin) for chunk, begin, _ in chunk_spans(text) if chunk in wanted)
        return
    in_pieces = {chunk for chunk in wanted if len(chunk.split()) > 1}
    if in_pieces:
        chunks_with_joints = ((text[begin:end], begin) for begin, end in _joined(joints, text))
        yield from (found for found in chunks_with_joints if found[0] in in_pieces)
    starts, stops = {start for start, _ in joints}, {stop for _, stop in joints}
    for chunk in wanted:
        begin = -1 if chunk in in_pieces else text.find(chunk)
        while begin >= 0:
            end = begin + len(chunk)
            if (not begin or text[begin - 1].isspace()) and (end == len(text) or text[end].isspace()):
                if begin not in stops and end not in starts:
                    yield chunk, begin
            elif (space := _SPACES.search(text, begin)) is not None:
                end = space.end()
            else:
                break
            begin = text.find(chunk, end)


def _joints(text: str) -> list[tuple[int, int]]:
    """Return the white space inside of chunks, from where to where."""
    return sorted(found.span(1) for sign, joint in _JOINTS if sign in text for found in joint.finditer(text))


def _has_endless(joints: Sequence[tuple[int, int]], text: str) -> bool:
    """Tell whether a chunk has more white space inside than the pattern takes into one."""
    if len(joints) <= _MOST_JOINTS:
        return False
    in_a_row = 1
    for (_, stop), (start, _) in pairwise(joints):
        in_a_row = 1 if len(text[stop:start].split()) > 1 else in_a_row + 1
        if in_a_row > _MOST_JOINTS:
            return True
    return False


def _joined(joints: Iterable[tuple[int, int]], text: str) -> Iterator[tuple[int, int]]:
    """Yield the chunks that have white space inside, from where to where."""
    begin = end = 0
    for start, stop in joints:
        if start > end or not end:
            if end:
                yield begin, end
            begin = start
            while begin and not text[begin - 1].isspace():
                begin -= 1
        end = stop
        while end < len(text) and not text[end].isspace():
            end += 1
    if end:
        yield begin, end


def may_have_runs(chunk: str) -> bool:
    """Tell quickly whether it is worth looking; a single Roman letter may have lost its point."""
    return _MAY_HAVE_RUN.search(chunk) is not None


def runs(chunk: str) -> Iterator[Run]:
    """Yield the words of a chunk that are written in several pieces, and its numbers of order."""
    for match in _HYPHENATED.finditer(chunk):
        if pieces := _pieces(match.group()):
            yield Run(match.start(), match.end(), pieces)
    for match in _POINTED.finditer(chunk):
        short = "".join(surfaces(match.group()))
        if not are_initials(short):
            yield Run(match.start(), match.end(), (short,))
    for match in _ARABIC.finditer(chunk):
        if 0 < int(match[1]) <= LAST_ROMAN:
            yield Run(match.start(), match.end(), (), f"{ORDINAL}{int(match[1])}")
    for match in SIGNED.finditer(chunk):
        yield Run(match.start(), match.end(), (), key_of(match))
    for match in _ROMAN.finditer(chunk):
        if number := roman(match.group().rstrip(".")):
            yield Run(match.start(), match.end(), (), f"{ORDINAL}{number}")


def join(text: str) -> str:
    """Write a hyphenated word without its hyphens; "" where it is none: 2005-2012, 14-я, a whole list."""
    return "".join(_pieces(text) if _HYPHENATED.fullmatch(text) else ())


def _pieces(hyphenated: str) -> tuple[str, ...]:
    pieces = tuple(map(clean, surfaces(hyphenated)))
    if not 2 <= len(pieces) <= MAX_PIECES:
        return ()
    if pieces[0].isdecimal() and not (pieces[1].isalpha() and len(pieces[1]) > MAX_ENDING_LETTERS):
        return ()
    return pieces


def pointed(text: str) -> str:
    """Return an abbreviation with points as it is written without them; "" where the text is none."""
    return "".join(surfaces(text)) if _POINTED.fullmatch(text) else ""


def are_initials(joined: str) -> bool:
    """Tell whether letters with points stand for somebody's names."""
    return len(joined) == 2 and joined.isupper()


def is_roman(text: str) -> bool:
    """Tell whether a number of order is written in Roman letters."""
    return not text[:1].isdecimal()


def ordinal(text: str) -> int:
    """Return the number that a word is in figures or Roman letters, with or without an ending; 0 for none."""
    figures = _ARABIC.fullmatch(text) or _FIGURES.fullmatch(text)
    if figures:
        number = int(figures[1])
        return number if number <= LAST_ROMAN else 0
    bare = _ENDING.sub("", text)
    return roman(bare.upper()) if len(text) > 1 and bare in (bare.upper(), bare.lower()) else 0


def roman(letters: str) -> int:
    """Return the number that Roman letters stand for, 0 where they are none, or are no number."""
    found = _CANONICAL.fullmatch(unicodedata.normalize("NFKC", letters).translate(_TO_LATIN))
    if found is None:
        return 0
    ones = {"IX": 9, "IV": 4}.get(found[2], 5 * ("V" in found[2]) + found[2].count("I"))
    return 10 * len(found[1]) + ones
