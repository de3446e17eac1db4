"""Comments on a text: who wrote them, and which answer which.

Source: ISO/IEC 29500-1, 17.13.4 (comments); [MS-DOCX] 2.5.2 (commentsEx: answers).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from lxml import etree

from ingest.extractors.docx.styles import W

_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"

ANSWER = "↳ "
"""Stands before a comment that answers the one above it."""


class Comments:
    """The comments of a text by number, each given out once, together with what answers it."""

    def __init__(
        self,
        root: etree._Element | None,
        extended: etree._Element | None,
        text_of: Callable[[etree._Element], str],
    ) -> None:
        elements = () if root is None else root.iterchildren(f"{W}comment")
        self._left = {element.get(f"{W}id", ""): element for element in elements}
        self.count = len(self._left)
        self._text_of = text_of
        self._answers: dict[str, list[str]] = {}
        self._answered = dict(self._threads(extended))
        for number, above in self._answered.items():
            self._answers.setdefault(above, []).append(number)

    def take(self, number: str) -> Iterator[str]:
        """Yield a comment with its author's name, then its answers; nothing for one that was taken."""
        waiting = [number]
        while waiting:
            number = waiting.pop()
            element = self._left.pop(number, None)
            if element is None:
                continue
            text = self._text_of(element).strip()
            author = _name(element.get(f"{W}author") or "")
            sign = ANSWER if number in self._answered else ""
            if text:
                yield f"{sign}{author}: {text}" if author else f"{sign}{text}"
            waiting += reversed(self._answers.get(number, ()))

    def take_all(self) -> Iterator[str]:
        """Yield what nothing in the text refers to."""
        for number in list(self._left):
            yield from self.take(number)

    def _threads(self, extended: etree._Element | None) -> Iterator[tuple[str, str]]:
        """Yield the number of each answer with that of the comment which began its thread."""
        if extended is None:
            return
        number_of = {
            paragraph.get(f"{_W14}paraId"): number
            for number, element in self._left.items()
            for paragraph in element.iter(f"{W}p")
            if paragraph.get(f"{_W14}paraId")
        }
        for each in extended.iter(f"{_W15}commentEx"):
            answer = number_of.get(each.get(f"{_W15}paraId"))
            above = number_of.get(each.get(f"{_W15}paraIdParent"))
            if answer is not None and above is not None and answer != above:
                yield answer, above


def _name(author: str) -> str:
    """Return the name of an author without the address that some programs put behind it."""
    return " ".join(author.partition("<")[0].split())
