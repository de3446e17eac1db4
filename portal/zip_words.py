"""What became of a zip, as the parts below say it, in the reader's language."""

from __future__ import annotations

from portal.reader import Reader
from portal.sentences import Sentences, say

_SUMMARY = (
    r"Files taken out of the zip: (\d+)\."
    r"(?: Could not be taken out: (\d+) \((.+)\)\.)?(?: Left out: (\d+)\.)?"
)
_NOTHING_TAKEN = (
    r"No file could be taken out of the zip\. Unpack it and hand in the folder\. The first one: (.+)"
)


def zip_words(sentence: str, reader: Reader) -> str | None:
    """Translate a sentence about a zip or a file in it; None for one that is not known."""
    return say(sentence, _sentences(reader))


def _sentences(reader: Reader) -> Sentences:
    _ = reader.texts.gettext
    members = _of_members(reader)

    def nothing_taken(why: str) -> str:
        said = _(
            "No file could be taken out of the zip. Unpack it and hand in the folder. The first one: {0}"
        )
        return said.format(say(why, members) or why)

    return {
        _SUMMARY: lambda taken, failed, names, skipped: _summary(taken, failed, names, skipped, reader),
        r"The zip is protected with a password\. .+": _(
            "The zip is protected with a password. Unpack it, and hand in the folder, or a zip without a "
            "password."
        ).format,
        r"The zip is damaged, or not all of it was copied: .+": _(
            "The zip is damaged, or not all of it was copied. Make it anew and hand it in again, or unpack "
            "it and hand in the folder."
        ).format,
        r"It is one part of a zip in several\. .+": _(
            "It is one part of a zip in several. Put them together, and hand in the whole."
        ).format,
        r"The zip has more than (\d+) files\. .+": _(
            "The zip has more than {0} files. Unpack it and hand in the folder."
        ).format,
        r"Files in the zip share their bytes, .+": _(
            "Files in the zip share their bytes, as in one that is damaged, or was made to fill the disk. "
            "Make it anew from the files themselves and hand that in."
        ).format,
        r"More would come out of the zip than a zip of this size may hold, or than (\d+) GB\. .+": _(
            "More would come out of the zip than a zip of this size may hold, or than {0} GB. Unpack it and "
            "hand in the folder, or make several zips of it."
        ).format,
        r"Zips lie in the zip more than (\d+) deep\. .+": _(
            "Zips lie in the zip more than {0} deep. Unpack it and hand in the folder."
        ).format,
        _NOTHING_TAKEN: nothing_taken,
        **members,
    }


def _of_members(reader: Reader) -> Sentences:
    _ = reader.texts.gettext
    return {
        r"It is damaged in the zip\. .+": _(
            "It is damaged in the zip. Make the zip anew, or hand in the file by itself."
        ).format,
        r"It is longer in the zip than the zip says\. .+": _(
            "It is longer in the zip than the zip says. Make the zip anew, or hand in the file by itself."
        ).format,
        r"It is compressed in a way that is not known here\. .+": _(
            "It is compressed in a way that is not known here. Unpack the zip and hand in the file by itself."
        ).format,
        r"Its name in the zip leads out of the zip\. .+": _(
            "Its name in the zip leads out of the zip. Unpack the zip and hand in the file by itself."
        ).format,
        r"It has no name in the zip that could be one\. .+": _(
            "It has no name in the zip that could be one. Unpack the zip and hand in the file by itself."
        ).format,
        r"Its name in the zip is longer than (\d+) bytes or has more than (\d+) folders\. .+": _(
            "Its name in the zip is longer than {0} bytes or has more than {1} folders. Shorten it."
        ).format,
    }


def _summary(taken: str, failed: str | None, names: str, skipped: str | None, reader: Reader) -> str:
    _ = reader.texts.gettext
    said = [_("Files taken out of the zip: {0}.").format(taken)]
    if failed:
        said.append(_("Could not be taken out: {0} ({1}).").format(failed, names))
    if skipped:
        said.append(_("Left out: {0}.").format(skipped))
    return " ".join(said)
