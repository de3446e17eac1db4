"""A catalogue that is older than what lies beside it, as after a restore from a backup."""

from __future__ import annotations

import shutil
from contextlib import closing
from pathlib import Path

from sqlalchemy import select

from archive.model import State
from archive.repository import Archive
from archive.settings import Settings
from archive.tables import intake
from bench.command import portal
from ingest.accession import Accession
from ingest.candidate import Candidate, Description
from ingest.conferences import conference_of
from ingest.intake import Intake, Ticket
from ingest.queue import LOST, Queue
from ingest.received_checks import received_findings

TEXT = "Die Fernwärme der Städtepartnerschaft versorgt Krasnodar zuverlässig. " * 20


def entries(archive: Archive) -> list[tuple[str, str, str | None, str]]:
    with archive.catalogue.engine.connect() as connection:
        rows = connection.execute(select(intake).order_by(intake.c.path)).all()
    return [(row.path, row.status, row.document, row.error) for row in rows]


def test_what_waited_and_is_in_the_storage_root_by_now_is_no_loss(tmp_path: Path) -> None:
    home = tmp_path / "home"
    settings = Settings.from_env({"ARCHIVE_HOME": str(home)})
    with closing(Archive.open(settings)) as archive:
        accession = Accession(archive, Intake(archive))
        for name in ("kept.txt", "lost.txt"):
            (tmp_path / name).write_text(name + TEXT, encoding="utf-8")
            description = Description("c", hold=True)
            accession.keep_conference(conference_of(description))
            ticket = accession.receive(Candidate(tmp_path / name, name, description))
            assert isinstance(ticket, Ticket)
            ticket.received.release()
    shutil.copy(home / "catalogue.sqlite", tmp_path / "before.sqlite")
    with closing(Archive.open(settings)) as archive:
        lost = next(row for row in (home / "received").iterdir() if row.read_text().startswith("lost"))
        lost.unlink()
    assert portal(home, "ingest", str(tmp_path / "kept.txt"), "--conference", "c", "--draft").code in (0, 1)
    for path in home.glob("catalogue.sqlite*"):
        path.unlink()
    shutil.copy(tmp_path / "before.sqlite", home / "catalogue.sqlite")
    assert portal(home, "rebuild").code == 0

    with closing(Archive.open(settings)) as archive:
        (draft,) = archive.documents(state=State.DRAFT)
        assert entries(archive) == [
            ("kept.txt", "held", draft.id, ""),
            ("lost.txt", "failed", None, LOST),
        ]
        assert [finding.problem for finding in received_findings(archive)] == ["is missing"]
        assert Queue(archive).take() is None
