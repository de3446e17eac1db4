"""What staff do to conferences: make, correct, merge panels, take out, take back.

Like edits of documents (see `editing.py`), every change goes to the conference as it is at that moment, is
logged as one step and can be taken back. Where somebody else changed the same field since the form was
opened, nothing is saved and both values are told.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from archive.errors import ArchiveError, EditError, NotFoundError
from archive.history import Differences, differences
from archive.identifiers import parse_conference_id, parse_panel_id
from archive.merging import Clash, merge
from archive.model import Conference, Document
from archive.open_step import OpenStep
from archive.records import Json, conference_from_json, conference_to_json, document_to_json
from archive.repository import Archive
from archive.staff_log import StaffLog, Step
from archive.waiting import refuse_if_awaited

CREATE, EDIT = "create-conference", "edit-conference"
MERGE_PANELS, REMOVE = "merge-panels", "remove-conference"
"""What was done, in the log and in the history."""


class ClashError(EditError):
    """Somebody else changed the same fields in the meantime. `theirs`: the conference as it is now."""

    def __init__(self, theirs: Conference, clashes: Sequence[Clash]) -> None:
        fields = ", ".join("/".join(clash.path) for clash in clashes)
        super().__init__(f"Changed by somebody else in the meantime: {fields}. Nothing was saved.")
        self.theirs = theirs
        self.clashes = tuple(clashes)


class PanelInUseError(EditError):
    """A panel has documents and cannot be taken out."""

    def __init__(self, panel: str, documents: Sequence[Document]) -> None:
        super().__init__(f"The panel {panel} has {len(documents)} documents; move them first.")
        self.panel = panel
        self.document_count = len(documents)


class ConferenceEditing:
    """Changes conferences in the name of one person."""

    def __init__(self, archive: Archive, person: str) -> None:
        self._archive = archive
        self._person = person
        self._log = StaffLog(archive.catalogue.engine)

    def create(self, conference: Conference) -> Step:
        """Make a conference. Raises EditError where one has this identifier, or it makes no sense."""
        _check(conference)

        def change(known: Conference | None) -> Conference:
            if known is not None:
                raise EditError(f"There is a conference {conference.id} already.")
            return conference

        self._archive.revise_conference(conference.id, change, message=CREATE, by=self._person)
        return self._enter(CREATE, conference.id, None, conference)

    def save(self, base: Conference, mine: Conference) -> Step:
        """Save what a form made of a conference.

        Args:
            base: the conference as it was when the form was opened.

        Raises:
            ClashError: somebody else changed the same fields meanwhile.
            PanelInUseError: a panel that was taken out has documents.
            EditError: it makes no sense, or a panel that was taken out awaits files.
            NotFoundError: it is gone.
        """

        def change(known: Conference | None) -> Conference:
            theirs = _there(known, base.id)
            merged, clashes = merge(*(conference_to_json(each) for each in (base, mine, theirs)))
            if clashes:
                raise ClashError(theirs, clashes)
            after = conference_from_json(merged)
            _check(after)
            self._refuse_lost_panels(theirs, after)
            return after

        before, after = self._archive.revise_conference(
            base.id, change, message="edit-conference", by=self._person
        )
        return self._enter("edit-conference", base.id, before, after)

    def merge_panel(self, conference: str, panel: str, into: str) -> Step:
        """Move the documents of a panel to another of the same conference and take the empty one out.

        Raises:
            EditError: there is no such panel, or it awaits files. NotFoundError: no such conference.
        """
        known = self._archive.conference(conference)
        if panel == into or not {panel, into} <= {each.id for each in known.panels}:
            raise EditError("Choose two panels of this conference.")
        step = OpenStep(self._log, self._person, MERGE_PANELS, conference=conference)

        def into_panel(document: Document) -> Document:
            if (document.conference, document.panel) != (conference, panel):
                return document
            if into not in {each.id for each in self._archive.conference(conference).panels}:
                raise EditError("Choose two panels of this conference.")
            return replace(document, panel=into)

        refuse_if_awaited(self._archive.catalogue.engine, conference, panel)
        try:
            for document in self._archive.documents(conference=conference, panel=panel, state=None):
                old, new = self._archive.revise(document.id, into_panel, message="edit", by=self._person)
                if found := differences(document_to_json(old), document_to_json(new)):
                    step.add(document.id, found)

            def without(now: Conference | None) -> Conference:
                theirs = _there(now, conference)
                after = replace(theirs, panels=tuple(each for each in theirs.panels if each.id != panel))
                self._refuse_lost_panels(theirs, after)
                return after

            before, after = self._archive.revise_conference(
                conference, without, message=MERGE_PANELS, by=self._person
            )
            step.add(conference, _differences(before, after))
        finally:
            step.keep()
        return step.end()

    def remove(self, identifier: str) -> Step:
        """Take out a conference that neither has nor awaits documents. Raises NotFoundError, ArchiveError."""
        before = self._archive.conference(identifier)
        self._archive.remove_conference(identifier)
        return self._enter(REMOVE, identifier, before, None)

    def _refuse_lost_panels(self, before: Conference, after: Conference) -> None:
        refuse_lost_panels(self._archive, before, after)

    def _enter(
        self, action: str, conference: str, before: Conference | None, after: Conference | None
    ) -> Step:
        found = _differences(before, after)
        changed = {conference: found} if found else {}
        return self._log.enter(self._person, action, changed, conference=conference)


def take_back(archive: Archive, person: str, identifier: str, done: Differences) -> tuple[Differences, bool]:
    """Take back what a step did to a conference, as far as nobody has changed it since.

    Returns:
        What changed by that, and whether everything could be taken back.
    """
    created, removed = done.get("title", ("", ""))[0] is None, done.get("title", ("", ""))[1] is None
    known = _known(archive, identifier)
    if created:
        return _take_out(archive, known, done)
    complete = [True]

    def back(now: Conference | None) -> Conference:
        if removed and now is None:
            return conference_from_json(_with(conference_to_json(Conference(identifier, {})), done, 0))
        theirs = conference_to_json(_there(now, identifier))
        merged, clashes = merge(_with(theirs, done, 1), _with(theirs, done, 0), theirs)
        after, before = conference_from_json(merged), conference_from_json(theirs)
        complete[0] = not clashes
        try:
            refuse_lost_panels(archive, before, after)
        except EditError:
            complete[0] = False
            after = replace(after, panels=before.panels)
        return after

    try:
        before, after = archive.revise_conference(identifier, back, message="undo", by=person)
    except NotFoundError:
        return {}, False
    return _differences(before, after), complete[0]


def refuse_lost_panels(archive: Archive, before: Conference, after: Conference) -> None:
    """Raise PanelInUseError where a panel is missing that has documents, EditError where it awaits some."""
    kept = {panel.id for panel in after.panels}
    for panel in before.panels:
        if panel.id in kept:
            continue
        if found := archive.documents(conference=before.id, panel=panel.id, state=None):
            raise PanelInUseError(panel.id, found)
        refuse_if_awaited(archive.catalogue.engine, before.id, panel.id)


def _take_out(archive: Archive, known: Conference | None, done: Differences) -> tuple[Differences, bool]:
    """Take out a conference that was made, if it is as it was made and empty."""
    if known is None or _differences(None, known) != _tuples(done):
        return {}, known is None
    try:
        archive.remove_conference(known.id)
    except ArchiveError:
        return {}, False
    return _differences(known, None), True


def _tuples(done: Differences) -> Differences:
    return {name: (pair[0], pair[1]) for name, pair in done.items()}


def _with(record: Json, done: Differences, which: int) -> Json:
    return {**record, **{name: pair[which] for name, pair in done.items()}}


def _differences(before: Conference | None, after: Conference | None) -> Differences:
    records = (conference_to_json(each) if each else {} for each in (before, after))
    return differences(*records)


def _known(archive: Archive, identifier: str) -> Conference | None:
    try:
        return archive.conference(identifier)
    except NotFoundError:
        return None


def _there(conference: Conference | None, identifier: str) -> Conference:
    if conference is None:
        raise NotFoundError("conference", identifier)
    return conference


def _check(conference: Conference) -> None:
    """Refuse what no form should let through."""
    parse_conference_id(conference.id)
    if conference.start and conference.end and conference.end < conference.start:
        raise EditError("The conference ends before it begins.")
    if not any(text.strip() for text in conference.title.values()):
        raise EditError("The conference needs a title.")
    seen: set[str] = set()
    for panel in conference.panels:
        owner, _own = parse_panel_id(panel.id)
        if owner != conference.id or panel.id in seen:
            raise EditError(f"The panel {panel.id} does not belong here, or is there twice.")
        seen.add(panel.id)
