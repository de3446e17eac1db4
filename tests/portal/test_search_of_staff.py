"""Staff search what they may read, the public what it may, by the same addresses."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import pytest

from archive.access import Audience
from archive.accounts import Role
from archive.model import Access, Document, State
from index.query import Query
from index.results import Hit, Snippet
from portal.cards import Shelf, hit_card
from portal.reader import Reader
from tests.portal.conftest import Served
from tests.portal.staffed import browser

PUBLIC, STAFF = "private, no-cache", "no-store"
UNPUBLIC = {"7k3mx9q2f4", "7k3mx9q2f5", "7k3mx9q2f6", "7k3mx9q2f7"}


@pytest.mark.parametrize(
    ("role", "more", "kept"),
    [(None, set(), PUBLIC), (Role.READER, set(), PUBLIC), (Role.STAFF, UNPUBLIC, STAFF)],
)
def test_hits_are_those_that_one_may_read(
    served: Served, role: Role | None, more: set[str], kept: str
) -> None:
    with browser(role) as client:
        answer = client.get("/api/v1/search", params={"q": "Fernwärme"})
        suggested = client.get("/api/v1/suggest", params={"q": "geh"})
    hits = {hit["document"]: (hit["state"], hit["access"]) for hit in answer.json()["hits"]}
    assert {*hits} == {"7k3mx9q2f1", *more}
    assert {name for name, standing in hits.items() if standing != ("published", "public")} == more
    assert answer.json()["total"] == len(hits)
    assert [each["text"] for each in suggested.json()["suggestions"]] == (["geheime"] if more else [])
    for each in (answer, suggested):
        assert (each.headers["cache-control"], each.headers["vary"]) == (kept, "Cookie")


def test_the_command_line_searches_for_staff_where_it_is_asked_to(served: Served) -> None:
    def found(*arguments: str) -> str:
        command = [sys.executable, "-m", "portal", "search", "geheime", *arguments]
        home = str(served.archive.settings.home)
        done = subprocess.run(command, env={"ARCHIVE_HOME": home}, capture_output=True, text=True, check=True)
        return done.stdout

    assert "7k3mx9q2f6" not in found()
    assert "7k3mx9q2f6" in found("--staff")


@pytest.mark.parametrize(
    ("values", "badge"),
    [
        ({}, ""),
        ({"state": State.DRAFT}, "Entwurf"),
        ({"state": State.WITHDRAWN}, "Zurückgezogen"),
        ({"access": Access.STAFF}, "Nur Mitarbeitende"),
    ],
)
def test_a_badge_says_what_the_public_does_not_see(
    document: Document, shelf: Shelf, reader: Reader, values: dict[str, object], badge: str
) -> None:
    kept = replace(document, **values)  # type: ignore[arg-type]
    hit = Hit(kept, Snippet(kept.title), 1.0, "all")
    card = hit_card(hit, Query(), shelf, replace(reader, audience=Audience.STAFF))
    assert ('class="unpublic"' in card) is bool(badge)
    assert f">{badge}</span>" in card or not badge
