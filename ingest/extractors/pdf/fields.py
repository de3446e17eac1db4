"""What was filled into the form fields of a PDF page.

Buttons and signatures have no text, and what was typed into a field for passwords is not read. Of a box or a
button that was chosen the label is read that a program reads out for it, else the value it stands for.

Source: ISO 32000-2, 12.7.5 (field types), 12.7.4.1 (TU, the alternative name).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

from pypdfium2 import raw

from ingest.extractors.pdf.strings import text_of

_CHOSEN = (raw.FPDF_FORMFIELD_CHECKBOX, raw.FPDF_FORMFIELD_RADIOBUTTON)
_CHOICES = (raw.FPDF_FORMFIELD_COMBOBOX, raw.FPDF_FORMFIELD_LISTBOX)
_PASSWORD = 1 << 13
MAX_OPTIONS = 2_000
"""At most so many entries of a list are looked at."""

_HEX = re.compile(r"(?:#[0-9A-Fa-f]{2})+")
"""Letters of a name as it stands in the file."""

_NO_VALUE = ("on", "yes", "off", "ja", "да")
"""Values of a chosen box that say nothing beyond that."""


class PageFields:
    """Collects the fields of one page: `lines`, one a field, and how many there are in `count`.

    `is_cut` says that one has more to choose from than is looked at.
    """

    def __init__(self, form: object) -> None:
        self._form = form
        self._seen: set[tuple[str, str]] = set()
        self.lines: list[str] = []
        self.count = 0
        self.is_cut = False

    def read(self, annotation: object) -> int:
        """Read the field that a widget shows; a field shown twice is read once. Return how long it is."""
        kind = raw.FPDFAnnot_GetFormFieldType(self._form, annotation)
        if kind in _CHOSEN:
            value = self._chosen(annotation) if raw.FPDFAnnot_IsChecked(self._form, annotation) else ""
        elif kind in _CHOICES:
            value = self._choices(annotation) or self._text(raw.FPDFAnnot_GetFormFieldValue, annotation)
        elif kind == raw.FPDF_FORMFIELD_TEXTFIELD:
            is_secret = raw.FPDFAnnot_GetFormFieldFlags(self._form, annotation) & _PASSWORD
            value = "" if is_secret else self._text(raw.FPDFAnnot_GetFormFieldValue, annotation)
        else:
            return 0
        name = self._text(raw.FPDFAnnot_GetFormFieldName, annotation)
        if not value or (name, value) in self._seen:
            return len(value)
        self._seen.add((name, value))
        self.count += 1
        label = self._text(raw.FPDFAnnot_GetFormFieldAlternateName, annotation)
        self.lines.append(f"{label}: {value}" if label and label != value else value)
        return len(label) + len(value)

    def _chosen(self, annotation: object) -> str:
        """Return what a chosen box stands for."""
        value = self._text(raw.FPDFAnnot_GetFormFieldExportValue, annotation)
        value = _HEX.sub(
            lambda digits: bytes.fromhex(digits[0].replace("#", "")).decode("utf-8", "replace"), value
        )
        if any(map(str.isalpha, value)) and value.casefold() not in _NO_VALUE:
            return value
        return self._text(raw.FPDFAnnot_GetFormFieldAlternateName, annotation)

    def _choices(self, annotation: object) -> str:
        """Return the labels of what was chosen from a list."""
        count = raw.FPDFAnnot_GetOptionCount(self._form, annotation)
        self.is_cut |= count > MAX_OPTIONS
        return ", ".join(
            text_of(partial(raw.FPDFAnnot_GetOptionLabel, self._form, annotation, index))
            for index in range(min(count, MAX_OPTIONS))
            if raw.FPDFAnnot_IsOptionSelected(self._form, annotation, index)
        )

    def _text(self, function: Callable[..., int], annotation: object) -> str:
        return text_of(partial(function, self._form, annotation))
