"""The reader process: takes one job after the other from its standard input, answers on its standard output.

It handles files that may be hostile, so it has no settings, no environment, writes no files to speak of, and
ends with the process that started it. Run by `ingest.readers` as `python -m ingest.reader_main`.
"""

from __future__ import annotations

import base64
import ctypes
import logging
import os
import resource
import signal
import sys
import tempfile
import time
import warnings
from pathlib import Path

from archive.records import Json
from ingest import frames, wire
from ingest.extraction import DamagedError, ExtractionError, ReaderError
from ingest.extractors import extract
from ingest.language import languages_of
from ingest.passport import Passport
from ingest.pictures import draw_page
from ingest.reading import Reading, error_to_json

_PR_SET_PDEATHSIG = 1
_MAX_WRITTEN_BYTES = 16 * 1024 * 1024
_PROCESSOR_SPARE_SECONDS = 10


def main() -> None:
    """Answer jobs until the standard input ends."""
    jobs = sys.stdin.buffer
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    logging.disable()
    warnings.simplefilter("ignore")
    started = frames.receive(jobs)
    if started is None:
        return
    _confine(started)
    answer: Json | None = {"ready": True}
    while answer is not None:
        answers.write(frames.pack(answer))
        answers.flush()
        job = frames.receive(jobs)
        answer = None if job is None else _answer(job)


def _confine(started: Json) -> None:
    """Bind the life of this process to its parent's, and its means to what reading a file may take."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != wire.integer(started, "parent"):
        sys.exit()
    memory_bytes = wire.integer(started, "address_space_bytes")
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    tempfile.tempdir = wire.text(started, "folder")
    resource.setrlimit(resource.RLIMIT_FSIZE, (_MAX_WRITTEN_BYTES, _MAX_WRITTEN_BYTES))


def _answer(job: Json) -> Json:
    """Do one job; whatever goes wrong is an answer too, as far as this process lives to give it."""
    _allow_processor_seconds(wire.number(job, "timeout_seconds"))
    path = Path(wire.text(job, "path"))
    try:
        if wire.text(job, "task") == "draw":
            picture = draw_page(path, wire.integer(job, "page"), wire.integer(job, "width"))
            return {"picture": base64.b64encode(picture).decode("ascii")}
        return _read(path, job).to_json()
    except ExtractionError as exc:
        return error_to_json(exc)
    except MemoryError:
        return error_to_json(ReaderError("Reading took too much memory and was stopped."))
    except OSError as exc:
        return error_to_json(ReaderError(f"The file could not be opened: {exc.strerror}."))
    except Exception as exc:  # libraries raise anything on hostile files; here it is told as what it means
        return error_to_json(DamagedError(f"{DamagedError()} ({type(exc).__name__})"))


def _read(path: Path, job: Json) -> Reading:
    started_at = time.perf_counter()
    media_type = wire.text(job, "media_type")
    extraction = extract(path, media_type, wire.text(job, "pdf_reader"))
    languages = languages_of(
        [page.text or page.notes for page in extraction.pages], wire.texts(job, "languages")
    )
    seconds = time.perf_counter() - started_at
    passport = Passport.of(extraction, media_type, seconds, languages.shares)
    return Reading(extraction, languages.pages, languages.document, passport)


def _allow_processor_seconds(timeout_seconds: float) -> None:
    """Move the limit on processor time, which counts from the start of the process, past this job."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    limit = int(used.ru_utime + used.ru_stime + timeout_seconds + _PROCESSOR_SPARE_SECONDS)
    resource.setrlimit(resource.RLIMIT_CPU, (limit, resource.RLIM_INFINITY))


if __name__ == "__main__":
    main()
