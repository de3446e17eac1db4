"""What the script below the search field says, in the reader's language: theme/suggest.js."""

from __future__ import annotations

import json

from index.labels import Kind
from portal.markup import Markup, tag, together
from portal.reader import Reader
from portal.theme import SUGGEST_SCRIPT, theme_url


def suggest_script(reader: Reader) -> Markup:
    """Ask for the script, in the head of a page, and say its words."""
    _ = reader.texts.gettext
    kinds = {
        Kind.CONCEPT: _("Subject"),
        Kind.WORD: _("Word"),
        Kind.CREATOR: _("Creator"),
        Kind.CONFERENCE: _("Conference"),
        Kind.PANEL: _("Panel"),
        Kind.TITLE: _("Title"),
    }
    known = json.dumps({"label": _("Suggestions"), "kinds": kinds}, ensure_ascii=False)
    return together(
        [tag("meta", name="suggesting", content=known), tag("script", src=theme_url(SUGGEST_SCRIPT))]
    )
