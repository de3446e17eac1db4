"""Two ingestions of the same folder into the same archive at the same moment."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from archive.repository import Archive
from archive.settings import Settings
from bench.command import portal

SAMPLES = Path(__file__).parent.parent.parent / "samples" / "2017-krasnodar"


def test_two_ingestions_at_once_lose_nothing_and_double_nothing(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with ThreadPoolExecutor(2) as processes:
        runs = [processes.submit(portal, home, "ingest", str(SAMPLES), "--json") for _ in range(2)]
        done = [run.result() for run in runs]
    statuses = [Counter(str(outcome["status"]) for outcome in one.objects) for one in done]
    assert all(set(one) <= {"deposited", "unchanged", "held", "skipped"} for one in statuses), done
    files = sum(1 for path in SAMPLES.rglob("*") if path.is_file())
    assert [one.total() for one in statuses] == [files, files]
    archive = Archive.open(Settings.from_env({"ARCHIVE_HOME": str(home)}))
    kept = Counter(
        file.sha512 for document in archive.documents(state=None) for file in document.current.files
    )
    archive.close()
    assert set(kept.values()) == {1}
    assert len(kept) == statuses[0]["deposited"] + statuses[1]["deposited"] + statuses[0]["held"]
    assert portal(home, "verify").code == 0
    assert list((home / "received").iterdir()) == []
