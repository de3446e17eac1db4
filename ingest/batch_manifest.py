"""What a manifest that came in with a batch would change of its drafts, and doing so, as one step of staff.

Files and manifest may come in any order: what is asked at a moment is answered from what is there then.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from archive.editing import Editing, Progress
from archive.model import Conference, Document
from archive.records import JsonValue, document_to_json
from archive.repository import Archive
from archive.staff_log import Step
from ingest.conferences import ensure_conference
from ingest.drafts import Draft, Drafts
from ingest.errors import TableError
from ingest.homes import identifier_of, is_called, new_panel, panel_named, with_panels
from ingest.manifest import ManifestRow, Problem, read_manifest
from ingest.manifest_paths import match
from ingest.manifest_shelf import ManifestShelf, Shelved


@dataclass(frozen=True, slots=True)
class DraftChange:
    """What a row changes of one draft: new values by the names of fields, and those of now."""

    document: str
    path: str
    title: str
    values: Mapping[str, JsonValue]
    before: Mapping[str, JsonValue]


@dataclass(frozen=True, slots=True)
class ManifestPreview:
    """What one manifest of a batch would do.

    `described` counts the drafts that it has rows of; `without` are the paths of those it has none of;
    `error` says why it cannot be used at all, `conferences` are those that are made or get a panel first.
    """

    path: str
    changes: tuple[DraftChange, ...] = ()
    problems: tuple[Problem, ...] = ()
    described: int = 0
    without: tuple[str, ...] = ()
    unknown_columns: tuple[str, ...] = ()
    conferences: tuple[Conference, ...] = ()
    error: str = ""


def preview(archive: Archive, batch: str) -> tuple[ManifestPreview, ...]:
    """Say what the manifests of a batch would change now; empty where it has none."""
    shelved = ManifestShelf(archive.settings.home).manifests(batch)
    if not shelved:
        return ()
    drafts = {
        entry.path: draft for draft in Drafts(archive).of_batch(batch).drafts for entry in draft.entries
    }
    return tuple(_preview(archive, one, drafts) for one in shelved)


def apply(
    archive: Archive, batch: str, path: str, person: str, progress: Progress | None = None
) -> Step | None:
    """Do what the manifest of this path says; None where there is nothing to do.

    Raises:
        ArchiveError: a draft is gone, or the archive cannot be written now.
    """
    for seen in preview(archive, batch):
        if seen.path == path and seen.changes:
            for conference in seen.conferences:
                ensure_conference(archive, conference)
            values = {change.document: change.values for change in seen.changes}
            return Editing(archive, person, batch=batch).edit(values, progress)
    return None


def _preview(archive: Archive, shelved: Shelved, drafts: Mapping[str, Draft]) -> ManifestPreview:
    name = shelved.path.rsplit("/", 1)[-1]
    folder = shelved.path[: -len(name)]
    try:
        manifest = read_manifest(shelved.content, name)
    except TableError as exc:
        return ManifestPreview(shelved.path, error=str(exc))
    matched = match(manifest, tuple(drafts), (lambda path: path.removeprefix(folder), str))
    plan = _Plan(archive, drafts)
    changes: dict[str, DraftChange] = {}
    for path, row in matched.rows.items():
        change = plan.change(path, row)
        if change.values and change.document not in changes:
            changes[change.document] = change
    rows = (*matched.rows.values(), *matched.lost)
    return ManifestPreview(
        shelved.path,
        tuple(changes.values()),
        tuple(problem for row in rows for problem in row.problems),
        len(matched.rows),
        matched.without,
        manifest.unknown_columns,
        plan.made(),
    )


class _Plan:
    """The conferences of a preview as they will be, and the new values of each draft."""

    def __init__(self, archive: Archive, drafts: Mapping[str, Draft]) -> None:
        self._drafts = drafts
        self._known = {conference.id: conference for conference in archive.conferences()}
        self._changed: dict[str, Conference] = {}

    def made(self) -> tuple[Conference, ...]:
        """Return the conferences that are new or have a new panel."""
        return tuple(self._changed.values())

    def change(self, path: str, row: ManifestRow) -> DraftChange:
        """Say what a row changes of the draft of a file."""
        document = self._drafts[path].document
        wished = self._wished(document, row)
        record = document_to_json(document)
        values = {name: value for name, value in wished.items() if record.get(name) != value}
        return DraftChange(
            document.id, path, document.title, values, {name: record.get(name) for name in values}
        )

    def _wished(self, document: Document, row: ManifestRow) -> dict[str, JsonValue]:
        wished: dict[str, JsonValue] = {
            "title": row.title,
            "creators": list(row.creators),
            "kind": row.kind.value if row.kind else None,
            "languages": list(row.languages),
            "date": row.date.isoformat() if row.date else None,
            "rights": row.rights,
            "translation_of": self._originals(document, row),
        }
        wished = {name: value for name, value in wished.items() if value}
        if row.access is not None:
            wished["access"] = row.access.value
            until = row.embargoed_until
            wished["embargoed_until"] = until.isoformat() if until else None
        if row.conference or row.panel:
            conference = self._conference(row.conference or document.conference)
            wished["conference"] = conference.id
            if row.panel:
                wished["panel"] = self._panel(conference, row.panel)
            elif conference.id != document.conference:
                wished["panel"] = None
        return wished

    def _originals(self, document: Document, row: ManifestRow) -> list[str]:
        original = self._drafts.get(row.translation_of)
        if original is None or original.id == document.id:
            return []
        return list(dict.fromkeys((*document.translation_of, original.id)))

    def _conference(self, name: str) -> Conference:
        for conference in self._known.values():
            if is_called(conference, name):
                return conference
        made = Conference(identifier_of(name), {"und": name})
        self._known[made.id] = self._changed[made.id] = made
        return made

    def _panel(self, conference: Conference, name: str) -> str:
        known = panel_named(conference, name)
        if known is not None:
            return known.id
        panel = new_panel(conference, name)
        changed = with_panels(conference, (panel,))
        self._known[conference.id] = self._changed[conference.id] = changed
        return panel.id
