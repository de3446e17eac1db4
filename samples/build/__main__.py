"""Build `samples/2017-krasnodar/` from `samples/source/`: `python -m samples.build`.

With `--only NAME...` it builds the named sources alone, into the folder given with `--into`.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import unicodedata
from pathlib import Path

from samples.build.conference import write_conference
from samples.build.conversion import convert
from samples.build.decks import write_deck
from samples.build.documents import write_document
from samples.build.packages import truncate
from samples.build.source import OFFICE_FORMATS, Source, load

SAMPLES = Path(__file__).resolve().parent.parent
SOURCES = SAMPLES / "source"
TARGET = SAMPLES / "2017-krasnodar"

NOT_A_WORK = ("conference.yaml", "documents.yaml")
"""Files among the sources that are no deck and no document."""

DAMAGED = ("strassenbeleuchtung.de", "energieeffizienz/beschädigt - Entwurf Beleuchtung.pptx", 0.3)
"""The source that is cut off, the name of what is left, and how much of it."""


def main(arguments: list[str] | None = None) -> int:
    """Build the samples and say what was written."""
    parser = argparse.ArgumentParser(prog="python -m samples.build", description=main.__doc__)
    parser.add_argument(
        "--only", nargs="*", default=[], metavar="NAME", help="names of sources, without .yaml"
    )
    parser.add_argument("--into", type=Path, default=TARGET, help="folder to build into")
    options = parser.parse_args(arguments)
    sources = [load(path) for path in sorted(SOURCES.glob("*.yaml")) if path.name not in NOT_A_WORK]
    if options.only:
        build([source for source in sources if source.name in options.only], options.into)
    else:
        shutil.rmtree(options.into, ignore_errors=True)
        options.into.mkdir(parents=True)
        build(sources, options.into)
        write_damaged(next(source for source in sources if source.name == DAMAGED[0]), options.into)
        for plain in sorted(SOURCES.glob("*/*.txt")):
            place(plain, options.into / plain.relative_to(SOURCES))
        write_conference(SOURCES, sources, options.into / "conference.yaml")
    written = [path for path in options.into.rglob("*") if path.is_file()]
    sys.stdout.write(f"{len(written)} files, {sum(path.stat().st_size for path in written):,} bytes\n")
    return 0


def build(sources: list[Source], target: Path) -> None:
    """Write every source in all its formats."""
    with tempfile.TemporaryDirectory() as name:
        workshop = Path(name)
        originals = {source.name: write_office(source, workshop) for source in sources}
        for suffix in ("pdf", "odp", "odt"):
            asked = [source for source in sources if any(path.endswith(suffix) for path in source.paths)]
            convert([originals[source.name] for source in asked], suffix, workshop)
        for source in sources:
            for path in source.paths:
                made = originals[source.name].with_suffix(Path(path).suffix)
                named = unicodedata.normalize("NFD" if source.decomposed else "NFC", path)
                place(made, target / named)


def write_office(source: Source, folder: Path) -> Path:
    """Write a source in the Office format it is born in."""
    office = folder / f"{source.name.replace('.', '-')}.{OFFICE_FORMATS[source.body_kind]}"
    (write_deck if source.body_kind == "slides" else write_document)(source, office)
    return office


def write_damaged(source: Source, target: Path) -> None:
    """Write a deck and cut it off: every real folder holds one such file."""
    with tempfile.TemporaryDirectory() as name:
        office = write_office(source, Path(name))
        truncate(office, DAMAGED[2])
        place(office, target / unicodedata.normalize("NFC", DAMAGED[1]))


def place(made: Path, path: Path) -> None:
    """Copy a file to its place, with its folder."""
    path.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(made, path)


if __name__ == "__main__":
    sys.exit(main())
