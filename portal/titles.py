"""The title of a page and whether there is anything at its address, before the page itself is made."""

from __future__ import annotations

from archive.access import Audience
from archive.errors import NotFoundError
from portal.markup import seen
from portal.reader import Reader
from portal.resources import Resources
from portal.thesaurus.page import name_of
from portal.thesaurus.staff import edited_name
from portal.urls import (
    ACCOUNT,
    CHECK,
    CONFERENCES,
    DOCUMENT,
    MANAGE,
    PEOPLE,
    RECORD,
    SEARCH,
    STATUS,
    THESAURUS,
    TRANSLATIONS,
    UPLOAD,
    Parameters,
    document_of,
    first,
)


def page_title(path: str, parameters: Parameters, shared: Resources, reader: Reader) -> str:
    """Name what is at an address, for the window and for the history of the browser.

    Raises:
        NotFoundError: there is nothing, or nothing that may be read.
        WithdrawnError: there was a document.
    """
    _ = reader.texts.gettext
    own = _subject(path, parameters, shared, reader)
    name = _("Conference Archive")
    return f"{seen(own)} – {name}" if own else name


def missing_title(reader: Reader) -> str:
    """Name a page that says that there is nothing."""
    _ = reader.texts.gettext
    return _("There is nothing at this address") + " – " + _("Conference Archive")


def _subject(path: str, parameters: Parameters, shared: Resources, reader: Reader) -> str:
    if path == SEARCH:
        return first(parameters, "q").strip()[:80]
    if path == DOCUMENT:
        return shared.document(document_of(parameters), reader.today, reader.audience).title
    if path == CONFERENCES:
        identifier = first(parameters, "id")
        if identifier:
            return reader.conference(shared.conference(identifier))
        return reader.texts.gettext("Conferences")
    if path == THESAURUS:
        identifier = first(parameters, "c")
        return _concept(identifier, shared, reader) if identifier else reader.texts.gettext("Thesaurus")
    _ = reader.texts.gettext
    names = {
        UPLOAD: _("Upload"),
        CHECK: _("Check drafts"),
        MANAGE: _("Manage"),
        RECORD: _("Record"),
        TRANSLATIONS: _("Translations"),
        STATUS: _("Status"),
        PEOPLE: _("Accounts"),
        ACCOUNT: _("Account"),
    }
    if path in names:
        return names[path]
    raise NotFoundError("page", path)


def _concept(uri: str, shared: Resources, reader: Reader) -> str:
    """Name a concept; for staff also one that was taken out."""
    thesauri = shared.thesaurus.thesauri()
    if concept := thesauri.together.concepts.get(uri):
        return name_of(concept, reader)
    if reader.audience is Audience.STAFF and uri in thesauri.record.edits:
        return edited_name(uri, thesauri.record, reader)
    raise NotFoundError("concept", uri)
