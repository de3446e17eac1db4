"""Texts: DOCX, DOTX and their kin with macros, in the usual and the strict markup.

The text is taken from the markup (see `docx/text.py`): python-docx leaves out text boxes, notes, tracked
changes and content controls, and opens no file with a damaged part.

Source: ISO/IEC 29500-1, chapter 17 (WordprocessingML).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from ingest.extraction import DamagedError, Extraction
from ingest.extractors.coreproperties import core_properties
from ingest.extractors.docx.comments import Comments
from ingest.extractors.docx.file import WordFile
from ingest.extractors.docx.headers import switched_off
from ingest.extractors.docx.styles import W
from ingest.extractors.docx.text import Story
from ingest.extractors.flow import Block, paginate
from ingest.extractors.parts import open_parts
from ingest.extractors.properties import choose_title, sane_creators
from ingest.extractors.tools import tool


def extract(path: Path) -> Extraction:
    """Read headers once, the body in order, footers once, then what is hidden; comments become notes."""
    with path.open("rb") as stream:
        parts = open_parts(path, stream)
        file = WordFile(parts)
        root = parts.root(file.main)
        if root is None or next(root.iter(f"{W}body", f"{W}p"), None) is None:
            raise DamagedError
        body = root.find(f"{W}body")
        story = Story(file, file.main, root)
        file.comments = comments = _comments(file, story)
        pages = paginate(
            [
                *_once(file, story, "header"),
                *_from_first_text(story.read(root if body is None else body)),
                *_once(file, story, "footer"),
                Block("", notes="\n".join(comments.take_all())),
                *_not_shown(file, story),
            ]
        )
        story.close()
        file.counts["comments"] += comments.count
        said = core_properties(parts)
        return Extraction(
            pages,
            title=choose_title(said.title, pages),
            creators=sane_creators(said.creators),
            counts={name: count for name, count in file.counts.items() if count},
            skipped=tuple(_skipped(file)),
            tool=f"{tool('lxml')}, {tool('python-docx')}",
        )


def _comments(file: WordFile, story: Story) -> Comments:
    place = next(file.related("comments"), "")
    root = file.parts.root(place)
    if root is None:
        return Comments(None, None, str)
    return Comments(root, file.only("commentsExtended"), story.beside(place).text)


def _once(file: WordFile, story: Story, kind: str) -> Iterator[Block]:
    """Yield the different texts of all headers, or all footers; keep apart those that are switched off."""
    seen = set()
    off = switched_off(file)
    for place in sorted(file.related(kind), key=off.__contains__):
        root = file.parts.root(place)
        for block in () if root is None else story.beside(place).read(root):
            if block.text in seen:
                continue
            seen.add(block.text)
            if place in off:
                file.hide(block.text)
            else:
                yield Block(block.text)


def _not_shown(file: WordFile, story: Story) -> Iterator[Block]:
    """Yield what the text keeps and does not show, the notes among it that nothing refers to."""
    for notes in (file.footnotes, file.endnotes):
        while notes:
            part, note = notes.pop(next(iter(notes)))
            file.hide(story.beside(part).text(note))
    yield from (Block(text, hidden=True) for text in file.hidden)


def _from_first_text(blocks: Iterable[Block]) -> Iterator[Block]:
    """Begin no page before the first text: the headers stand with it."""
    is_begun = False
    for block in blocks:
        is_first = not is_begun
        is_begun |= bool(block.text.strip())
        yield replace(block, starts_page=False) if is_first else block


def _skipped(file: WordFile) -> Iterator[str]:
    """Name what was not read, or not whole."""
    skipped = [*file.parts.skipped, *file.skipped]
    if count := file.counts["fields without value"]:
        skipped.append(f"Fields whose value is not in the file: {count}.")
    if count := file.counts["form controls"]:
        skipped.append(f"Form controls that were not read: {count}.")
    yield from skipped
    yield from file.embedded.skipped()
