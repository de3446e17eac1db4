"""Folders of a batch that could be panels, in words."""

from __future__ import annotations

from ingest.batch_folders import PanelFolder
from portal.checking.words import short
from portal.markup import Markup, tag
from portal.reader import Reader


def folders_lead(reader: Reader) -> Markup:
    """Say what there is to decide."""
    _ = reader.texts.gettext
    lead = _(
        "The files lie in folders. Folders that you tick become panels of the conference, and their drafts "
        "go there. You can give the panels other titles later."
    )
    return tag("p", lead, css="lead")


def folder_words(folder: PanelFolder, reader: Reader) -> str:
    """Say how many drafts a folder has, and which panel it is: „Energie – 12 drafts, new panel“."""
    _ = reader.texts.gettext
    count = reader.texts.ngettext("{n} draft", "{n} drafts", len(folder.drafts))
    panel = _("new panel")
    if not folder.is_new:
        title, _language = reader.texts.pick(folder.panel.title)
        panel = _("panel “{title}”").format(title=short(title or folder.panel.id))
    return f"{short(folder.name)} – {count}, {panel}"
