"""The folders of conferences: what conference and panel a file below them belongs to, and what is said of it.

What the command line says counts first, then the manifest, then conference.yaml, then the folders' names.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from archive.errors import IdentifierError
from archive.identifiers import make_panel_id, parse_conference_id, slug
from archive.model import Conference, Kind, Panel
from archive.names import printable_path
from ingest.candidate import Description
from ingest.conference_yaml import FILE_NAME, FileNote, read_conference_file
from ingest.manifest import ManifestRow


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the command line says of every file; None: it says nothing. `hold`: staff look at it first."""

    conference: str | None = None
    panel: str | None = None
    kind: Kind | None = None
    hold: bool = False


@dataclass(frozen=True, slots=True)
class Describing:
    """The conference.yaml of a folder: where its bytes lie; `there` is as `read_conference_file` has it."""

    source: Path
    there: frozenset[str] | None = None


class Home:
    """The folder of one conference, as people see it, and what is known of the conference."""

    def __init__(
        self, folder: Path, wishes: Wishes, describing: Describing | None, all_there: bool = True
    ) -> None:
        self.described = describing is not None
        self._folder = folder
        self._wishes = wishes
        self._notes: dict[str, FileNote] = {}
        if describing is not None:
            found = read_conference_file(
                describing.source,
                wishes.conference and identifier_of(wishes.conference),
                place=folder / FILE_NAME,
                there=describing.there,
                all_there=all_there,
            )
            self.conference = found.conference
            self._notes = dict(found.files)
        else:
            name = wishes.conference or shown_name(folder.name)
            self.conference = Conference(identifier_of(name), {"und": name})
        self._panels_are_listed = bool(self.conference.panels)

    def named(self, conference: str) -> Home:
        """Make a home of the same files for another conference, which a manifest names."""
        home = Home(self._folder, replace(self._wishes, conference=conference), None)
        home._notes = self._notes
        return home

    def description(self, place: Path, path: str, row: ManifestRow | None) -> Description:
        """Describe one file of this conference.

        Args:
            place: where people see it.
            path: its path, relative to the folder handed in.
            row: what a manifest says of it; its `translation_of` is such a path too.
        """
        below = place.relative_to(self._folder).as_posix()
        prefix = printable_path(path[: len(path) - len(below)])
        note = self._notes.get(shown_name(below), FileNote(below))
        said = row or ManifestRow("", "")
        return Description(
            conference=self.conference.id,
            panel=self._panel(below, said.panel),
            kind=self._wishes.kind or said.kind or note.kind,
            title=said.title or note.title,
            creators=said.creators or note.creators,
            date=said.date or note.date,
            rights=said.rights or note.rights,
            translation_of=said.translation_of
            or (prefix + note.translation_of if note.translation_of else ""),
            example=self.conference.example,
            hold=self._wishes.hold or bool(said.problems),
            languages=said.languages,
            access=said.access,
            embargoed_until=said.embargoed_until,
            problem=" ".join(str(problem) for problem in said.problems),
        )

    def _panel(self, below: str, named: str) -> str | None:
        if self._wishes.panel is not None:
            return self._add_panel(self._wishes.panel)
        if named:
            return self._panel_named(named)
        folders = PurePosixPath(shown_name(below)).parent.parts
        for depth in range(len(folders), 0, -1):
            for panel in self.conference.panels:
                if panel.folder == "/".join(folders[:depth]):
                    return panel.id
        if not folders or self._panels_are_listed:
            return None
        return self._add_panel(folders[0])

    def _panel_named(self, name: str) -> str:
        known = panel_named(self.conference, name)
        return known.id if known else self._add_panel(name)

    def _add_panel(self, name: str) -> str:
        panel = new_panel(self.conference, name)
        self.conference = with_panels(self.conference, (panel,))
        return panel.id


class Homes:
    """The homes of all that is handed in; each is looked into when its first file is met."""

    def __init__(
        self, wishes: Wishes, described: Mapping[Path, Describing], *, all_there: bool = True
    ) -> None:
        """`all_there`: a conference.yaml must not name files that are not there."""
        self._wishes = wishes
        self._all_there = all_there
        self._described = described
        self._homes: dict[tuple[Path, str], Home] = {}

    def at(self, folder: Path, conference: str = "") -> Home:
        """Return the home that a folder is, for another conference where a manifest names one."""
        home = self._homes.get((folder, ""))
        if home is None:
            home = self._homes[folder, ""] = Home(
                folder, self._wishes, self._described.get(folder), self._all_there
            )
        if not conference or self._wishes.conference is not None or is_called(home.conference, conference):
            return home
        identifier = identifier_of(conference)
        if (folder, identifier) not in self._homes:
            self._homes[folder, identifier] = home.named(conference)
        return self._homes[folder, identifier]

    def is_described_by(self, folder: Path, source: Path) -> bool:
        """Tell whether this is the conference.yaml that counts for a folder."""
        return folder in self._described and self._described[folder].source == source

    def conferences(self) -> tuple[Conference, ...]:
        """Put homes of one conference together; one with a conference.yaml leads."""
        found: dict[str, Conference] = {}
        for home in sorted(self._homes.values(), key=lambda home: not home.described):
            leading = found.setdefault(home.conference.id, home.conference)
            found[leading.id] = with_panels(leading, home.conference.panels)
        return tuple(found.values())

    def described_conferences(self) -> frozenset[str]:
        """Name the conferences that have a conference.yaml."""
        return frozenset(home.conference.id for home in self._homes.values() if home.described)


def with_panels(conference: Conference, panels: Iterable[Panel]) -> Conference:
    """Add the panels that a conference does not have."""
    there = {panel.id for panel in conference.panels}
    return replace(conference, panels=(*conference.panels, *(p for p in panels if p.id not in there)))


def is_called(conference: Conference, name: str) -> bool:
    """Tell whether a name means a conference: its identifier, or its title in any language."""
    titles = {title.casefold() for title in conference.title.values()}
    return conference.id == identifier_of(name) or name.casefold() in titles


def new_panel(conference: Conference, name: str) -> Panel:
    """Make a panel of a name, or of its identifier, that the conference does not have yet."""
    own = name.removeprefix(conference.id + "/")
    return Panel(make_panel_id(conference.id, own), {"und": own}, folder=own)


def panel_named(conference: Conference, name: str) -> Panel | None:
    """Find a panel by its identifier, its title in any language, or its folder."""
    identifier = make_panel_id(conference.id, name.removeprefix(conference.id + "/"))
    for panel in conference.panels:
        names = {text.casefold() for text in (*panel.title.values(), panel.folder or "")}
        if panel.id == identifier or name.casefold() in names:
            return panel
    return None


def shown_name(name: str) -> str:
    """Write a name as it is printed, in NFC."""
    return unicodedata.normalize("NFC", printable_path(name))


def identifier_of(name: str) -> str:
    """Return the identifier of the conference that is called like this."""
    try:
        return parse_conference_id(name)
    except IdentifierError:
        return slug(name)
