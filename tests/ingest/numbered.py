"""Texts with lists and headings of all sorts for tests, the same ones for the same seed."""

from __future__ import annotations

import random
import zipfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path

from ingest.mediatypes import FORMATS
from tests.ingest.opendocument import NAMES, XLINK
from tests.ingest.wordmaking import paragraph, part, text_parts, zipped

_LEVELS = 4
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_MANIFEST = (
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{FORMATS["odt"]}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
    "</manifest:manifest>"
)


def write_text(path: Path, seed: int) -> None:
    """Write a DOCX; none of its items stands on a level above which there was none."""
    chance = random.Random(seed)
    described, lists = "", ""
    definition_of: dict[int, int] = {}
    for definition in range(chance.randint(1, 3)):
        levels = "".join(_word_level(chance, number) for number in range(_LEVELS))
        described += f'<w:abstractNum w:abstractNumId="{definition}">{levels}</w:abstractNum>'
        for _ in range(chance.randint(1, 2)):
            number = len(definition_of) + 1
            anew = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="3"/></w:lvlOverride>'
            lists += f'<w:num w:numId="{number}"><w:abstractNumId w:val="{definition}"/>'
            lists += f"{chance.choice(['', anew])}</w:num>"
            definition_of[number] = definition
    body, last = "", dict.fromkeys(definition_of.values(), -1)
    for word in range(25):
        number = chance.choice([1, 1, *definition_of])
        above = last[definition_of[number]]
        level = max(0, min(_LEVELS - 1, above + chance.choice([-2, -1, 0, 0, 1, 1])))
        last[definition_of[number]] = level
        numbered = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
        body += paragraph(f"wort{word}", numbered if chance.random() < 0.85 or level > above else "")
    parts = text_parts(body, {"numbering.xml": part("numbering", described + lists)})
    override = f'<Override PartName="/word/numbering.xml" ContentType="{_WORD}.numbering+xml"/></Types>'
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace("</Types>", override)
    path.write_bytes(zipped(parts))


def _word_level(chance: random.Random, number: int) -> str:
    style = chance.choice(["decimal", "upperRoman", "lowerRoman", "lowerLetter", "russianLower"])
    text = chance.choice(["".join(f"%{each + 1}." for each in range(number + 1)), f"§ %{number + 1}"])
    start = chance.choice([1, 1, 1, 2, 5])
    return (
        f'<w:lvl w:ilvl="{number}"><w:start w:val="{start}"/><w:numFmt w:val="{style}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def write_odt(path: Path, seed: int) -> None:
    """Write an ODT with lists in lists."""
    chance = random.Random(seed)
    words, names = count(), [f"id{number}" for number in range(6)]
    styles = "".join(
        f'<text:list-style style:name="{name}">{"".join(_levels(chance, "list-level-style-number"))}'
        "</text:list-style>"
        for name in ("A", "B")
    )
    body = ""
    for number, name in enumerate(names):
        style, go_on = chance.choice("AAB"), chance.random()
        attributes = f'text:style-name="{style}" xml:id="{name}"'
        if go_on < 0.3:
            attributes += ' text:continue-numbering="true"'
        elif go_on < 0.5 and number:
            attributes += f' text:continue-list="{chance.choice(names[:number])}"'
        body += f"<text:list {attributes}>{_items(chance, words, 0)}</text:list>"
        body += f"<text:p>wort{next(words)}</text:p>"
    content = (
        f'<office:document-content {NAMES} {XLINK} office:version="1.2"><office:automatic-styles>{styles}'
        f"</office:automatic-styles><office:body><office:text>{body}</office:text></office:body>"
        "</office:document-content>"
    )
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("mimetype", FORMATS["odt"])
        package.writestr("content.xml", content)
        package.writestr("META-INF/manifest.xml", _MANIFEST)


def _items(chance: random.Random, words: Iterator[int], depth: int) -> str:
    """Return the items of a list; some hold only another list."""
    found = ""
    for _ in range(chance.randint(1, 3)):
        start = f' text:start-value="{chance.randint(1, 9)}"' if chance.random() < 0.1 else ""
        is_only_list = not start and depth < _LEVELS - 1 and chance.random() < 0.15
        text = "" if is_only_list else f"<text:p>wort{next(words)}</text:p>"
        inner = ""
        if is_only_list or (depth < _LEVELS - 1 and chance.random() < 0.35):
            inner = f"<text:list>{_items(chance, words, depth + 1)}</text:list>"
        found += f"<text:list-item{start}>{text}{inner}</text:list-item>"
    return found


def write_headings(path: Path, seed: int) -> None:
    """Write a flat ODT with numbered headings, which may leave out levels."""
    chance = random.Random(seed)
    outline = "".join(_levels(chance, "outline-level-style"))
    body, level = "", 1
    for word in range(25):
        level = max(1, min(_LEVELS, level + chance.choice([-2, -1, 0, 1, 2])))
        anew = f' text:restart-numbering="true" text:start-value="{chance.randint(1, 7)}"'
        attributes = f'text:outline-level="{level}"{anew if chance.random() < 0.1 else ""}'
        body += f"<text:h {attributes}>wort{word}</text:h>"
    path.write_text(
        f'<?xml version="1.0"?><office:document {NAMES} {XLINK} office:version="1.2" '
        f'office:mimetype="{FORMATS["odt"]}"><office:styles><text:outline-style style:name="Outline">'
        f"{outline}</text:outline-style></office:styles><office:body><office:text>{body}</office:text></office:body>"
        "</office:document>"
    )


def _levels(chance: random.Random, name: str) -> Iterator[str]:
    for number in range(1, _LEVELS + 1):
        attributes = (
            f'text:level="{number}" style:num-format="{chance.choice(["1", "1", "a", "A", "I", ""])}"'
        )
        if chance.random() < 0.5:
            attributes += ' style:num-suffix="."'
        if chance.random() < 0.2:
            attributes += ' style:num-prefix="("'
        if chance.random() < 0.4:
            attributes += f' text:display-levels="{chance.randint(1, number)}"'
        if chance.random() < 0.2:
            attributes += f' text:start-value="{chance.randint(2, 5)}"'
        yield f"<text:{name} {attributes}/>"
