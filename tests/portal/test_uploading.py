"""The page for uploading as HTML, the words of its script, and the scripts as files."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from pathlib import Path

import pytest

from archive.accounts import Role
from archive.model import Conference
from ingest.batches import Batch
from ingest.standing import Standing
from portal.cards import Shelf
from portal.components import FOLDER, UPLOAD_SCRIPTS
from portal.reader import Reader
from portal.uploading import counts, recent, target, upload_texts, zone
from tests.portal.conftest import CONFERENCE, PANEL, Served
from tests.portal.staffed import browser

AT = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)


@pytest.fixture
def batch() -> Batch:
    return Batch("b" * 32, "anna", "upload", CONFERENCE.id, PANEL.id, AT)


def test_the_script_has_every_word_it_says(reader: Reader) -> None:
    script = (FOLDER / "upload.js").read_text(encoding="utf-8")
    texts = upload_texts(reader)
    said = set(re.findall(r"\bsay\.(\w+)", script + (FOLDER / "dropping.js").read_text(encoding="utf-8")))
    said |= {"waiting", "sending", "saving", "arrived", "missing", "skipped"}  # by the state of a file
    reasons = re.search(r"const REASONS = \{(.*?)\};", script, re.S)
    assert reasons is not None
    said |= set(re.findall(r'"(\w+)"', reasons[1])) | {"broken"}
    assert said == set(texts)


def test_vendored_scripts_are_as_published() -> None:
    notes = (FOLDER / "vendor/README.md").read_text(encoding="utf-8")
    listed = re.findall(r"^\| `([^`]+)` .* `([0-9a-f]{64})` \|$", notes, re.M)
    scripts = [path.relative_to(FOLDER / "vendor").as_posix() for path in FOLDER.glob("vendor/*/*.js")]
    assert [name for name, _ in listed] == scripts
    for name, digest in listed:
        assert hashlib.sha256((FOLDER / "vendor" / name).read_bytes()).hexdigest() == digest
        assert Path(FOLDER / "vendor" / name).with_name("LICENSE").exists()


@pytest.mark.parametrize(
    ("role", "loaded"), [(None, False), (Role.READER, False), (Role.STAFF, True), (Role.ADMIN, True)]
)
@pytest.mark.parametrize("path", ["/", "/conferences"])
def test_only_staff_get_the_script_and_on_every_page(
    served: Served, role: Role | None, loaded: bool, path: str
) -> None:
    with browser(role) as client:
        page = client.get(path).text
        assert ('name="uploads"' in page) is loaded
        assert all((f"/components/{name}?v=" in page) is loaded for name in UPLOAD_SCRIPTS)


def test_scripts_are_served_and_nothing_beside_them(served: Served) -> None:
    for name in UPLOAD_SCRIPTS:
        answer = served.client.get(f"/components/{name}?v=1")
        assert answer.status_code == 200
        assert "immutable" in answer.headers["cache-control"]
    assert served.client.get("/components/__init__.py").status_code == 404
    assert served.client.get("/components/vendor/README.md").status_code == 404


def test_the_place_for_files_names_what_they_are_for() -> None:
    hostile = Conference('a"><script>', {})
    assert zone(hostile, None) == '<div class="upload-zone" data-conference="a&#34;&gt;&lt;script&gt;"></div>'


def test_a_batch_says_what_it_was_begun_for(batch: Batch, shelf: Shelf, reader: Reader) -> None:
    said = target(batch, shelf, reader)
    assert "XIV. Krasnodar 2017" in said
    assert "Energieeffizienz und Stadt" in said
    gone = target(batch, Shelf({}), reader)
    assert CONFERENCE.id in gone


def test_recent_batches_lead_to_what_is_to_be_done(batch: Batch, shelf: Shelf, reader: Reader) -> None:
    said = recent([batch], {batch.id: Standing(incomplete=1, drafts=21)}, shelf, reader)
    assert "1 teilweise angekommen" in said
    assert "21 Entwürfe zu prüfen" in said
    assert f'href="/upload?batch={batch.id}"' in said
    assert f'href="/check?batch={batch.id}"' in said
    assert f", {batch.created_at.astimezone():%H:%M}" in said
    done = recent([batch], {batch.id: Standing(published=3)}, shelf, reader)
    assert "/check" not in done
    assert recent([], {}, shelf, reader) == ""


def test_a_batch_without_files_says_so(reader: Reader) -> None:
    assert [str(part) for part in counts(Standing(), reader)] == ["noch keine Dateien"]
    assert [str(part) for part in counts(Standing(deleted=2), reader)] == ["2 wurden gelöscht"]
