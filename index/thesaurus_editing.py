"""What staff do to the thesaurus: edit, add and take out concepts, take edits back, load SKOS files.

Each is checked against the thesaurus as it is at this moment, with every other writer kept out, kept as a
version of the object in the storage root, and noted in the staff log.
"""

from __future__ import annotations

import datetime as dt
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO, cast

from archive.durable import make_folders
from archive.errors import EditError, NotFoundError
from archive.history import Differences, differences
from archive.identifiers import mint_document_id
from archive.records import Json
from archive.repository import Archive
from archive.staff_log import StaffLog
from archive.thesaurus_record import (
    ADD,
    EDIT,
    LOAD,
    REMOVE,
    TAKE_BACK,
    UNLOAD,
    ConceptEdit,
    ThesaurusFile,
    ThesaurusRecord,
)
from index.concept_checks import cleaned, refuse_unsound
from index.errors import ThesaurusError
from index.live_thesaurus import read_file
from index.thesaurus import Concept, Thesaurus
from index.thesaurus_apart import open_apart
from index.thesaurus_edits import concept_to_json, edited
from index.vocabulary import own_thesaurus

ADDED = "urn:konferenzarchiv:concept:"
"""How the URIs of concepts begin that staff add."""

MEDIA_TYPES = {".ttl": "text/turtle", ".nt": "application/n-triples"}
RDF_XML = "application/rdf+xml"

MAX_NAME_CHARS = 200

MAX_CONCEPTS = 50_000
"""Of a file; making the keys of their labels takes a search five seconds, once a change."""

_Change = Callable[[Thesaurus, dict[str, ConceptEdit]], None]


class ThesaurusEditing:
    """Changes the thesaurus of an archive in the name of one person."""

    def __init__(self, archive: Archive, person: str) -> None:
        self._archive = archive
        self._person = person

    def save(self, seen: Concept, wanted: Concept) -> Concept:
        """Save what a form made of a concept.

        Args:
            seen: the concept as it was when the form was opened.

        Raises:
            ConceptError: it cannot be so.
            EditError: somebody else changed it meanwhile.
            NotFoundError: it is gone.
        """
        wanted = cleaned(wanted)

        def change(now: Thesaurus, edits: dict[str, ConceptEdit]) -> None:
            current = _there(now, wanted.uri)
            if cleaned(current) != cleaned(seen):
                label = next(iter(seen.preferred.values()), wanted.uri)
                raise EditError(f"Changed by somebody else in the meantime: {label}. Nothing was saved.")
            refuse_unsound(now, current, wanted)
            _put(edits, wanted)
            _answer(edits, current, wanted)

        self._change(EDIT, wanted.uri, change)
        return wanted

    def add(self, wanted: Concept) -> Concept:
        """Add a concept, under a URI that is made for it. Raises ConceptError."""
        made = cleaned(replace(wanted, uri=ADDED + mint_document_id()))

        def change(now: Thesaurus, edits: dict[str, ConceptEdit]) -> None:
            refuse_unsound(now, None, made)
            _put(edits, made)

        self._change(ADD, made.uri, change)
        return made

    def remove(self, uri: str) -> None:
        """Take a concept out; what was below it goes to what was above it. Raises NotFoundError."""

        def change(now: Thesaurus, edits: dict[str, ConceptEdit]) -> None:
            _there(now, uri)
            own = own_thesaurus().concepts.get(uri)
            if own is None:
                edits.pop(uri, None)
            else:
                edits[uri] = ConceptEdit(_written(own), None)

        self._change(REMOVE, uri, change)

    def take_back(self, uri: str) -> None:
        """Make a concept again what it is in the program's own thesaurus.

        Raises:
            ConceptError: what was done to others meanwhile does not go with it.
            NotFoundError: nothing was done to it.
        """

        def change(_now: Thesaurus, edits: dict[str, ConceptEdit]) -> None:
            if edits.pop(uri, None) is None:
                raise NotFoundError("edit of a concept", uri)
            after = edited(own_thesaurus(), edits)
            if uri in after.concepts:
                refuse_unsound(after, None, cleaned(after.concepts[uri]))

        self._change(TAKE_BACK, uri, change)

    def load(self, name: str, source: BinaryIO) -> ThesaurusFile:
        """Keep a SKOS file as it is and use what it says.

        Raises:
            ThesaurusError: it holds no thesaurus that can be read.
            EditError: it is loaded already.
            StorageError: it cannot be kept.
        """
        name = name.rpartition("/")[2].rpartition("\\")[2][-MAX_NAME_CHARS:]
        received, sha512, size_bytes = self._archive.receive(source)
        try:
            suffix = Path(name).suffix.lower()
            concepts = self._read(received.path, sha512, name, suffix)
            file = ThesaurusFile(
                name,
                f"files/{mint_document_id()}{suffix}",
                MEDIA_TYPES.get(suffix, RDF_XML),
                size_bytes,
                sha512,
                dt.datetime.now(dt.UTC).replace(microsecond=0),
                self._person,
                len(concepts.concepts),
            )

            def change(record: ThesaurusRecord) -> ThesaurusRecord:
                for known in record.files:
                    if known.sha512 == sha512:
                        raise EditError(f"This file is loaded already, as {known.name}.")
                return replace(record, files=(*record.files, file))

            self._archive.revise_thesaurus(
                change, message=LOAD, by=self._person, originals={file.path: received.path}
            )
        finally:
            received.discard()
        self._enter(LOAD, name, {"concepts": (None, file.concepts)})
        return file

    def unload(self, path: str) -> None:
        """Use a loaded file no longer; the versions before keep it. Raises NotFoundError."""

        def change(record: ThesaurusRecord) -> ThesaurusRecord:
            kept = tuple(file for file in record.files if file.path != path)
            if kept == record.files:
                raise NotFoundError("thesaurus", path)
            return replace(record, files=kept)

        before, _ = self._archive.revise_thesaurus(change, message=UNLOAD, by=self._person)
        (gone,) = (file for file in before.files if file.path == path)
        with suppress(OSError):
            read_file(self._archive, gone.sha512).unlink(missing_ok=True)
        self._enter(UNLOAD, gone.name, {"concepts": (gone.concepts, None)})

    def _read(self, path: Path, sha512: str, name: str, suffix: str) -> Thesaurus:
        """Read a file that was received, under a name that says what it is."""
        kept = read_file(self._archive, sha512)
        with _named(path, kept.with_suffix(suffix)) as named:
            try:
                found = open_apart(named, kept, self._archive.settings)
            except ThesaurusError as exc:
                raise ThesaurusError(Path(name), exc.reason) from exc
        if len(found.concepts) > MAX_CONCEPTS:
            kept.unlink(missing_ok=True)
            raise ThesaurusError(Path(name), f"It has more than {MAX_CONCEPTS} concepts. Load a part of it.")
        return found

    def _change(self, action: str, uri: str, change: _Change) -> None:
        """Change the edits, and note what became of a concept."""

        def changed(record: ThesaurusRecord) -> ThesaurusRecord:
            edits = dict(record.edits)
            change(edited(own_thesaurus(), record.edits), edits)
            return replace(record, edits=edits)

        before, after = self._archive.revise_thesaurus(changed, message=action, by=self._person)
        if before != after:
            then, now = (
                edited(own_thesaurus(), record.edits).concepts.get(uri) for record in (before, after)
            )
            self._enter(action, uri, differences(_written(then) or {}, _written(now) or {}))

    def _enter(self, action: str, subject: str, changed: Differences) -> None:
        StaffLog(self._archive.catalogue.engine).enter(self._person, action, {subject: changed})


def _there(thesaurus: Thesaurus, uri: str) -> Concept:
    if uri not in thesaurus.concepts:
        raise NotFoundError("concept", uri)
    return thesaurus.concepts[uri]


def _written(concept: Concept | None) -> Json | None:
    return None if concept is None else concept_to_json(concept)


def _put(edits: dict[str, ConceptEdit], concept: Concept) -> None:
    """Note what a concept is to be; one that is as the program has it has no edit."""
    before, after = _written(own_thesaurus().concepts.get(concept.uri)), concept_to_json(concept)
    if before == after:
        edits.pop(concept.uri, None)
    else:
        edits[concept.uri] = ConceptEdit(before, after)


def _answer(edits: dict[str, ConceptEdit], before: Concept, after: Concept) -> None:
    """Have the edits of other concepts say the same of what is related."""
    for uri in {*before.related} ^ {*after.related}:
        edit = edits.get(uri)
        if edit is None or edit.after is None:
            continue
        related = {*cast("list[str]", edit.after["related"])} - {after.uri}
        if uri in after.related:
            related.add(after.uri)
        changed = ConceptEdit(edit.before, {**edit.after, "related": sorted(related)})
        edits[uri] = changed
        if changed.before == changed.after:
            del edits[uri]


@contextmanager
def _named(path: Path, name: Path) -> Iterator[Path]:
    """Give a file a second name while the block runs."""
    make_folders(name.parent)
    named = name.with_name(f"{path.name}{name.suffix}")
    try:
        try:
            os.link(path, named)
        except OSError:
            shutil.copyfile(path, named)
        yield named
    finally:
        named.unlink(missing_ok=True)
