"""What the reasons are called for which a text says a word of a query: in full, and as headings."""

from __future__ import annotations

from index.tree import Reason
from portal.reader import Reader


def reason_name(reason: str, language: str, reader: Reader) -> str:
    """Name a reason, of a translation with its language: „Übersetzung (Russisch)“."""
    _ = reader.texts.gettext
    names = {
        Reason.FORM: _("another form"),
        Reason.COMPOUND: _("in a compound"),
        Reason.SPELLING: _("another spelling"),
        Reason.SCRIPT: _("in another script"),
        Reason.LAYOUT: _("with another keyboard layout"),
        Reason.WILDCARD: _("fits the wildcard"),
        Reason.FUZZY: _("spelt alike"),
        Reason.TRANSLATION: _("translation"),
    }
    name = names.get(reason, reason)  # type: ignore[call-overload]
    return f"{name} ({reader.texts.language_in_words(language)})" if language else str(name)


def reason_heading(reason: str, reader: Reader) -> str:
    """Name what was searched for one reason."""
    _ = reader.texts.gettext
    names = {
        Reason.FORM: _("Forms"),
        Reason.COMPOUND: _("Compounds"),
        Reason.SPELLING: _("Spellings"),
        Reason.SCRIPT: _("Other scripts"),
        Reason.LAYOUT: _("Keyboard layout"),
        Reason.WILDCARD: _("Fitting the wildcard"),
        Reason.FUZZY: _("Spelt alike"),
        Reason.TRANSLATION: _("Translations"),
    }
    return str(names.get(reason, reason))  # type: ignore[call-overload]
