"""The files of a document by version, for staff: sizes, what they hold, how they were read."""

from __future__ import annotations

from collections.abc import Mapping

from archive.model import Document, File, State, Version
from archive.records import Json
from portal.formats import format_name
from portal.managing.words import withheld_name
from portal.markup import DOT, NOTHING, Markup, tag, together
from portal.reader import Reader
from portal.skipped import told
from portal.urls import file_url


def files_by_version(document: Document, passports: Mapping[str, Json], reader: Reader) -> Markup:
    """Show every version, the newest first. `passports`: of the current version's files, by name."""
    versions = (
        _version(document, version, passports if version is document.current else {}, reader)
        for version in reversed(document.versions)
    )
    return tag("ul", together(versions), css="file-versions")


def _version(document: Document, version: Version, passports: Mapping[str, Json], reader: Reader) -> Markup:
    _ = reader.texts.gettext
    day = reader.texts.short_date(version.created_at.date())
    current = tag("span", _("what readers see"), css="state-chip of-published")
    head = tag(
        "p",
        tag("b", _("Version {number}").format(number=version.number)),
        " ",
        day,
        " ",
        current if version is document.current and document.state is State.PUBLISHED else NOTHING,
    )
    files = (
        _file(document, version.number, file, passports.get(file.name), reader) for file in version.files
    )
    return tag("li", head, tag("ul", together(files)))


def _file(document: Document, version: int, file: File, passport: Json | None, reader: Reader) -> Markup:
    _ = reader.texts.gettext
    name = tag("a", file.name, href=file_url(document.id, version, file.name), download=True, dir="auto")
    count = reader.texts.ngettext("{n} page", "{n} pages", file.page_count or 0)
    facts = [
        format_name(file),
        reader.texts.size(file.size_bytes),
        count if file.page_count else _("not read"),
    ]
    holds = ", ".join(withheld_name(each.value, reader) for each in file.sensitive)
    return tag(
        "li",
        name,
        tag("p", together(facts, DOT), css="meta"),
        tag("p", _("Holds: {what}").format(what=holds), css="meta") if holds else NOTHING,
        _light(passport, reader),
    )


def _light(passport: Json | None, reader: Reader) -> Markup:
    """Say in a word how well a file could be read, never by colour alone."""
    _ = reader.texts.gettext
    if passport is None:
        return NOTHING
    light = passport.get("light", "red")
    words = {"green": _("Read whole"), "amber": _("Read in part")}.get(str(light), _("Not readable"))
    why = told(passport, reader)
    return tag(
        "p", tag("b", words), " ", tag("span", together(why, " "), css="meta"), css=f"reading-light {light}"
    )
