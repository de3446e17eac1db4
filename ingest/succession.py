"""Publish drafts: by themselves, as a new version of a document, or as another format of one; and join them.

A draft that goes into another document is purged once that document has its files: the target is written
first, so that a crash leaves both, and doing it again only does what is missing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from pathlib import Path

from sqlalchemy import select, update

from archive.access import withheld
from archive.editing import EditError, Editing, Progress
from archive.errors import ArchiveError, NotFoundError
from archive.gaps import Gap, passing
from archive.lock import exclusive
from archive.model import Document, File, Page, Sensitive, State, Version
from archive.names import unique_name
from archive.records import Json
from archive.repository import Archive
from archive.staff_log import StaffLog
from archive.tables import intake, relations
from ingest.accession import LOCK_TIMEOUT_SECONDS
from ingest.matching import reads_better
from ingest.neighbours import same_path
from ingest.placing import corrected, in_order, keeping, succeeded, this_second

_OF_THE_DRAFT = frozenset(("replaces", "format_of", "withheld"))
"""Fields that say what becomes of a draft, or are put together from both documents."""


@dataclass(frozen=True, slots=True)
class Published:
    """What came of publishing drafts.

    `into` names for each draft the document that readers find it in: itself, or the one it went into.
    `problems` says of the others why they are still drafts.
    """

    into: Mapping[str, str] = field(default_factory=dict)
    problems: Mapping[str, ArchiveError] = field(default_factory=dict)


def publish(
    archive: Archive,
    drafts: Sequence[str],
    person: str,
    batch: str | None = None,
    progress: Progress | None = None,
    conference: str | None = None,
) -> Published:
    """Publish drafts; those that belong to another document go into it. One that cannot be is passed over.

    `batch` or `conference`: where in the log it is found.
    """
    asked = list(dict.fromkeys(drafts))
    there = archive.documents_by_id(asked)
    known = {name: there[name] for name in asked if name in there}
    alone = [name for name, each in known.items() if not (each.replaces or each.format_of)]
    done = _Count(progress, len(set(drafts)))
    into: dict[str, str] = {}
    problems: dict[str, ArchiveError] = {
        name: NotFoundError("document", name) for name in drafts if name not in known
    }
    if alone:
        editing, lost = Editing(archive, person, batch=batch, conference=conference), len(problems)
        editing.publish(alone, lambda number, _total: done.reached(lost + number), problems.__setitem__)
        into |= {name: name for name in alone if name not in problems}
    due = [known[name] for name in known if name not in alone]
    while due:
        names = {document.id for document in due}
        ready = [each for each in due if _target_of(each, into) not in names] or due[:1]
        for draft in ready:
            try:
                into[draft.id] = _succeed(archive, draft, _target_of(draft, into), person, batch)
            except ArchiveError as exc:
                problems[draft.id] = exc
            done.reached(len(into) + len(problems))
        due = [draft for draft in due if draft not in ready]
    return Published(into, problems)


def merge(archive: Archive, draft: str, into: str, person: str, batch: str | None = None) -> Document:
    """Make the files of one draft other formats of another draft.

    Raises:
        NotFoundError: one of them is gone. EditError: they cannot be joined.
    """
    with accession_lock(archive):
        source, target = archive.document(draft), archive.document(into)
        if source.id == target.id or {source.state, target.state} != {State.DRAFT}:
            raise EditError("Only two different drafts can be joined.")
        _join(archive, source, target, person)
        return _leave(archive, source, target, "merge", person, batch)


def _succeed(archive: Archive, draft: Document, target: str, person: str, batch: str | None) -> str:
    """Put a draft into the document it belongs to, and purge it."""
    with accession_lock(archive):
        draft = archive.document(draft.id)
        if draft.state is not State.DRAFT:
            return draft.id
        try:
            document = archive.document(target)
        except NotFoundError:
            raise EditError("The document that it belongs to is gone. Choose another, or none.") from None
        if document.state is State.WITHDRAWN:
            raise EditError(f"{document.title!r}, to which it belongs, was withdrawn. Restore that first.")
        if document.state is not State.PUBLISHED:
            raise EditError(f"{document.title!r}, to which it belongs, is not published. Publish that first.")
        if draft.replaces:
            _replace(archive, draft, document, person)
        else:
            _join(archive, draft, document, person)
        return _leave(archive, draft, document, "replace" if draft.replaces else "merge", person, batch).id


def _replace(archive: Archive, draft: Document, target: Document, person: str) -> None:
    """Make the files of a draft the next version of a document; files at other paths stay in it."""
    if _has_all(target, draft):
        return
    current = target.current
    in_place = any(same_path(one.path, other.path) for one in draft.current.files for other in current.files)
    kept = tuple(file for file in current.files if in_place and not _is_succeeded(file, draft.current.files))
    names = _names(draft.current.files, kept)
    brought = tuple(replace(file, name=names[file.name]) for file in draft.current.files)
    version = Version(current.number + 1, this_second(), (*brought, *kept))
    passports = archive.passports(target.id)
    set_on_target = corrected(archive, target.id)

    def succeed(before: Document) -> Document:
        after = _with_fields(archive, before, draft, kept, ())
        languages = after.languages if "languages" in set_on_target else draft.languages
        return replace(after, languages=languages, versions=(*succeeded(before), version))

    archive.revise(
        target.id,
        if_unchanged(target, succeed),
        message="Replaced by a new version",
        by=person,
        originals={
            **{file.name: archive.original(target.id, current.number, file.name) for file in kept},
            **_originals(archive, draft, names),
        },
        pages=archive.pages(draft.id),
        passports={
            **{file.name: passports[file.name] for file in kept if file.name in passports},
            **_passports(archive, draft, names),
        },
    )


def _join(archive: Archive, draft: Document, target: Document, person: str) -> None:
    """Make the files of a draft other formats of a document's current version; the best to read leads."""
    if _has_all(target, draft):
        return
    current = target.current
    there = {file.media_type for file in current.files}
    if double := [file.name for file in draft.current.files if file.media_type in there]:
        raise EditError(f"{target.title!r} has a file of the format of {double[0]} already.")
    names = _names(draft.current.files, current.files)
    brought = tuple(replace(file, name=names[file.name]) for file in draft.current.files)
    pages, read = archive.pages(target.id), archive.pages(draft.id)
    first = reads_better(brought[0].media_type, read, current.files[0].media_type, pages)
    files = (*brought, *current.files) if first else (*current.files, *brought)
    set_on_target = corrected(archive, target.id)

    def join(before: Document) -> Document:
        after = _with_fields(archive, before, draft, current.files, pages)
        languages = draft.languages if first and "languages" not in set_on_target else after.languages
        versions = (*before.versions[:-1], replace(before.current, files=files))
        return replace(after, languages=languages, versions=versions)

    archive.revise(
        target.id,
        if_unchanged(target, join),
        message="Rendition added",
        by=person,
        originals=_originals(archive, draft, names),
        pages=read if first else pages,
        passports={**archive.passports(target.id), **_passports(archive, draft, names)},
    )


def _leave(
    archive: Archive, draft: Document, target: Document, action: str, person: str, batch: str | None
) -> Document:
    """Let everything that spoke of a draft speak of the document it went into; then purge the draft."""
    passing(Gap.SUCCEEDED)
    point_entries(archive, draft.id, target.id)
    passing(Gap.POINTED)
    for name in _translations_of(archive, draft.id):
        archive.revise(name, _speaking_of(draft.id, target.id), message=action, by=person)
    field_name = "replaces" if draft.replaces else "format_of"
    changed = {target.id: {field_name: (None, draft.id)}}
    StaffLog(archive.catalogue.engine).enter(
        person, action, changed, batch=batch, conference=target.conference
    )
    passing(Gap.LOGGED)
    archive.purge(draft.id)
    return archive.document(target.id)


def _with_fields(
    archive: Archive, target: Document, draft: Document, staying: Iterable[File], pages: Iterable[Page]
) -> Document:
    """Put into the target what people have set in the draft, and what is withheld of both.

    `staying` are the files of the target that stay beside those of the draft; `pages` were read of them.
    """
    document = keeping(target, draft, corrected(archive, draft.id) - _OF_THE_DRAFT)
    return replace(document, withheld=_withheld_together(archive, target, draft, _held(staying, pages)))


def _withheld_together(
    archive: Archive, target: Document, draft: Document, held: frozenset[Sensitive]
) -> tuple[Sensitive, ...] | None:
    """Add what is withheld of the draft to what is withheld of the files that stay, which hold `held`.

    What people publish of a new file does not publish the same of another. A target that nobody decided
    about stays so where the draft holds nothing to decide about; else what was kept back of it unasked is.
    """
    brought = _held(draft.current.files, ())
    added = brought if draft.withheld is None else frozenset(draft.withheld)
    if target.withheld is not None:
        return in_order(set(target.withheld) - (brought - held) | added)
    if not (brought or added):
        return None
    if target.state is State.DRAFT:
        return in_order(held | added)
    return in_order(held & withheld(target, notes_public=archive.settings.notes_public) | added)


def _held(files: Iterable[File], pages: Iterable[Page]) -> frozenset[Sensitive]:
    """Name what files hold that is not to be published unasked; older records tell it only by their pages."""
    held = {kind for file in files for kind in file.sensitive}
    for page in pages:
        if page.hidden:
            held.add(Sensitive.HIDDEN)
        if page.notes.strip() and not held & {Sensitive.NOTES, Sensitive.COMMENTS}:
            held.add(Sensitive.NOTES)
    return frozenset(held)


def if_unchanged(
    document: Document, change: Callable[[Document], Document]
) -> Callable[[Document], Document]:
    """Make a change that is refused where somebody else has changed the files meanwhile."""

    def guarded(before: Document) -> Document:
        if before.versions != document.versions or before.state is not document.state:
            raise EditError(f"{before.title!r} was changed at the same moment. Try again.")
        return change(before)

    return guarded


def _speaking_of(draft: str, target: str) -> Callable[[Document], Document]:
    def change(before: Document) -> Document:
        named = (target if each == draft else each for each in before.translation_of)
        return replace(
            before, translation_of=tuple(dict.fromkeys(each for each in named if each != before.id))
        )

    return change


def _has_all(target: Document, draft: Document) -> bool:
    """Tell whether a document has all files of a draft: they were put there before a crash."""
    there = {file.sha512 for file in target.current.files}
    return all(file.sha512 in there for file in draft.current.files)


def _is_succeeded(file: File, by: Sequence[File]) -> bool:
    return any(same_path(file.path, each.path) or file.media_type == each.media_type for each in by)


def _names(files: Iterable[File], beside: Iterable[File]) -> dict[str, str]:
    """Give each file a name that none of the others has."""
    taken = [file.name for file in beside]
    names: dict[str, str] = {}
    for file in files:
        names[file.name] = unique_name(file.name, taken)
        taken.append(names[file.name])
    return names


def _originals(archive: Archive, draft: Document, names: Mapping[str, str]) -> dict[str, Path]:
    number = draft.current.number
    return {new: archive.original(draft.id, number, old) for old, new in names.items()}


def _passports(archive: Archive, draft: Document, names: Mapping[str, str]) -> dict[str, Json]:
    return {names[name]: report for name, report in archive.passports(draft.id).items() if name in names}


class _Count:
    """Tells of drafts done, of how many."""

    def __init__(self, progress: Progress | None, total: int) -> None:
        self._progress = progress
        self._total = total

    def reached(self, number: int) -> None:
        if self._progress is not None:
            self._progress(number, self._total)


def accession_lock(archive: Archive) -> AbstractContextManager[None]:
    """Keep files from coming in while a draft goes from one place to another."""
    return exclusive(archive.settings.home / "accession.lock", LOCK_TIMEOUT_SECONDS)


def _target_of(draft: Document, into: Mapping[str, str]) -> str:
    target = draft.replaces or draft.format_of
    return into.get(target, target)


def point_entries(archive: Archive, draft: str, target: str, sha512: str | None = None) -> None:
    """Let the entries of the intake name another document; with `sha512`, those of that file."""
    statement = update(intake).where(intake.c.document == draft)
    if sha512 is not None:
        statement = statement.where(intake.c.sha512 == sha512)
    with archive.catalogue.engine.begin() as connection:
        connection.execute(statement.values(document=target))


def _translations_of(archive: Archive, document: str) -> Sequence[str]:
    query = select(relations.c.document).where(
        relations.c.relation == "translation_of", relations.c.target == document
    )
    with archive.catalogue.engine.connect() as connection:
        return connection.scalars(query).all()
