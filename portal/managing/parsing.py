"""What was typed into the form of a conference, checked and made a record. It comes from outside.

Each problem stands beside its field, says what is wrong and what to write instead, in the reader's language.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import cast
from urllib.parse import urlsplit

from archive.identifiers import SLUG_LENGTH, make_panel_id, slug
from archive.records import Json, JsonValue
from ingest.spreadsheet_columns import CellError, parse_day
from portal.managing.form import (
    AGENTS,
    LINKS,
    PANEL_AGENTS,
    PANEL_LINES,
    PANEL_TEXTS,
    PANELS,
    TEXTS,
    Form,
    form_of,
    panel_key,
)
from portal.texts import Texts

LENGTHS = {"description": 20_000, "motto": 500, "url": 2_000, "time": 60, "room": 120}
"""Characters of fields that are not names or titles."""

NAME_LENGTH = 300
FIRST_YEAR, LAST_YEAR = 1800, 2200
MOST_NUMBER = 999

Problems = Mapping[str, str]
"""What is wrong, in words, by the path of the field."""

_UNSEEN = re.compile(r"[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufeff]")


def record_of(form: Form, base: Json, texts: Texts) -> tuple[Json, Problems]:
    """Make a conference of what was typed.

    Args:
        base: the conference that the form was made of; what was not touched is taken from there.

    Returns:
        The conference as JSON, and what is wrong with it; it is whole only where nothing is.
    """
    parser = _Parser(form, base, texts)
    return parser.conference(), parser.problems


class _Parser:
    def __init__(self, form: Form, base: Json, texts: Texts) -> None:
        self._form = form
        self._base = base
        self._before = form_of(base)
        self._texts = texts
        self.problems: dict[str, str] = {}

    def conference(self) -> Json:
        _ = self._texts.gettext
        form, base = self._form, self._base
        record: dict[str, JsonValue] = dict(base)
        for name in TEXTS:
            record[name] = self._translations(name, base[name])
        if not form.texts("title"):
            self.problems["title/de"] = _("Write a title in one language at least.")
        record["number"] = self._number("number", base["number"])
        for name in ("start", "end"):
            record[name] = self._day(name, base[name])
        if record["start"] and record["end"] and str(record["end"]) < str(record["start"]):
            self.problems.setdefault("end", _("The end is before the beginning."))
        if record["end"] and not record["start"]:
            self.problems.setdefault("start", _("Write when it begins, too."))
        for name in AGENTS:
            record[name] = self._rows(name, "name", base[name])
        record[LINKS] = self._rows(LINKS, "label", base[LINKS])
        record[PANELS] = self._panels()
        return record

    def _panels(self) -> list[Json]:
        known = {panel_key(str(each["id"])): each for each in cast(list[Json], self._base[PANELS])}
        taken = set(known)
        panels: list[Json] = []
        for key in self._form.rows[PANELS]:
            panel = self._panel(key, known.get(key))
            if key not in known:
                own = _free_slug(panel, taken)
                taken.add(own)
                panel = {**panel, "id": make_panel_id(str(self._base["id"]), own)}
            panels.append(panel)
        return panels

    def _panel(self, key: str, known: Json | None) -> Json:
        _ = self._texts.gettext
        place = f"{PANELS}/{key}"
        empty: Json = {name: {} for name in PANEL_TEXTS}
        before = known or {**empty, "day": None, "time": None, "room": None, "folder": None, "id": ""}
        panel: dict[str, JsonValue] = dict(before)
        for name in PANEL_TEXTS:
            panel[name] = self._translations(f"{place}/{name}", before[name])
        if not self._form.texts(f"{place}/title"):
            self.problems[f"{place}/title/de"] = _("Write a title in one language at least.")
        for name in PANEL_LINES:
            path = f"{place}/{name}"
            if name == "day":
                panel[name] = self._day(path, before[name])
            else:
                panel[name] = self._kept(path, before[name], self._line(path, LENGTHS[name]) or None)
        for name in PANEL_AGENTS:
            panel[name] = self._rows(f"{place}/{name}", "name", before.get(name, []))
        return panel

    def _rows(self, name: str, label: str, before: JsonValue) -> JsonValue:
        """Read people, bodies or links; rows in which nothing is typed are left out."""
        _ = self._texts.gettext
        form = self._form
        if (form.rows[name], form.below(name)) == (
            self._before.rows.get(name, []),
            self._before.below(name),
        ):
            return before
        rows: list[Json] = []
        for key in form.rows[name]:
            place = f"{name}/{key}"
            called = self._translations(f"{place}/{label}", None)
            url = self._url(f"{place}/url", needed=label == "label" and bool(called))
            if not called and url and label == "name":
                self.problems[f"{place}/{label}/de"] = _("Write whose address this is.")
            if called or url:
                rows.append(
                    {label: called, "url": url or None} if label == "name" else {label: called, "url": url}
                )
        return rows

    def _translations(self, place: str, before: JsonValue) -> dict[str, JsonValue]:
        """Read a text in several languages. `before`: what is kept where nobody touched it; None: nothing."""
        found: dict[str, JsonValue] = {}
        limit = LENGTHS.get(place.rpartition("/")[2], NAME_LENGTH)
        for language in self._form.languages(place):
            path = f"{place}/{language}"
            text = self._block(path, limit) if place.endswith("description") else self._line(path, limit)
            value: JsonValue = text or None
            if before is not None:
                value = self._kept(path, cast(Mapping[str, str], before).get(language), value)
            if value is not None:
                found[language] = value
        return found

    def _kept(self, path: str, before: JsonValue, now: JsonValue) -> JsonValue:
        """Return what was there before, where nobody touched the field."""
        untouched = self._form.fields.get(path, "") == self._before.fields.get(path)
        return before if untouched else now

    def _line(self, path: str, limit: int) -> str:
        return " ".join(self._block(path, limit).split())

    def _block(self, path: str, limit: int) -> str:
        text = clean(self._form.fields.get(path, ""))
        if len(text) > limit:
            message = self._texts.gettext("At most {n} characters; these are {m}.")
            self.problems[path] = message.format(n=self._texts.number(limit), m=self._texts.number(len(text)))
        return text

    def _number(self, path: str, before: JsonValue) -> JsonValue:
        text = self._line(path, NAME_LENGTH)
        if not text:
            return None
        if not (text.isascii() and text.isdigit() and 0 < int(text[:9]) <= MOST_NUMBER):
            self.problems[path] = self._texts.gettext("Write a number from 1 to 999, in figures.")
            return before
        return int(text)

    def _day(self, path: str, before: JsonValue) -> JsonValue:
        text = self._line(path, NAME_LENGTH)
        if not text:
            return None
        try:
            day = parse_day(text)
        except CellError:
            day = None
        if day is None or not FIRST_YEAR <= day.year <= LAST_YEAR:
            self.problems[path] = self._texts.gettext("Write a day like 28.06.2017 or 2017-06-28.")
            return before
        return day.isoformat()

    def _url(self, path: str, *, needed: bool) -> str:
        text = self._line(path, LENGTHS["url"])
        if text and not is_web_address(text):
            self.problems[path] = self._texts.gettext(
                "Write a web address that begins with https:// or http://."
            )
        elif needed and not text:
            self.problems[path] = self._texts.gettext("Write the address of the page.")
        return text


def clean(text: str) -> str:
    """Return a text without what nobody sees and what could reorder the text around it."""
    composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return _UNSEEN.sub(" ", composed).encode("utf-8", "replace").decode().strip()


def is_web_address(text: str) -> bool:
    """Tell whether a text is the address of a web page."""
    try:
        parts = urlsplit(text)
        host = parts.hostname
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(host) and not re.search(r"\s", text)


def _free_slug(panel: Json, taken: set[str]) -> str:
    titles = cast(Mapping[str, str], panel["title"])
    title = next((titles[code] for code in ("de", "en", "ru", *titles) if titles.get(code)), "panel")
    name = slug(title)[: SLUG_LENGTH - 4].rstrip("-_")
    number = 1
    while (own := name if number == 1 else f"{name}-{number}") in taken:
        number += 1
    return own
