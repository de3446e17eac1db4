"""Take the pictures of docs/ from a running portal: python -m tools.pictures [LANGUAGE] [FOLDER]

Needs Chromium and the virtual environment of the tests. The portal runs on a home folder of its own that is
made for this and removed again; what is in it comes from samples/. Without arguments: the pictures of
docs/images, in English, but for the search pages, which README.md and docs/query-syntax.md show in German.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from bench.command import PROJECT, portal
from tools.pictures.camera import CHROMIUM, Camera, browser_window
from tools.pictures.office import TITLES, Afternoon
from tools.pictures.serving import served

IMAGES = PROJECT / "docs" / "images"


def main(arguments: list[str]) -> int:
    """Take all pictures; 2 if there is no browser, or no such language."""
    if not CHROMIUM:
        sys.stderr.write("Chromium is missing. On Debian: apt-get install chromium\n")
        return 2
    language = arguments[0] if arguments else "en"
    if language not in TITLES:
        sys.stderr.write(f"There are no pages in {language}. Write one of: {', '.join(TITLES)}\n")
        return 2
    images = Path(arguments[1]) if len(arguments) > 1 else IMAGES
    (images / "staff").mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place:
        _search(Path(place) / "reading-room", images)
        _staff(Path(place) / "office", images / "staff", language)
    return 0


def _search(home: Path, folder: Path) -> None:
    portal(home, "samples")
    portal(home, "learn")
    with served(home) as url, browser_window("de-DE") as page:
        camera = Camera(page, url, folder)
        camera.open("/", q="Energieeffizienz", language="de")
        camera.take("search")
        camera.open("/", q="Trinkwasser Rohre", language="ru")
        page.locator(".why summary").first.click()
        camera.take("translation")


def _staff(home: Path, folder: Path, language: str) -> None:
    with served(home) as url, browser_window(language) as page:
        Afternoon(Camera(page, url, folder), home, language).walk()


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
