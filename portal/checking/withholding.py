"""What keeping something for staff means, where the general words do not say it."""

from __future__ import annotations

from archive.model import Sensitive
from portal.reader import Reader


def withheld_meaning(what: Sensitive, reader: Reader) -> str:
    """Say what others get of what is kept for staff; empty where that is nothing."""
    _ = reader.texts.gettext
    meanings = {
        Sensitive.CHANGES: _(
            "Others read the text with all changes accepted; "
            "kept for staff is only the file with the changes."
        ),
        Sensitive.CONTACTS: _(
            "Kept for staff, they are left out of the text, "
            "and others see no picture of the pages that show them."
        ),
    }
    return meanings.get(what, "")
