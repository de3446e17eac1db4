"""What reading left out of a presentation, or of files inside of files, in the reader's language."""

from __future__ import annotations

from portal.reader import Reader
from portal.sentences import Sentences


def deck_sentences(reader: Reader) -> Sentences:
    """Return the sentences that only presentations and embedded files have."""
    _ = reader.texts.gettext
    return {
        r"Slide (\d+) is damaged; what could be read was read\.": _(
            "Slide {0} is damaged; what could be read was read."
        ).format,
        r"(\d+) of (\d+) slides are damaged or missing\.": _(
            "{0} of {1} slides are damaged or missing."
        ).format,
        r"Embedded files that were read in part: (\d+)\.": _(
            "Embedded files that were read in part: {0}."
        ).format,
    }
