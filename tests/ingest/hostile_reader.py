"""A reader process whose text files do what hostile files do: the first line of the file says what."""

from __future__ import annotations

import os
import signal
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from ingest.extraction import Extraction, PageText
from ingest.extractors import EXTRACTORS
from ingest.reader_main import main


def extract(path: Path) -> Extraction:
    deed, _, rest = path.read_text(encoding="utf-8").partition("\n")
    if deed == "stall":
        time.sleep(3600)
    elif deed == "spin":
        while True:
            pass
    elif deed == "die":
        os.kill(os.getpid(), signal.SIGSEGV)
    elif deed == "leave":
        os._exit(3)
    elif deed == "grow":
        hoard = []
        while True:
            hoard.append(bytearray(b"x") * (8 << 20))
    elif deed == "reserve":
        bytearray(1 << 45)
    elif deed == "raise":
        raise LookupError("as libraries do")
    elif deed == "recurse":
        return extract(path)
    elif deed == "flood":
        os.write(3, b"\xff" * 4096)
    elif deed == "babble":
        sys.stdout.write("This is no answer.")
        sys.stdout.flush()
    elif deed == "look":
        rest = " ".join(sorted(os.environ))
    elif deed == "litter":
        with tempfile.NamedTemporaryFile(delete=False) as litter:
            litter.write(b"x")
        os.kill(os.getpid(), signal.SIGKILL)
    elif deed == "place":
        rest = tempfile.gettempdir()
    elif deed == "pid":
        rest = str(os.getpid())
    return Extraction((PageText(1, rest or deed),))


if __name__ == "__main__":
    EXTRACTORS["text/plain"] = "__main__:extract"
    main()
