"""The folders of a batch as panels of its conference: what they could be, and making them so.

A folder is one level below what all files of the batch have in common, as `CONFERENCE/PANEL/file` is on the
command line. Drafts of which reading or a person told the panel already are left as they are.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass, replace

from archive.conference_editing import ConferenceEditing
from archive.editing import Editing
from archive.model import Conference, Panel
from archive.repository import Archive
from archive.staff_log import Step
from ingest.drafts import Desk, Draft, Drafts
from ingest.homes import new_panel, panel_named, with_panels
from ingest.outcome import Status
from ingest.proposals import Field
from ingest.unpacking import unpacked_name

_OF_A_PAGE = re.compile(r"_files$|-Dateien$|_файлы$")
"""Folders in which browsers put what belongs to a saved page."""


@dataclass(frozen=True, slots=True)
class PanelFolder:
    """A folder that could be a panel: its name, the panel it is or would become, the drafts in it."""

    name: str
    panel: Panel
    is_new: bool
    drafts: tuple[str, ...]


def panel_folders(desk: Desk, conference: Conference) -> tuple[PanelFolder, ...]:
    """Name the folders of a batch that could be panels, in the order of their names."""
    paths = [entry.path for entry in desk.entries if entry.status != Status.SKIPPED.value]
    level = _common_level([path.split("/")[:-1] for path in paths if not _is_unpacked(path, paths)])
    found: dict[str, list[str]] = {}
    for draft in desk.drafts:
        folders = draft.entries[0].path.split("/")[:-1] if draft.entries else []
        if len(folders) > level and _is_open(draft, conference) and not _OF_A_PAGE.search(folders[level]):
            found.setdefault(folders[level], []).append(draft.id)
    return tuple(_folder(name, tuple(found[name]), conference) for name in sorted(found))


def make_panels(archive: Archive, batch: str, names: Collection[str], person: str) -> Step | None:
    """Make panels of folders and put their drafts there; None where there is nothing to do.

    Raises:
        ArchiveError: somebody else changed the same meanwhile, or the archive cannot be written now.
    """
    desk = Drafts(archive).of_batch(batch)
    if desk.batch is None:
        return None
    now = archive.conference(desk.batch.conference)
    chosen = [folder for folder in panel_folders(desk, now) if folder.name in names]
    if not chosen:
        return None
    changed = with_panels(now, {folder.panel.id: folder.panel for folder in chosen}.values())
    if changed != now:
        ConferenceEditing(archive, person).save(now, changed)
    values = {draft: {"panel": folder.panel.id} for folder in chosen for draft in folder.drafts}
    return Editing(archive, person, batch=batch).edit(values)


def _is_unpacked(path: str, others: Collection[str]) -> bool:
    """Tell whether a file is a zip that is kept beside its files, since some could not be taken out."""
    below = unpacked_name(path) + "/"
    return below != path + "/" and any(other.startswith(below) for other in others)


def _is_open(draft: Draft, conference: Conference) -> bool:
    """Tell whether nobody has said anything of a draft's panel."""
    proposed = draft.proposals.get(Field.PANEL)
    return (
        draft.document.conference == conference.id
        and draft.document.panel is None
        and (proposed is None or not proposed.value)
    )


def _folder(name: str, drafts: tuple[str, ...], conference: Conference) -> PanelFolder:
    known = panel_named(conference, name)
    made = new_panel(conference, name)
    titled = replace(made, title={_language(name, conference): name})
    return PanelFolder(name, known or titled, known is None, drafts)


def _language(name: str, conference: Conference) -> str:
    """Tell the language of a folder's name: by its letters, else the only one the conference has."""
    if any(unicodedata.name(letter, "").startswith("CYRILLIC") for letter in name):
        return "ru"
    known = [language for language in conference.title if conference.title[language]]
    return known[0] if len(known) == 1 and known[0] != "ru" else "und"


def _common_level(paths: list[list[str]]) -> int:
    """Count the folders that all paths begin with."""
    level = 0
    while paths and all(len(path) > level and path[level] == paths[0][level] for path in paths):
        level += 1
    return level
