"""`serve` as a process of its own: where it listens and which archive it serves."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import urllib.request
from pathlib import Path

from bench.command import PROJECT, command, environment

TEXT = "Die Fernwärme der Städtepartnerschaft versorgt Krasnodar und seine Partner zuverlässig. " * 8


def test_port_in_use_is_explained_before_anything_begins(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = subprocess.run(
            command("serve", "--port", port),
            env=environment(tmp_path / "home"),
            cwd=PROJECT,
            capture_output=True,
            check=False,
        )
    assert (done.returncode, done.stdout) == (2, b"")
    assert f"port {port} cannot be used" in done.stderr.decode()
    assert not (tmp_path / "home").exists()


def test_serve_from_another_folder_uses_the_same_home(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in/a.txt").write_text(TEXT, encoding="utf-8")
    settings = {**environment(Path("home"))}
    ingest = command("ingest", "in", "--conference", "c")
    subprocess.run(ingest, env=settings, cwd=tmp_path, capture_output=True, check=True)
    with subprocess.Popen(
        command("serve", "--port", "0"),
        env=settings,
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as server:
        try:
            assert server.stdout is not None
            port = server.stdout.readline().decode().strip().rpartition(":")[2]
            with urllib.request.urlopen(
                f"http://127.0.0.1:{port}/api/v1/search?q=Partnerschaft", timeout=60
            ) as response:
                assert json.load(response)["total"] == 1
        finally:
            os.kill(server.pid, signal.SIGTERM)
        assert server.wait(timeout=20) == 0
