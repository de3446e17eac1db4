"""How many text layers that lie are noticed and mended, how many healthy ones harmed, and what it costs.

    python -m bench.layers FOLDER [--texts FOLDER] [--samples N]

`--texts` names a folder of parallel texts, `*/corpus.jsonl`; without it, texts of FOLDER's own files stand
in. They are cut into lines of some 60 characters, as on a page. Mended is what comes back as it was, but for
space. Every file of FOLDER in which something was mended or given up is listed.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import subprocess
import sys
import textwrap
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

from bench.command import PROJECT
from bench.support.corpus_reading import readings_below
from bench.support.lies import LIES, Lie
from ingest.extraction import PageText
from ingest.extractors.pdf.glyphs import garbled
from ingest.layers.mending import mend
from ingest.layers.suspicion import is_suspicious
from ingest.reading import Reading

KNOWN = ("de", "ru", "en")
LENGTHS = (30, 100, 300, 1000)
PAGE_CHARACTERS = 2000
LINE_CHARACTERS = 60
HEALTHY_TIMES = 5
"""So many times as many healthy samples as samples of each lie."""

_CYRILLIC = re.compile("[а-яё]", re.IGNORECASE)
_LATIN = re.compile("[a-zäöüß]", re.IGNORECASE)
_UNFIT = re.compile("[&'*]")
"""Their glyph numbers in fonts of Windows are those of line breaks and tabs."""

_COST = """
import os, psutil, time
process = psutil.Process()
from ingest.layers import plausibility, vocabulary
for name, load in (("triples", lambda: plausibility.commonness("x")), ("words", vocabulary.ranks)):
    memory, began = process.memory_info().rss, time.process_time()
    load()
    seconds, size = time.process_time() - began, process.memory_info().rss - memory
    print(f"{name}: {seconds * 1000:.1f} ms, {size / 1e6:.1f} MB")
"""


def main() -> int:
    """Measure and print tables; 1 where there are no texts."""
    parser = argparse.ArgumentParser(prog="python -m bench.layers")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--texts", type=Path)
    parser.add_argument("--samples", type=int, default=100)
    chosen = parser.parse_args()
    readings = readings_below(chosen.folder.resolve())
    texts = _manuals(chosen.texts) if chosen.texts else _texts_of(readings)
    if not texts:
        return 1
    dice = random.Random(2017)
    _lies(texts, chosen.samples, dice)
    _healthy(texts, chosen.samples * HEALTHY_TIMES, dice)
    _cost(texts, dice)
    _files(readings)
    return 0


def _lies(texts: Mapping[str, str], count: int, dice: random.Random) -> None:
    sys.stdout.write(f"{count} samples a cell: noticed / mended exactly, in %\n\n")
    sys.stdout.write(
        f"| | | {' | '.join(f'{length} characters' for length in LENGTHS)} |\n|---|---|{'---|' * 4}\n"
    )
    for name, lie in LIES.items():
        for language in lie.languages:
            if language not in texts:
                continue
            cells = []
            for length in LENGTHS:
                noticed = exact = 0
                for sample, told in _samples(texts[language], language, length, count, dice, lie):
                    result = mend([PageText(1, told)])
                    text = result.pages[0].text
                    noticed += bool(result.repairs) or bool(garbled(result))
                    exact += text.split() == sample.split()
                cells.append(f"{noticed * 100 / count:.0f} / {exact * 100 / count:.0f}")
            sys.stdout.write(f"| {name} | {language} | {' | '.join(cells)} |\n")
            sys.stdout.flush()


def _healthy(texts: Mapping[str, str], count: int, dice: random.Random) -> None:
    sys.stdout.write(f"\n{count} healthy samples a cell: looked at / changed / given up\n\n")
    sys.stdout.write(f"| | {' | '.join(f'{length} characters' for length in LENGTHS)} |\n|---|{'---|' * 4}\n")
    for language, text in texts.items():
        cells = []
        for length in LENGTHS:
            pages = [PageText(1, sample) for sample, _ in _samples(text, language, length, count, dice)]
            results = [mend([page]) for page in pages]
            looked_at = sum(is_suspicious(page.text) for page in pages)
            changed = [
                (page, result.pages[0]) for page, result in zip(pages, results, strict=True) if result.repairs
            ]
            cells.append(f"{looked_at} / {len(changed)} / {sum(bool(garbled(result)) for result in results)}")
            for before, after in changed:
                sys.stderr.write(f"{before.text!r}\n  -> {after.text!r}\n")
        sys.stdout.write(f"| {language} | {' | '.join(cells)} |\n")


def _cost(texts: Mapping[str, str], dice: random.Random) -> None:
    for language, text in texts.items():
        pages = [
            page
            for page, _ in _samples(text, language, PAGE_CHARACTERS, 200, dice)
            if not is_suspicious(page)
        ]
        began = time.process_time()
        for page in pages:
            is_suspicious(page)
        micros = (time.process_time() - began) * 1e6 / len(pages)
        sys.stdout.write(f"\n{language}: {micros:.0f} µs a healthy page of {PAGE_CHARACTERS} characters")
    done = subprocess.run([sys.executable, "-c", _COST], cwd=PROJECT, capture_output=True, check=True)
    sys.stdout.write(f"\n{done.stdout.decode()}\n")


def _files(readings: Mapping[str, Reading]) -> None:
    for name, reading in readings.items():
        report = reading.passport
        if report.repairs or (report.for_ocr and len(report.for_ocr) > len(report.pages_without_text)):
            sys.stdout.write(f"{name}: {' '.join((*report.repairs, *report.skipped))}\n")


def _samples(
    text: str, language: str, length: int, count: int, dice: random.Random, lie: Lie | None = None
) -> Iterator[tuple[str, str]]:
    """Yield pieces of a text in its language, from the beginning of a word on, and what a lie makes of them.

    Only those that the lie changes and that have all their characters in its code page.
    """
    taken = 0
    while taken < count:
        start = text.index(" ", dice.randrange(len(text) - 2 * length)) + 1
        piece = "\n".join(textwrap.wrap(text[start : start + length], LINE_CHARACTERS))
        own = _CYRILLIC if language == "ru" else _LATIN
        if len(own.findall(piece)) < length / 2 or (lie is not None and _UNFIT.search(piece)):
            continue
        try:
            told = piece if lie is None else lie.tell(piece)
        except UnicodeEncodeError:
            continue
        if lie is None or told != piece:
            taken += 1
            yield piece, told


def _manuals(folder: Path) -> dict[str, str]:
    found: dict[str, list[str]] = defaultdict(list)
    for path in sorted(folder.glob("*/corpus.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            found[record["language"]].append(record["text"])
    return {language: " ".join(" ".join(pieces).split()) for language, pieces in found.items()}


def _texts_of(readings: Mapping[str, Reading]) -> dict[str, str]:
    found: dict[str, list[str]] = defaultdict(list)
    for reading in readings.values():
        for page, languages in zip(reading.extraction.pages, reading.page_languages, strict=True):
            if len(languages) == 1 and languages[0] in KNOWN and not reading.passport.repairs:
                found[languages[0]].append(page.text)
    texts = {language: " ".join(" ".join(pieces).split()) for language, pieces in found.items()}
    return {language: text for language, text in texts.items() if len(text) > 2 * PAGE_CHARACTERS}


if __name__ == "__main__":
    sys.exit(main())
