"""Why a value was proposed, in words."""

from __future__ import annotations

from collections.abc import Mapping

from archive.records import JsonValue
from ingest.proposals import Field, Proposal, Reason
from portal.cards import Shelf
from portal.reader import Reader

_QUOTED_LENGTH = 80
"""Characters of a file's own words that are repeated."""


def reason_words(proposal: Proposal, shelf: Shelf, reader: Reader) -> str:
    """Say why a value was proposed: „from the first page“."""
    _ = reader.texts.gettext
    details = proposal.details
    quoted = _text(details, "text")
    share = details.get("share")
    if proposal.reason is Reason.FILE_NAME and quoted:
        return _("from the file's name: “{text}”").format(text=quoted)
    if proposal.reason is Reason.FOLDER and (folder := _text(details, "folder")):
        return _("from the folder “{folder}”").format(folder=folder)
    if proposal.reason is Reason.WORDS and (words := _words(details)):
        return _("from the words {words}").format(words=words)
    if proposal.reason is Reason.COUNTED and (shares := _shares(details, reader)):
        return _("counted over all pages: {shares}").format(shares=shares)
    if proposal.reason is Reason.TITLE_IN_TEXT and quoted:
        return _("the panel's title “{text}” was found in it").format(text=quoted)
    if proposal.reason is Reason.CONFERENCE_DATES and quoted:
        other = _conference(details, shelf, reader)
        if other:
            return _("“{text}” speaks of {conference}").format(text=quoted, conference=other)
        return _("from the days of the conference: “{text}”").format(text=quoted)
    if proposal.reason is Reason.SAME_TEXT and isinstance(share, (int, float)):
        return _("{percent} % of the words are the same").format(percent=round(100 * share))
    return _plain(proposal.reason, reader)


def field_name(name: Field, reader: Reader) -> str:
    """Name what is proposed."""
    _ = reader.texts.gettext
    return {
        Field.TITLE: _("Title"),
        Field.CREATORS: _("Creators"),
        Field.LANGUAGES: _("Languages"),
        Field.CONFERENCE: _("Conference"),
        Field.PANEL: _("Panel"),
        Field.KIND: _("Kind"),
        Field.DATE: _("Date"),
        Field.TRANSLATION_OF: _("Translation of"),
        Field.REPLACES: _("New version of"),
        Field.FORMAT_OF: _("Another format of"),
        Field.SAME_BYTES: _("The same file"),
        Field.SIMILAR: _("Similar"),
    }[name]


def _plain(reason: Reason, reader: Reader) -> str:
    _ = reader.texts.gettext
    return {
        Reason.GIVEN: _("given with the file"),
        Reason.PROPERTIES: _("from the file's properties"),
        Reason.FIRST_PAGE: _("from the first page"),
        Reason.FILE_NAME: _("from the file's name"),
        Reason.FOLDER: _("from the folder"),
        Reason.WORDS: _("from words in name and text"),
        Reason.FORMAT: _("from the format of the file"),
        Reason.COUNTED: _("counted over all pages"),
        Reason.TITLE_IN_TEXT: _("the panel's title was found in it"),
        Reason.SIBLINGS: _("other files of the folder belong there"),
        Reason.PANEL_DAY: _("the day of the panel"),
        Reason.CONFERENCE_DATES: _("from the days of the conference"),
        Reason.SAME_PATH: _("a file of this name was there before"),
        Reason.SAME_TEXT: _("the text is nearly the same"),
        Reason.SAME_BYTES: _("the file is the same to the last bit"),
        Reason.NONE: _("nothing tells"),
    }[reason]


def _text(details: Mapping[str, JsonValue], name: str) -> str:
    value = details.get(name)
    words = value if isinstance(value, str) else ""
    return words if len(words) <= _QUOTED_LENGTH else f"{words[:_QUOTED_LENGTH].rstrip()} …"


def _words(details: Mapping[str, JsonValue]) -> str:
    words = details.get("words")
    if isinstance(words, str):
        return f"“{words[:_QUOTED_LENGTH]}”"
    if isinstance(words, (list, tuple)):
        return ", ".join(f"“{str(word)[:_QUOTED_LENGTH]}”" for word in words[:5])
    return ""


def _shares(details: Mapping[str, JsonValue], reader: Reader) -> str:
    shares = details.get("shares")
    if not isinstance(shares, Mapping):
        return ""
    numbers = {code: value for code, value in shares.items() if isinstance(value, (int, float))}
    best = sorted(numbers.items(), key=lambda pair: -pair[1])[:3]
    return ", ".join(f"{reader.texts.language_in_words(code)} {round(100 * value)} %" for code, value in best)


def _conference(details: Mapping[str, JsonValue], shelf: Shelf, reader: Reader) -> str:
    known = shelf.conferences.get(_text(details, "other_conference"))
    return reader.conference(known) if known else ""
