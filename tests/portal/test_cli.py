"""The commands as processes of their own, as people call them."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import time
import urllib.request
from pathlib import Path
from typing import Any

import psutil
import pytest

from bench.command import PROJECT, Finished, command, environment, portal

OUTCOME_KEYS = {"path", "status", "document", "pages", "characters", "language", "languages", "error"}
HIT_KEYS = {
    "document",
    "title",
    "score",
    "match",
    "state",
    "access",
    "language",
    "languages",
    "conference",
    "panel",
    "path",
    "files",
    "pages",
    "reasons",
    "missing",
    "uncertain",
}
TEXT = "Die Fernwärme der Städtepartnerschaft versorgt Krasnodar und seine Partner zuverlässig. " * 8


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive with one published and one held file."""
    folder = tmp_path_factory.mktemp("cli")
    (folder / "in/2017 Krasnodar/Panel 1").mkdir(parents=True)
    (folder / "in/2017 Krasnodar/Panel 1/Vortrag.txt").write_text(TEXT, encoding="utf-8")
    (folder / "in/2017 Krasnodar/Panel 1/kaputt.pdf").write_bytes(b"%PDF-1.4 kaputt")
    (folder / "in/2017 Krasnodar/Thumbs.db").write_bytes(b"x")
    return folder / "home"


@pytest.fixture(scope="module")
def ingested(home: Path) -> Finished:
    return portal(home, "ingest", str(home.parent / "in"), "--json")


def test_ingest_prints_one_object_a_file_and_says_that_some_are_held(ingested: Finished) -> None:
    assert ingested.code == 1
    found = {str(outcome["path"]): outcome for outcome in ingested.objects}
    assert all(set(outcome) == OUTCOME_KEYS for outcome in ingested.objects)
    assert {path: outcome["status"] for path, outcome in found.items()} == {
        "2017 Krasnodar/Panel 1/Vortrag.txt": "deposited",
        "2017 Krasnodar/Panel 1/kaputt.pdf": "held",
        "2017 Krasnodar/Thumbs.db": "skipped",
    }
    assert found["2017 Krasnodar/Panel 1/Vortrag.txt"]["language"] == "de"
    assert found["2017 Krasnodar/Panel 1/kaputt.pdf"]["error"]
    assert "3 files in" in ingested.errors


def test_search_prints_one_object(home: Path, ingested: Finished) -> None:
    done = portal(
        home, "search", "Partnerschaft", "--language", "de", "--conference", "2017-krasnodar", "--json"
    )
    assert done.code == 0
    (answer,) = done.objects
    assert set(answer) >= {"total", "took_ms", "hits", "facets", "expanded", "message"}
    assert answer["total"] == 1
    (hit,) = answer["hits"]  # type: ignore[misc]
    assert set(hit) == HIT_KEYS
    assert hit["path"] == "2017 Krasnodar/Panel 1/Vortrag.txt"
    assert hit["panel"] == "2017-krasnodar/panel-1"
    assert {"number", "snippet", "score"} <= set(hit["pages"][0])


@pytest.mark.parametrize(
    "query", ["", "(((", '"', "a AND", "NOT OR x", "*", "x" * 5000, "Ω\u202e'; DROP TABLE"]
)
def test_no_query_fails(home: Path, ingested: Finished, query: str) -> None:
    assert portal(home, "search", query, "--json").code == 0


def test_suggest_completes_what_is_typed(home: Path, ingested: Finished) -> None:
    (found,) = portal(home, "suggest", "2017 kras", "--json").objects
    assert found == {"suggestions": [{"text": "2017 Krasnodar", "kind": "conference"}]}
    done = subprocess.run(
        command("suggest", "2017 kras"), env=environment(home), cwd=PROJECT, capture_output=True, check=True
    )
    assert done.stdout.decode() == "conference  2017 Krasnodar\n"
    assert portal(home, "suggest", "kras", "--limit", "0", "--json").objects == ({"suggestions": []},)


def test_search_for_people(home: Path, ingested: Finished) -> None:
    done = subprocess.run(
        command("search", "Fernwärme"), env=environment(home), cwd=PROJECT, capture_output=True, check=True
    )
    assert "1 documents" in done.stdout.decode()
    assert "Fernwärme der Städtepartnerschaft" in done.stdout.decode()


def test_search_explains_when_it_is_asked_to(home: Path, ingested: Finished) -> None:
    done = subprocess.run(
        command(
            "search",
            "Partner Quanten",
            "--explain",
            "--no-translation",
            "--no-names",
            "--without",
            "…partner",
        ),
        env=environment(home),
        cwd=PROJECT,
        capture_output=True,
        check=True,
    )
    lines = done.stdout.decode().splitlines()
    assert "in no document: Quanten" in lines
    assert "asked: Partner Quanten" in lines
    assert "parsed:" in lines
    assert "without: …partner" in lines
    assert any(line.startswith("    1.00  typed            Partner") for line in lines)
    assert any(line.startswith("  score ") and "Partner " in line for line in lines)
    assert "  missing: Quanten" in lines
    assert any(line.startswith("    Partner: Partner (typed, 1.00, text") for line in lines)
    others = [line for line in lines if not line.startswith("without")]
    assert not any("…partner" in line or "translation" in line for line in others)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("ingest", "/no/such/folder"), "/no/such/folder"),
        (("ingest", __file__), "--conference"),
        (("ingest", __file__, "--panel", "x"), "--panel needs --conference"),
        (("ingest",), "PATH"),
        (("nonsense",), "nonsense"),
    ],
)
def test_wrong_usage_is_explained(tmp_path: Path, arguments: tuple[str, ...], says: str) -> None:
    done = portal(tmp_path / "home", *arguments)
    assert done.code == 2
    assert says in done.errors


def test_wrong_conference_file_stops_before_anything_is_kept(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in/a.txt").write_text(TEXT)
    (tmp_path / "in/conference.yaml").write_text("titel: X\n")
    done = portal(tmp_path / "home", "ingest", str(tmp_path / "in"), "--json")
    assert (done.code, done.objects) == (2, ())
    assert "conference.yaml, line 1" in done.errors


def test_wrong_setting_is_explained(tmp_path: Path) -> None:
    done = subprocess.run(
        command("verify"),
        env={**environment(tmp_path), "ARCHIVE_NOTES": "everyone"},
        cwd=PROJECT,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 2
    assert "ARCHIVE_NOTES='everyone'" in done.stderr.decode()


def test_verify_tells_a_damaged_archive_from_a_whole_one(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in/a.txt").write_text(TEXT)
    home = tmp_path / "home"
    portal(home, "ingest", str(tmp_path / "in"), "--conference", "c")
    assert portal(home, "verify").code == 0
    original = next(path for path in (home / "storage").rglob("*.txt") if path.read_text() == TEXT)
    original.write_text(TEXT.replace("Krasnodar", "Krasnodan"))
    done = subprocess.run(
        command("verify"), env=environment(home), cwd=PROJECT, capture_output=True, check=False
    )
    assert done.returncode == 3
    assert original.name in done.stdout.decode()


def test_samples_go_in_once_and_out_again(tmp_path: Path) -> None:
    home = tmp_path / "home"
    assert portal(home, "samples").code == 0
    (found,) = portal(home, "search", "Energieeffizienz", "--json").objects
    assert int(str(found["total"])) >= 5
    assert portal(home, "samples").errors == ""
    assert portal(home, "samples", "--remove").code == 0
    (found,) = portal(home, "search", "Energieeffizienz", "--json").objects
    assert found["total"] == 0
    assert portal(home, "verify").code == 0


def test_removing_the_samples_leaves_what_is_no_example(tmp_path: Path) -> None:
    home = tmp_path / "home"
    (tmp_path / "in").mkdir()
    (tmp_path / "in/own.txt").write_text(TEXT, encoding="utf-8")
    portal(home, "samples")
    portal(home, "ingest", str(tmp_path / "in"), "--conference", "2017-krasnodar")
    assert portal(home, "samples", "--remove").code == 0
    (found,) = portal(home, "search", "", "--json").objects
    assert [hit["path"] for hit in found["hits"]] == ["own.txt"]  # type: ignore[index, union-attr]
    assert portal(home, "verify").code == 0


def test_samples_can_be_left_out(tmp_path: Path) -> None:
    settings = {**environment(tmp_path / "home"), "ARCHIVE_SAMPLES": "no"}
    subprocess.run(command("samples"), env=settings, cwd=PROJECT, check=True)
    (found,) = portal(tmp_path / "home", "search", "", "--json").objects
    assert found["total"] == 0


def test_serve_answers_and_ends_on_sigterm(home: Path, ingested: Finished) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with subprocess.Popen(
        command("serve", "--port", str(port)),
        env=environment(home),
        cwd=PROJECT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as server:
        try:
            assert server.stdout is not None
            assert f"http://localhost:{port}" in server.stdout.readline().decode()
            assert _get(f"http://127.0.0.1:{port}/health")["status"] == "ok"
            answer = _get(f"http://127.0.0.1:{port}/api/v1/search?q=Partnerschaft")
            assert answer["total"] == 1
            (file,) = _get(f"http://127.0.0.1:{port}/api/v1/documents/{answer['hits'][0]['document']}")[
                "files"
            ]
            with urllib.request.urlopen(f"http://127.0.0.1:{port}{file['url']}") as response:
                assert response.read().decode() == TEXT
            workers = psutil.Process(server.pid).children()
        finally:
            os.kill(server.pid, signal.SIGTERM)
        assert server.wait(timeout=60) == 0
        assert workers
        assert psutil.wait_procs(workers, timeout=30)[1] == []


def _get(url: str, seconds: float = 60) -> dict[str, Any]:
    deadline = time.monotonic() + seconds
    while True:
        try:
            with urllib.request.urlopen(url) as response:
                answer: dict[str, Any] = json.load(response)
                return answer
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)
