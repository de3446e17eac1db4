"""How often languages are told rightly, of documents, pages and short texts, and how long that takes.

    python -m bench.language CORPUS [--texts FOLDER] [--held-out]

CORPUS has a `manifest.csv` in it or beside it, else only the time is measured. What is true of its pages and
documents is in tests/corpus. FOLDER holds parallel texts as `FOLDER/*/corpus.jsonl`; sentences and headings
are cut from them. With `--held-out`, the pages that are kept for the end are judged as well.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import re
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

from bench.command import PROJECT
from bench.support.corpus_reading import readings_below
from ingest.language import OTHER, language_of, languages_of
from ingest.reading import Reading

TRUTH = PROJECT / "tests" / "corpus"
"""Where it is written down in which languages documents and pages are."""

KNOWN = ("de", "ru", "en")
LETTERS = (10, 20, 40, 100, 200)
SENTENCES = 300
"""So many sentences are cut for each language and length."""

_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[^\W\d_a-zа-яё])")

_ENGLISH = frozenset(("the", "of", "to", "is", "and", "that", "you", "have", "are", "for", "with"))


def main() -> int:
    """Measure and print tables; 1 where there is nothing to measure."""
    parser = argparse.ArgumentParser(prog="python -m bench.language")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--texts", type=Path)
    parser.add_argument("--held-out", action="store_true")
    chosen = parser.parse_args()
    folder = chosen.folder.resolve()
    root = next((place for place in (folder, folder.parent) if (place / "manifest.csv").is_file()), folder)
    readings = readings_below(root)
    if not readings:
        return 1
    _time(readings)
    if (root / "manifest.csv").is_file():
        _documents(root, readings)
        names = ["page_languages.csv", *(["page_languages_held_out.csv"] if chosen.held_out else [])]
        for name in names:
            _pages(name, root, readings)
    if chosen.texts is not None:
        _short(chosen.texts)
    return 0


def _time(readings: Mapping[str, Reading]) -> None:
    """Tell all pages once more, in this process, with the profiles loaded."""
    for language in KNOWN:
        language_of({"de": "Die Stadt und", "ru": "Город и", "en": "The city of"}[language] * 30, KNOWN)
    texts = [[page.text or page.notes for page in reading.extraction.pages] for reading in readings.values()]
    began = time.process_time()
    for pages in texts:
        languages_of(pages, KNOWN)
    seconds = time.process_time() - began
    count = sum(map(len, texts))
    each = seconds / count * 1000
    _say(f"{count} pages of {len(texts)} documents: {seconds:.2f} s of the processor, {each:.3f} ms a page")


def _documents(root: Path, readings: Mapping[str, Reading]) -> None:
    manifest = {row["path"]: row["language"].split("+") for row in rows_of(root / "manifest.csv")}
    corrected = {row["path"]: row["languages"].split() for row in rows_of(TRUTH / "document_languages.csv")}
    for name, truth in (("as the manifest says", manifest), ("corrected", manifest | corrected)):
        one = {path: expected[0] for path, expected in truth.items() if len(expected) == 1}
        told = {
            path: readings[path].languages
            for path, code in one.items()
            if code != "unknown" and path in readings and readings[path].languages
        }
        wrong = [path for path, found in told.items() if found[0] != code_of(one[path])]
        more = sum(len(found) > 1 for found in told.values())
        _say(
            f"\nDocuments in one language, {name}: {len(told) - len(wrong)} of {len(told)} right, "
            f"{_percent(len(told) - len(wrong), len(told))}; {more} are said to be in a second one, too"
        )
        for path in wrong:
            _say(f"- {path}: {one[path]}, told {' '.join(told[path])}")


def _pages(name: str, root: Path, readings: Mapping[str, Reading]) -> None:
    rows = list(rows_of(TRUTH / name))
    right, wrong = 0, []
    for row in rows:
        reading = readings.get(row["path"])
        number = int(row["page"])
        pages = {} if reading is None else dict(enumerate(reading.page_languages, 1))
        found = pages.get(number, ())
        if is_right(row["languages"], found, reading.languages if reading else ()):
            right += 1
        else:
            wrong.append(f"- {row['path']}, {number}: {row['languages']}, told {' '.join(found) or 'none'}")
    _say(f"\nPages of {name}: {right} of {len(rows)} right, {_percent(right, len(rows))}")
    for line in wrong:
        _say(line)


def is_right(truth: str, told: tuple[str, ...], document: tuple[str, ...]) -> bool:
    """Tell whether both languages of a page are said, or its one and no other; of none, the document's."""
    if truth == "none":
        return not told or told == document[:1]
    return set(told) == {code_of(code) for code in truth.split()}


def code_of(truth: str) -> str:
    """Return what an archive of `KNOWN` calls a language: „other:xx“ is another."""
    code = truth.removeprefix("other:")
    return code if code in KNOWN else OTHER


def _short(folder: Path) -> None:
    sentences: dict[str, set[str]] = defaultdict(set)
    headings: dict[str, set[str]] = defaultdict(set)
    for path in sorted(folder.glob("*/corpus.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            code = record["language"]
            sentences[code].update(each for each in _SENTENCE.split(record["text"]) if "\n" not in each)
            headings[code].add(record.get("title", ""))

    def own(parts: Mapping[str, set[str]], code: str) -> list[str]:
        """Leave out what was not translated: it stands in another of the languages, too, or is English."""
        others = (parts[other] for other in KNOWN if other != code)
        left = parts[code].difference(*others, [""])
        return sorted(text for text in left if code == "en" or len({*text.split()} & _ENGLISH) < 2)

    _say("\n| letters | " + " | ".join(KNOWN) + " |\n|" + "--:|" * (len(KNOWN) + 1))
    for letters in LETTERS:
        shares = (_share(list(_cut(own(sentences, code), letters)), code) for code in KNOWN)
        _say(f"| {letters} | {' | '.join(shares)} |")
    shares = (_share(own(headings, code), code) for code in KNOWN)
    _say(f"| headings | {' | '.join(shares)} |")


def _cut(sentences: list[str], letters: int) -> Iterator[str]:
    """Yield beginnings of sentences, whole words with at least so many letters."""
    random.Random(2017).shuffle(sentences)
    count = 0
    for sentence in sentences:
        taken: list[str] = []
        for word in sentence.split():
            taken.append(word)
            if sum(map(str.isalpha, "".join(taken))) >= letters:
                yield " ".join(taken)
                count += 1
                break
        if count == SENTENCES:
            return


def _share(texts: list[str], code: str) -> str:
    return _percent(sum(language_of(text, KNOWN) == code for text in texts), len(texts))


def _percent(part: int, whole: int) -> str:
    return f"{part / whole * 100:.1f} %" if whole else "–"


def rows_of(path: Path) -> Iterator[dict[str, str]]:
    """Yield the rows of a CSV file with a header."""
    with path.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    sys.exit(main())
