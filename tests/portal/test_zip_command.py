"""A zip in on the command line, and its files out by the routes."""

from __future__ import annotations

import asyncio
import subprocess
import unicodedata
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

import httpx2 as httpx
import pytest

from archive.repository import Archive
from archive.settings import Settings
from bench.command import PROJECT, Finished, command, environment, portal
from index.search import Search
from ingest.pictures import PictureCache
from ingest.readers import ReaderPool
from portal.resources import Resources, resources, share
from tests.ingest.zipped import ENCRYPTED, UTF8, Raw, raw_zip, write_zip

if TYPE_CHECKING:
    from tests.portal.conftest import Served

TEXT = "Die Fernwärme der Städtepartnerschaft versorgt Krasnodar und seine Partner zuverlässig. " * 8

NAMES = {
    "Umlaut ä.txt": "Umlaut ä.txt",
    unicodedata.normalize("NFD", "Zerlegt ö.txt"): "Zerlegt ö.txt",
    "Доклад о тепле.txt": "Доклад о тепле.txt",
    "ё" * 130 + ".txt": "ё" * 98 + ".txt",
    "CON": "_CON",
    "aux.txt": "_aux.txt",
    "Punkt am Ende. ": "Punkt am Ende",
    "kein\udcffUTF-8.txt": "kein%ffUTF-8.txt",
    "back\\slash.txt": "back_slash.txt",
    'a:b*c?"<>|.txt': "a_b_c_____.txt",
}
"""Names as they are handed in, and as people download the files."""


def content(number: int) -> bytes:
    return f"Datei {number}: {TEXT}".encode()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("zip")


def ingest(folder: Path, path: Path) -> Finished:
    return portal(folder / f"home-{path.suffix[1:]}", "ingest", str(path), "--json")


def hand_in(folder: Path, as_zip: bool) -> Finished:
    if as_zip:
        names = {name: number for number, name in enumerate(NAMES) if "\\" not in name}
        members = [
            Raw(n.encode("utf-8", "surrogateescape"), content(k), flags=UTF8) for n, k in names.items()
        ]
        (folder / "K.zip").write_bytes(raw_zip(*members, Raw(b"kaputt.txt", crc=1)))
        return ingest(folder, folder / "K.zip")
    (folder / "K").mkdir()
    for number, name in enumerate(NAMES):
        if len(name.encode("utf-8", "surrogateescape")) <= 255:
            (folder / "K" / name).write_bytes(content(number))
    return ingest(folder, folder / "K")


@pytest.mark.parametrize("as_zip", [True, False])
def test_any_name_comes_out_at_the_download(served: Served, folder: Path, as_zip: bool) -> None:
    done = hand_in(folder, as_zip)
    statuses = sorted(str(outcome["status"]) for outcome in done.objects)
    deposited = len(NAMES) - 1
    assert statuses == ["deposited"] * deposited + (["failed", "skipped"] if as_zip else [])
    assert done.code == (1 if as_zip else 0)
    with serving(folder / f"home-{'zip' if as_zip else ''}") as archive:
        found = {each.current.files[0].path: each for each in archive.documents()}
        for number, (name, shown) in enumerate(NAMES.items()):
            path = name.replace("\\", "\\\\").replace("\udcff", "\\xff")
            if path not in found:
                continue
            file = found[path].current.files[0]
            answer = get(served, f"/files/{found[path].id}/1/{quote(file.name)}")
            assert (answer.status_code, answer.content) == (200, content(number))
            given = answer.headers["content-disposition"].partition("filename*=UTF-8''")[2]
            assert unquote(given) == shown


def get(served: Served, address: str) -> httpx.Response:
    """Ask as a server does, which decodes the address once; the test client does it twice."""

    async def ask() -> httpx.Response:
        transport = httpx.ASGITransport(app=served.client.app)
        async with httpx.AsyncClient(transport=transport, base_url="http://testserver") as client:
            return await client.get(address)

    with ThreadPoolExecutor(1) as thread:  # the main one may have a loop of its own by now
        return thread.submit(lambda: asyncio.run(ask())).result()


@contextmanager
def serving(home: Path) -> Iterator[Archive]:
    """Have the routes serve another archive for a while."""
    settings = Settings.from_env({"ARCHIVE_HOME": str(home), "ARCHIVE_READERS": "1"})
    before, archive = resources(), Archive.open(settings)
    with ReaderPool(1, 60, 1 << 30, ("de",)) as pool:
        share(Resources(settings, archive, Search(archive), PictureCache(home / "pictures", pool)))
        try:
            yield archive
        finally:
            share(before)
            archive.close()


def test_a_zip_with_a_password_needs_a_conference_and_is_held(folder: Path) -> None:
    path = folder / "geheim.zip"
    path.write_bytes(raw_zip(Raw(b"a.txt", flags=ENCRYPTED)))
    refused = portal(folder / "home", "ingest", str(path))
    assert refused.code == 2
    assert "--conference" in refused.errors
    assert "password" in refused.errors
    held = portal(folder / "home", "ingest", str(path), "--conference", "k", "--json")
    (outcome,) = held.objects
    assert (held.code, outcome["path"], outcome["status"]) == (1, "geheim.zip", "held")
    assert "password" in str(outcome["error"])


@pytest.mark.timeout(300)
def test_a_killed_ingest_of_a_zip_goes_on_and_doubles_nothing(folder: Path) -> None:
    home, path = folder / "home-killed", folder / "Gross.zip"
    files = {f"Panel {number % 3}/{number}.txt": content(number) for number in range(60)}
    write_zip(path, {f"Gross/{name}": data for name, data in files.items()})
    for seconds in (2.0, 2.5, 3.0):
        with subprocess.Popen(command("ingest", str(path)), cwd=PROJECT, env=environment(home)) as process:
            try:
                process.wait(seconds)
            except subprocess.TimeoutExpired:
                process.kill()
    done = portal(home, "ingest", str(path), "--json")
    assert {outcome["status"] for outcome in done.objects} <= {"deposited", "unchanged", "skipped"}
    archive = Archive.open(Settings.from_env({"ARCHIVE_HOME": str(home)}))
    assert sorted(each.current.files[0].path for each in archive.documents()) == sorted(files)
    archive.close()
    assert not list((home / "unpacked").iterdir())
    again = portal(home, "ingest", str(path), "--json")
    assert Counter(str(outcome["status"]) for outcome in again.objects) == {"unchanged": 60, "skipped": 1}
