from __future__ import annotations

import os
import subprocess
import sys
import textwrap
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from ingest import readers
from ingest.extraction import DamagedError, EmptyError, ExtractionError, ReaderError, UnsupportedError
from ingest.readers import ReaderPool, Reading, StartError

LANGUAGES = ("de", "ru", "en")
MEMORY_BYTES = 300 * 1024 * 1024
HOSTILE = (str(Path(__file__).with_name("hostile_reader.py")),)
ROOT = Path(readers.__file__).resolve().parent.parent

Write = Callable[[str], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def write(content: str) -> Path:
        path = tmp_path / f"{len(list(tmp_path.iterdir()))}.txt"
        path.write_text(content, encoding="utf-8")
        return path

    return write


@pytest.fixture(scope="module")
def pool() -> Iterator[ReaderPool]:
    with ReaderPool(1, 60, MEMORY_BYTES, LANGUAGES) as pool:
        yield pool


@pytest.fixture
def hostile() -> Iterator[ReaderPool]:
    with ReaderPool(1, 2, MEMORY_BYTES, LANGUAGES, program=HOSTILE) as pool:
        yield pool


def text_of(pool: ReaderPool, path: Path) -> str:
    return pool.read(path, "text/plain").extraction.pages[0].text


def test_read_gives_text_languages_and_passport(pool: ReaderPool, write: Write) -> None:
    reading = pool.read(write("Die Städte besprechen die Energieeffizienz von Gebäuden."), "text/plain")
    assert reading.extraction.pages[0].text == "Die Städte besprechen die Energieeffizienz von Gebäuden."
    assert reading.page_languages == (("de",),)
    assert reading.languages == ("de",)
    assert reading.passport.languages == {"de": 1.0}
    assert (reading.passport.pages, reading.passport.light) == (1, "green")


def test_path_may_have_any_characters(pool: ReaderPool, tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode("Привет, Städte \udcff.txt".encode("utf-8", "surrogateescape"))
    path.write_bytes(b"content")
    assert text_of(pool, path) == "content"


def test_relative_path_is_read_from_the_caller_s_folder(
    pool: ReaderPool, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write("here")
    monkeypatch.chdir(path.parent)
    assert text_of(pool, Path(path.name)) == "here"


def test_errors_of_extractors_keep_their_kind(pool: ReaderPool, write: Write) -> None:
    with pytest.raises(EmptyError, match="no content"):
        pool.read(write(""), "application/pdf")
    with pytest.raises(DamagedError):
        pool.read(write("%PDF-1.7 and nothing else"), "application/pdf")
    with pytest.raises(UnsupportedError, match="Save it as PDF"):
        pool.read(write("x"), "application/x-unheard-of")


def test_missing_file_is_an_error_of_that_file(pool: ReaderPool, tmp_path: Path) -> None:
    with pytest.raises(ReaderError, match="could not be opened"):
        pool.read(tmp_path / "missing.txt", "text/plain")


@pytest.mark.parametrize(
    ("deed", "message"),
    [
        ("stall", "longer than 2 seconds"),
        ("spin", "longer than 2 seconds"),
        ("die", "SIGSEGV"),
        ("leave", "exit 3"),
        ("grow", "MB|memory"),
        ("reserve", "memory"),
        ("flood", "more text than is read|no sensible answer"),
    ],
)
def test_hostile_file_costs_only_itself(hostile: ReaderPool, write: Write, deed: str, message: str) -> None:
    with pytest.raises(ReaderError, match=message):
        hostile.read(write(deed), "text/plain")
    assert text_of(hostile, write("fine")) == "fine"


@pytest.mark.parametrize("deed", ["raise", "recurse"])
def test_what_a_library_raises_means_damage(hostile: ReaderPool, write: Write, deed: str) -> None:
    before = text_of(hostile, write("pid"))
    with pytest.raises(DamagedError, match="save it anew"):
        hostile.read(write(deed), "text/plain")
    assert text_of(hostile, write("pid")) == before


def test_what_a_library_prints_is_no_answer(hostile: ReaderPool, write: Write) -> None:
    assert text_of(hostile, write("babble\nthe answer")) == "the answer"


def test_reader_sees_no_environment(
    hostile: ReaderPool, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ARCHIVE_SECRET", "hidden")
    seen = set(text_of(hostile, write("look")).split())
    assert seen <= {"LC_CTYPE"}


def test_what_a_reader_wrote_goes_with_it(hostile: ReaderPool, write: Write) -> None:
    folder = Path(hostile.read(write("place"), "text/plain").extraction.pages[0].text)
    assert folder.is_dir()
    with pytest.raises(ReaderError, match="did not survive"):
        hostile.read(write("litter"), "text/plain")
    assert not folder.exists()


def test_reader_killed_while_idle_is_replaced(hostile: ReaderPool, write: Write) -> None:
    first = int(text_of(hostile, write("pid")))
    process = psutil.Process(first)
    process.kill()
    process.wait(10)
    assert int(text_of(hostile, write("pid"))) != first


def test_reader_is_replaced_after_its_share_of_files(
    hostile: ReaderPool, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(readers, "FILES_PER_READER", 2)
    pids = [text_of(hostile, write("pid")) for _ in range(4)]
    assert pids[0] == pids[1] != pids[2] == pids[3]


def test_read_all_yields_every_key_once(write: Write) -> None:
    deeds = ["fine", "die", "raise", "stall", *["fine"] * 20]
    jobs = [(number, write(deed), "text/plain") for number, deed in enumerate(deeds)]
    with ReaderPool(2, 2, MEMORY_BYTES, LANGUAGES, program=HOSTILE) as pool:
        outcomes = dict(pool.read_all(jobs))
    assert sorted(outcomes) == list(range(len(deeds)))
    failed = {
        number: type(outcome) for number, outcome in outcomes.items() if isinstance(outcome, ExtractionError)
    }
    assert failed == {1: ReaderError, 2: DamagedError, 3: ReaderError}


def test_read_all_takes_few_jobs_ahead(pool: ReaderPool, write: Write) -> None:
    taken = 0

    def jobs() -> Iterator[tuple[int, Path, str]]:
        nonlocal taken
        for number in range(50):
            taken += 1
            yield number, write("x"), "text/plain"

    results = pool.read_all(jobs())
    next(results)
    assert taken <= 1 + readers.LOOK_AHEAD + 1
    assert sum(1 for _ in results) == 49


def test_read_all_can_be_left_early(write: Write) -> None:
    with ReaderPool(1, 30, MEMORY_BYTES, LANGUAGES) as pool:
        for _ in pool.read_all((number, write("x"), "text/plain") for number in range(10)):
            break
        assert text_of(pool, write("after")) == "after"


def test_threads_share_a_pool(write: Write) -> None:
    paths = [write(f"text {number}") for number in range(6)]
    found: list[Reading] = []
    with ReaderPool(2, 30, MEMORY_BYTES, LANGUAGES) as pool:
        threads = [
            threading.Thread(target=lambda path: found.append(pool.read(path, "text/plain")), args=(path,))
            for path in paths
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert sorted(reading.extraction.pages[0].text for reading in found) == [
        path.read_text(encoding="utf-8") for path in paths
    ]


def test_close_leaves_no_process(write: Write) -> None:
    before = set(psutil.Process().children(recursive=True))
    with ReaderPool(2, 30, MEMORY_BYTES, LANGUAGES) as pool:
        list(pool.read_all((number, write("x"), "text/plain") for number in range(4)))
    assert set(psutil.Process().children(recursive=True)) <= before


def test_readers_started_early_are_those_that_read(write: Write) -> None:
    before = set(psutil.Process().children())
    with ReaderPool(2, 30, MEMORY_BYTES, LANGUAGES) as pool:
        pool.start(5)
        early = set(psutil.Process().children()) - before
        assert len(early) == 2
        pool.start(5)
        assert set(psutil.Process().children()) - before == early
        readings = list(pool.read_all((number, write("Stadt"), "text/plain") for number in range(4)))
        texts = [each.extraction.pages[0].text for _, each in readings if isinstance(each, Reading)]
        assert texts == ["Stadt"] * 4
        assert set(psutil.Process().children()) - before == early


def test_reader_that_cannot_start_says_why(write: Write) -> None:
    path = write("x")
    pool = ReaderPool(1, 30, MEMORY_BYTES, LANGUAGES, program=("-m", "ingest.no_such_module"))
    with pool, pytest.raises(StartError, match="no_such_module"):
        pool.read(path, "text/plain")


@pytest.mark.parametrize("deed", ["pid", "spin"])
def test_readers_end_with_their_parent(write: Write, tmp_path: Path, deed: str) -> None:
    first, second = write("pid"), write(deed)
    script = textwrap.dedent(
        f"""
        from pathlib import Path
        from ingest.readers import ReaderPool
        pool = ReaderPool(1, 3600, {MEMORY_BYTES}, ("de",), program={HOSTILE!r})
        print(pool.read(Path({str(first)!r}), "text/plain").extraction.pages[0].text, flush=True)
        print(pool.read(Path({str(second)!r}), "text/plain").extraction.pages[0].text, flush=True)
        input()
        """
    )
    with subprocess.Popen(
        [sys.executable, "-c", script], cwd=ROOT, stdout=subprocess.PIPE, stdin=subprocess.PIPE, text=True
    ) as parent:
        assert parent.stdout is not None
        reader = psutil.Process(int(parent.stdout.readline()))
        parent.kill()
        parent.wait(10)
    reader.wait(10)
    assert not reader.is_running()
