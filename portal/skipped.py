"""What reading left out of a file or mended in it, as the report says it, in the reader's language."""

from __future__ import annotations

from archive.records import Json
from portal.markup import Markup, tag
from portal.reader import Reader
from portal.sentences import Sentences, say
from portal.skipped_decks import deck_sentences
from portal.skipped_pdf import pdf_sentences


def skipped_words(sentence: str, reader: Reader) -> str | None:
    """Translate a sentence of an extraction report; None for one that is not known."""
    return say(sentence, _sentences(reader))


def skipped_markup(sentence: str, reader: Reader) -> Markup:
    """Show such a sentence; one that is not known stands in English and says so."""
    words = skipped_words(sentence, reader)
    return tag("span", sentence, lang="en") if words is None else tag("span", words)


def told(report: Json, reader: Reader) -> list[Markup]:
    """Show what an extraction report says was not read, and what was read otherwise than it stands there."""
    said = [each for name in ("skipped", "repairs") if isinstance(each := report.get(name), list)]
    return [skipped_markup(str(sentence), reader) for sentences in said for sentence in sentences]


def _sentences(reader: Reader) -> Sentences:
    _, ngettext = reader.texts.gettext, reader.texts.ngettext
    return {
        r"There is no text on any page\.": _("There is no text on any page.").format,
        r"There is text in the notes only\.": _("There is text in the notes only.").format,
        r"Fields whose value is not in the file: (\d+)\.": _(
            "Fields whose value is not in the file: {0}."
        ).format,
        r"Form controls that were not read: (\d+)\.": _("Form controls that were not read: {0}.").format,
        r"Attributes of overfull elements that were not read: (\d+)\.": _(
            "Attributes of overfull elements that were not read: {0}."
        ).format,
        r"Embedded files that were not read: (.+)\.": _("Embedded files that were not read: {0}.").format,
        r"Parts of the book that were not read: (\d+)\.": _(
            "Parts of the book that were not read: {0}."
        ).format,
        r"Formulas without a result: (\d+)\.": _("Formulas without a result: {0}.").format,
        r"Of its cells no more than (\d+) characters were read\.": _(
            "Of its cells no more than {0} characters were read."
        ).format,
        r"Page (\d+) is damaged\.": _("Page {0} is damaged.").format,
        r"Slide (\d+) is damaged\.": _("Slide {0} is damaged.").format,
        r"A file inserted as a whole was not read\.": _("A file inserted as a whole was not read.").format,
        r"A chart or SmartArt drawing (?:of .+ )?is damaged\.": _(
            "A chart or SmartArt drawing is damaged."
        ).format,
        r"(\d+) of (\d+) pages have no text layer\.": _("{0} of {1} pages have no text layer.").format,
        r"(\d+) of (\d+) pages have glyphs that stand for no known letters\.": _(
            "{0} of {1} pages have glyphs that stand for no known letters."
        ).format,
        r"(\d+) characters could not be decoded\.": lambda n: ngettext(
            "{n} character could not be decoded.", "{n} characters could not be decoded.", int(n)
        ),
        r"Quotes from line (\d+) on do not match and stand as they are\.": _(
            "Quotes from line {0} on do not match and stand as they are."
        ).format,
        r"The markup is nested too deep; its text was read without it\.": _(
            "The markup is nested too deep; its text was read without it."
        ).format,
        r"The code page of the text is not known\.": _("The code page of the text is not known.").format,
        r"The list of the documents is damaged; they are in the order of their names\.": _(
            "The list of the documents is damaged; they are in the order of their names."
        ).format,
        r"The end of the file is missing\.": _("The end of the file is missing.").format,
        r"Text declared as (.+) was read as (.+)\.": _("Text declared as {0} was read as {1}.").format,
        **pdf_sentences(reader),
        **deck_sentences(reader),
        r"(.+) is damaged; what could be read was read\.": _(
            "{0} is damaged; what could be read was read."
        ).format,
        r"(.+) is damaged\.": _("{0} is damaged.").format,
    }
