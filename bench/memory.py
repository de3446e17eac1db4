"""Memory (RSS) of portal, worker and readers: at rest, while files come in, and with two giants.

    python -m bench.memory FOLDER

`python -m portal serve` watches a folder; into it come all files of FOLDER, then a PDF of 2,000 pages, then a
presentation with 300 MB of pictures, both made here. Each column has the most that a process of its kind had
in that time; of readers, the largest one.
"""

from __future__ import annotations

import io
import os
import shutil
import struct
import sys
import tempfile
import threading
import time
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path

import psutil
from pptx import Presentation
from pptx.util import Inches
from reportlab.pdfgen.canvas import Canvas

from bench.command import portal
from bench.support.resident import forget_peak, peak_bytes, resident_bytes
from bench.support.serving import serving

REST_SECONDS = 30
PDF_PAGES = 2000
PICTURES = 100
PICTURE_PIXELS = 1024

_LOOK_SECONDS = 0.05
_KINDS = ("portal", "worker", "reader")
_LINE = "Die Städte sparen Energie mit Fernwärme und Gebäudesanierung, Blatt {page}, Zeile {line}."


def main() -> int:
    """Serve, hand in, print a table; 1 if a file did not come in."""
    folder = Path(sys.argv[1]).resolve()
    with tempfile.TemporaryDirectory() as work:
        home, watched = Path(work, "home"), Path(work, "watched")
        watched.mkdir()
        settings = {"ARCHIVE_WATCH": str(watched), "ARCHIVE_WATCH_QUIET_SECONDS": "1"}
        sys.stdout.write("| | portal | worker | largest reader | readers | s |\n|---|---|---|---|---|---|\n")
        with serving(home, settings) as (_, process):
            watch = _Watch(process)
            _phase(watch, "at rest", lambda: time.sleep(REST_SECONDS))
            _phase(
                watch,
                f"{folder.name} comes in",
                lambda: _hand_in(home, watched, lambda to: _copy(folder, to)),
            )
            _phase(watch, "at rest", lambda: time.sleep(REST_SECONDS))
            _phase(watch, f"a PDF of {PDF_PAGES:,} pages", lambda: _hand_in(home, watched, _long_pdf))
            _phase(watch, "a PPTX with 300 MB of pictures", lambda: _hand_in(home, watched, _large_deck))
            _phase(watch, "at rest", lambda: time.sleep(REST_SECONDS))
            watch.end()
        failed = list((watched / "failed").rglob("*")) if (watched / "failed").is_dir() else []
    sys.stdout.writelines(f"not taken: {path.name}\n" for path in failed)
    return 1 if failed else 0


class _Watch:
    """Looks at a portal and what it started until it is ended."""

    def __init__(self, process: int) -> None:
        self._portal = psutil.Process(process)
        self._peaks: dict[str, int] = defaultdict(int)
        self._readers = 0
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._look)
        self._thread.start()

    def begin(self) -> None:
        """Forget what was seen before."""
        for process, _ in self._processes():
            forget_peak(process)
        self._peaks.clear()
        self._readers = 0

    def seen(self) -> tuple[Mapping[str, int], int]:
        """Return the most memory of each kind since `begin`, and of how many readers at once."""
        return dict(self._peaks), self._readers

    def end(self) -> None:
        """Look no more."""
        self._ended.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._ended.wait(_LOOK_SECONDS):
            processes = list(self._processes())
            for process, kind in processes:
                self._peaks[kind] = max(self._peaks[kind], peak_bytes(process))
            self._readers = max(self._readers, sum(kind == "reader" for _, kind in processes))

    def _processes(self) -> Iterator[tuple[int, str]]:
        yield self._portal.pid, "portal"
        with suppress(psutil.Error):
            for child in self._portal.children(recursive=True):
                with suppress(psutil.Error):
                    line = child.cmdline()
                    if resident_bytes(child.pid):
                        yield child.pid, "reader" if "ingest.reader_main" in line else "worker"


def _phase(watch: _Watch, name: str, what: Callable[[], None]) -> None:
    watch.begin()
    began = time.monotonic()
    what()
    seconds = time.monotonic() - began
    peaks, readers = watch.seen()
    memory = " | ".join(f"{peaks.get(kind, 0) / 1e6:.0f} MB" for kind in _KINDS)
    sys.stdout.write(f"| {name} | {memory} | {readers} | {seconds:.0f} |\n")
    sys.stdout.flush()


def _hand_in(home: Path, watched: Path, make: Callable[[Path], None]) -> None:
    """Make files beside the watched folder, move them in, wait until they are drafts."""
    with tempfile.TemporaryDirectory(dir=watched.parent) as made:
        make(Path(made))
        for each in Path(made).iterdir():
            each.rename(watched / each.name)
    while _waits(home, watched):
        time.sleep(1)


def _waits(home: Path, watched: Path) -> bool:
    for folder in watched.iterdir():
        if folder.name not in ("done", "failed") and any(path.is_file() for path in folder.rglob("*")):
            return True
    (status,) = portal(home, "status", "--json").objects
    queue = status["queue"]
    assert isinstance(queue, dict)
    return bool(queue["waiting"] or queue["reading"])


def _copy(folder: Path, to: Path) -> None:
    shutil.copytree(folder, to, dirs_exist_ok=True)


def _long_pdf(to: Path) -> None:
    (to / "lang").mkdir()
    canvas = Canvas(str(to / "lang" / f"{PDF_PAGES} Seiten.pdf"))
    for page in range(1, PDF_PAGES + 1):
        for line in range(50):
            canvas.drawString(60, 800 - 15 * line, _LINE.format(page=page, line=line))
        canvas.showPage()
    canvas.save()


def _large_deck(to: Path) -> None:
    (to / "schwer").mkdir()
    deck = Presentation()
    for number in range(PICTURES):
        slide = deck.slides.add_slide(deck.slide_layouts[5])
        slide.shapes.title.text = f"Bild {number}"
        slide.shapes.add_picture(io.BytesIO(_noise()), Inches(1), Inches(2), Inches(4))
    deck.save(str(to / "schwer" / "300 MB.pptx"))


def _noise() -> bytes:
    """Return a PNG of 3 MB that cannot be made smaller."""
    size = PICTURE_PIXELS
    rows = b"".join(b"\0" + os.urandom(3 * size) for _ in range(size))
    header = struct.pack(">IIBBBBB", size, size, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows, 0)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
        for kind, content in chunks
    )


if __name__ == "__main__":
    sys.exit(main())
