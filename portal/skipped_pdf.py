"""What reading left out of a PDF or mended in it, as the report says it, in the reader's language."""

from __future__ import annotations

from portal.reader import Reader
from portal.sentences import Sentences


def pdf_sentences(reader: Reader) -> Sentences:
    """Return the sentences that only a PDF has."""
    _ = reader.texts.gettext
    return {
        r"Page (\d+) is longer than can be read; its beginning was read\.": _(
            "Page {0} is longer than can be read; its beginning was read."
        ).format,
        r"Only the first (\d+) of (\d+) pages were read\.": _(
            "Only the first {0} of {1} pages were read."
        ).format,
        r"Only the first (\d+) bookmarks were read\.": _("Only the first {0} bookmarks were read.").format,
        r"(\d+) of (\d+) pages are damaged\.": _("{0} of {1} pages are damaged.").format,
        r"(\d+) of (\d+) pages have text outside of what they show\.": _(
            "{0} of {1} pages have text outside of what they show."
        ).format,
        r"(\d+) of (\d+) pages had text in a wrong code page\.": _(
            "{0} of {1} pages had text in a wrong code page."
        ).format,
        r"(\d+) of (\d+) pages had letters under wrong numbers\.": _(
            "{0} of {1} pages had letters under wrong numbers."
        ).format,
        r"(\d+) of (\d+) pages had letters set apart\.": _("{0} of {1} pages had letters set apart.").format,
        r"(\d+) of (\d+) pages show no gaps between words; where they end was guessed\.": _(
            "{0} of {1} pages show no gaps between words; where they end was guessed."
        ).format,
        r"(\d+) of (\d+) pages had lines written backwards\.": _(
            "{0} of {1} pages had lines written backwards."
        ).format,
        r"(\d+) of (\d+) pages had letters or lines twice\.": _(
            "{0} of {1} pages had letters or lines twice."
        ).format,
        r"(\d+) of (\d+) pages have text in layers that are not shown\.": _(
            "{0} of {1} pages have text in layers that are not shown."
        ).format,
        r"The file is a PDF portfolio: what it holds are the files embedded in it\.": _(
            "The file is a PDF portfolio: what it holds are the files embedded in it."
        ).format,
        r"The first page only says with which program to open the file\.": _(
            "The first page only says with which program to open the file."
        ).format,
        r"The texts of an XFA form were read, not its pages\.": _(
            "The texts of an XFA form were read, not its pages."
        ).format,
        r"The form \(XFA\) was not read\. Save it as an ordinary PDF and hand that in as well\.": _(
            "The form (XFA) was not read. Save it as an ordinary PDF and hand that in as well."
        ).format,
        r"The form \(XFA\) was read in part\. Save it as an ordinary PDF and hand that in as well\.": _(
            "The form (XFA) was read in part. Save it as an ordinary PDF and hand that in as well."
        ).format,
        r"Stamps and marks whose letters were not read: (\d+)\.": _(
            "Stamps and marks whose letters were not read: {0}."
        ).format,
        r"(\d+) doubtful pages were not read a second time\.": lambda n: reader.texts.ngettext(
            "{n} doubtful page was not read a second time.",
            "{n} doubtful pages were not read a second time.",
            int(n),
        ),
    }
