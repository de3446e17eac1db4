"""How much of what files say is read: PDF beside `pdftotext`, the others beside their own markup.

    python -m bench.reading CORPUS [--losses FOLDER]

CORPUS: the PDF files of its folder `conferences` (of all of it, where there is none such) and the Office and
OpenDocument files of all of it. With --losses, one file for each family of formats names what was not found:
file, part, words and passage. 1 where too little was read.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from bench.support.corpus_reading import Outcomes, files_below, read_files
from bench.support.pdf_text import NOTHING, Likeness, compare, pdftotext
from bench.support.truth import FAMILIES, Measured, measure
from ingest.mediatypes import FORMATS, media_type_of
from ingest.readers import Reading

LEAST_CHARACTERS = 0.98
"""Of the characters of pdftotext in all PDF files."""

LEAST_OF_ONE = 0.8
"""Of the characters of pdftotext in each PDF file whose passport does not say why there are fewer."""

LEAST_WORDS = 0.995
"""Of the words in the markup, for each family of formats."""


def main() -> int:
    """Read, compare, print."""
    parser = argparse.ArgumentParser(prog="python -m bench.reading")
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--losses", type=Path)
    arguments = parser.parse_args()
    corpus: Path = arguments.corpus.resolve()
    conferences = corpus / "conferences"
    pdf_folder = conferences if conferences.is_dir() else corpus
    paths = [
        path
        for path in files_below(corpus)
        if media_type_of(path) in FAMILIES
        or (media_type_of(path) == FORMATS["pdf"] and path.is_relative_to(pdf_folder))
    ]
    outcomes = read_files(paths)
    likenesses = compare_pdfs(outcomes)
    measured = list(measure(outcomes))
    pdf_lines, pdf_poor = _pdf_report(likenesses, outcomes)
    sys.stdout.writelines(f"{line}\n" for line in pdf_lines)
    families = sorted({each.family for each in measured})
    poor = [family for family in families if not _say_family(family, measured)]
    if arguments.losses:
        _write_losses(arguments.losses, corpus, measured, likenesses, outcomes)
    return 1 if poor or pdf_poor else 0


def compare_pdfs(outcomes: Outcomes) -> Mapping[Path, Likeness]:
    """Compare the PDF files that were read, and that pdftotext can read."""
    found = {}
    for path, outcome in sorted(outcomes.items()):
        if isinstance(outcome, Reading) and outcome.passport.media_type == FORMATS["pdf"]:
            theirs = pdftotext(path)
            if theirs is not None:
                found[path] = compare([page.text for page in outcome.extraction.pages], theirs)
    return found


def unexplained(likenesses: Mapping[Path, Likeness], outcomes: Outcomes) -> list[Path]:
    """Name the PDF files with far fewer characters than pdftotext has, whose passport does not say why."""
    return [
        path
        for path, likeness in likenesses.items()
        if likeness.ratio < LEAST_OF_ONE and not _remarks(outcomes[path])
    ]


def _remarks(outcome: object) -> str:
    if not isinstance(outcome, Reading):
        return ""
    ocr = (
        (f"for OCR: pages {', '.join(map(str, outcome.passport.for_ocr))}",)
        if outcome.passport.for_ocr
        else ()
    )
    return " ".join((*outcome.passport.skipped, *outcome.passport.repairs, *ocr))


def _pdf_report(likenesses: Mapping[Path, Likeness], outcomes: Outcomes) -> tuple[Sequence[str], bool]:
    whole = sum(likenesses.values(), NOTHING)
    poor = unexplained(likenesses, outcomes)
    as_they_stand = [each for path, each in likenesses.items() if not _repairs(outcomes[path])]
    rest = len(likenesses) - len(as_they_stand)
    figures = [f"PDF: {len(likenesses)} files, {_figures(whole)}"]
    if rest:
        figures.append(f"  without {rest} whose text was mended: {_figures(sum(as_they_stand, NOTHING))}")
    lines = [f"  under {LEAST_OF_ONE:.0%} without a word in its passport: {path.name}" for path in poor]
    return [*figures, *lines], bool(poor) or (bool(likenesses) and whole.ratio < LEAST_CHARACTERS)


def _repairs(outcome: object) -> Sequence[str]:
    return outcome.passport.repairs if isinstance(outcome, Reading) else ()


def _figures(likeness: Likeness) -> str:
    found = likeness.their_words - likeness.missing.total()
    return (
        f"characters {likeness.characters:,} of {likeness.their_characters:,} ({likeness.ratio:.2%}); "
        f"character error rate {likeness.error_rate:.2%}; words on the same page {found:,} of "
        f"{likeness.their_words:,} ({likeness.recall:.2%})"
    )


def _say_family(family: str, measured: Sequence[Measured]) -> bool:
    """Print the figures of a family; False where too little was found."""
    found = [each.found for each in measured if each.family == family and each.found is not None]
    words, lost = sum(each.words for each in found), sum(each.lost for each in found)
    share = 1 - lost / max(1, words)
    remarks = [each for each in measured if each.family == family and each.remark]
    sys.stdout.write(f"{family}: {len(found)} files, words {words - lost:,} of {words:,} ({share:.2%})\n")
    sys.stdout.writelines(f"  {each.path.name}: {each.remark}\n" for each in remarks)
    inside = [each.embedded for each in measured if each.family == family and each.embedded is not None]
    if inside:
        words, lost = sum(each.words for each in inside), sum(each.lost for each in inside)
        sys.stdout.write(f"  files inside {len(inside)} of them: words {words - lost:,} of {words:,}\n")
    return share >= LEAST_WORDS


def _write_losses(
    folder: Path,
    corpus: Path,
    measured: Sequence[Measured],
    likenesses: Mapping[Path, Likeness],
    outcomes: Outcomes,
) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for family in {each.family for each in measured}:
        lines = []
        for each in measured:
            lost_inside = each.embedded is not None and each.embedded.lost
            if each.family != family or each.found is None or not (each.found.losses or lost_inside):
                continue
            lines.append(f"{each.path.relative_to(corpus)}: {each.found.lost} of {each.found.words} words")
            lines += [
                f"    {loss.passage.part}{f', page {loss.passage.page}' if loss.passage.page else ''}"
                f"{', notes' if loss.passage.in_notes else ''}: "
                f"{' '.join(loss.missing)} — of: {loss.passage.text}"
                for loss in (*each.found.losses, *(each.embedded.losses if each.embedded else ()))
            ]
        name = re.sub(r"\W+", "-", family.lower())
        _write(folder / f"losses-{name}.txt", lines)
    worst = sorted(likenesses.items(), key=lambda each: (each[1].recall, each[1].ratio))
    _write(
        folder / "losses-pdf.txt",
        [
            f"characters {each.ratio:7.2%}, error rate {each.error_rate:7.2%}, words {each.recall:7.2%}: "
            f"{path.relative_to(corpus)} {_remarks(outcomes[path])}\n"
            f"    missing: {_most(each.missing)}\n    instead: {_most(each.added)}"
            for path, each in worst
        ],
    )


def _most(counted: Counter[str]) -> str:
    return ", ".join(f"{word} ({count})" if count > 1 else word for word, count in counted.most_common(20))


def _write(path: Path, lines: Sequence[str]) -> None:
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
