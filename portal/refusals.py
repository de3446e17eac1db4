"""Why something that staff asked for was not done, in the reader's language."""

from __future__ import annotations

from archive.errors import CatalogueError, LockedError, NotFoundError
from portal.reader import Reader
from portal.sentences import Sentences, say


def refusal_words(error: Exception, reader: Reader) -> str:
    """Say an error of the archive to whoever asked for something; one that is not known stays in English."""
    _ = reader.texts.gettext
    if isinstance(error, LockedError):
        return _("Another process is writing to the archive. Try again in a moment.")
    if isinstance(error, NotFoundError):
        return _("It is no longer in the archive. Load the page again.")
    if isinstance(error, CatalogueError):
        return _("The database of the archive cannot be used at the moment. Try again in a few minutes.")
    return say(str(error), _sentences(reader)) or str(error)


def _sentences(reader: Reader) -> Sentences:
    _ = reader.texts.gettext
    moved = _("“{0}” was changed at the same moment. Try again.")
    return {
        r"(?:Changed by somebody else in the meantime: .+\. )Nothing was saved\.": _(
            "Somebody else changed the same in the meantime. Nothing was saved; load the page again."
        ).format,
        r"(.+) cannot be set\.": _("{0} cannot be set.").format,
        r"A value of (.+) cannot be set: .+\.": _("A value of {0} cannot be set.").format,
        r"The panel (.+) is not one of the conference (.+)\.": _(
            "The panel {0} is not one of the conference {1}."
        ).format,
        r"An embargo needs the day from which on everybody may read the document\.": _(
            "An embargo needs the day from which on everybody may read the document."
        ).format,
        r"There is no conference (.+) any more\. Choose another\.": _(
            "There is no conference {0} any more. Choose another."
        ).format,
        r"A document cannot be a version, a format, a translation or a part of itself\.": _(
            "A document cannot be a version, a format, a translation or a part of itself."
        ).format,
        r"There is no document (.+) any more\. Choose another, or none\.": _(
            "There is no document {0} any more. Choose another, or none."
        ).format,
        r"The two documents would belong to one another in a circle\. Choose another\.": _(
            "The two documents would belong to one another in a circle. Choose another."
        ).format,
        r"A withdrawal needs a reason\.": _("A withdrawal needs a reason.").format,
        r"This step has been taken back already\.": _("This step has been taken back already.").format,
        r"There is a conference (.+) already\.": _("There is a conference {0} already.").format,
        r"Choose two panels of this conference\.": _("Choose two different panels.").format,
        r"The conference ends before it begins\.": _("The conference ends before it begins.").format,
        r"The conference needs a title\.": _("Give the conference a title.").format,
        r"The panel (.+) does not belong here, or is there twice\.": _(
            "The panel {0} does not belong here, or is there twice."
        ).format,
        r"The panel (.+) has (\d+) documents; move them first\.": _(
            "The panel {0} has {1} documents. Move them first."
        ).format,
        r"The conference (.+) has documents; move or purge them first\.": _(
            "The conference {0} has documents. Move or delete them first."
        ).format,
        r"Files still on their way to (.+): (\d+)\. Wait until they are read\.": _(
            "Files still on their way to {0}: {1}. Wait until they are read."
        ).format,
        r"Only two different drafts can be joined\.": _("Only two different drafts can be joined.").format,
        r"The document that it belongs to is gone\. Choose another, or none\.": _(
            "The document that it belongs to is gone. Choose another, or none."
        ).format,
        r"(.+), to which it belongs, is not published\. Publish that first\.": _(
            "{0}, to which it belongs, is not published. Publish that first."
        ).format,
        r"(.+), to which it belongs, was withdrawn\. Restore that first\.": _(
            "{0}, to which it belongs, was withdrawn. Restore that first."
        ).format,
        r"(.+) has a file of the format of (.+) already\.": _(
            "{0} has a file of the format of {1} already."
        ).format,
        r"'(.+)' was changed at the same moment\. Try again\.": moved.format,
        r"(?:'|\")(.+)(?:'|\") was published\. Only an administrator can delete it, where its record is\.": _(
            "“{0}” was published. Only an administrator can delete it, where its record is."
        ).format,
        r"Somebody else's upload counts on this draft\. Look at it again, then delete it\.": _(
            "Somebody else's upload counts on this draft. Look at it again, then delete it."
        ).format,
        r"Only a draft of several files can be taken apart\.": _(
            "Only a draft of several files can be taken apart."
        ).format,
    }
