"""What takes the place of a file after it was found is not opened, and nobody waits for it."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ingest.crawl import Wishes, crawl
from ingest.outcome import Outcome, Status

if TYPE_CHECKING:
    from ingest.accession import Accession


def link(path: Path) -> None:
    other = path.with_name("secret")
    other.write_text("what the archive may read and the depositor may not")
    path.symlink_to(other)


@pytest.mark.parametrize(
    ("instead", "error"),
    [
        (os.mkfifo, "It is no ordinary file."),
        (os.mkdir, "It is no ordinary file."),
        (link, "It is a link; links are not followed."),
        (lambda path: None, "No such file or directory"),
    ],
)
def test_what_is_in_place_of_a_file_by_now_is_not_taken(
    accession: Accession, tmp_path: Path, instead: Callable[[Path], None], error: str
) -> None:
    (tmp_path / "in").mkdir()
    path = tmp_path / "in" / "a.txt"
    path.write_text("Fernwärme")
    (candidate,) = crawl([tmp_path / "in"], Wishes(conference="c")).candidates
    path.unlink()
    instead(path)
    outcome = accession.receive(candidate)
    assert isinstance(outcome, Outcome)
    assert outcome.status is Status.FAILED
    assert error in outcome.error
