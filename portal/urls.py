"""Addresses of the portal: a query to and from URL parameters, and links that keep the reader's language.

Everything a page shows follows from its address, so that any page can be sent to a colleague.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias
from urllib.parse import quote, urlencode

from archive.accounts import Role
from archive.identifiers import DOCUMENT_LENGTH
from index.query import Query, Sort, Wishes

Parameters: TypeAlias = Mapping[str, Sequence[str]]
"""URL parameters, each with all its values."""

SEARCH, CONFERENCES, DOCUMENT = "/", "/conferences", "/document"
UPLOAD, CHECK, MANAGE, RECORD, STATUS = "/upload", "/check", "/manage", "/record", "/status"
PEOPLE, ACCOUNT, THESAURUS = "/people", "/account", "/thesaurus"
TRANSLATIONS = "/translations"
PAGES: Mapping[str, Role | None] = {
    SEARCH: None,
    CONFERENCES: None,
    DOCUMENT: None,
    THESAURUS: None,
    UPLOAD: Role.STAFF,
    CHECK: Role.STAFF,
    MANAGE: Role.STAFF,
    RECORD: Role.STAFF,
    TRANSLATIONS: Role.STAFF,
    STATUS: Role.STAFF,
    PEOPLE: Role.ADMIN,
    ACCOUNT: Role.READER,
}
"""Paths that Streamlit pages answer, each with the role it needs; None: for everybody."""

THESAURUS_FILE, THESAURUS_FILES = "/thesaurus.ttl", "/thesaurus/files"
"""Routes: the thesaurus as a file, and where others are handed in."""

SIGN_IN, SIGN_OUT = "/sign-in", "/sign-out"
"""Routes, since only they can set a cookie."""

FILTERS = ("language", "conference", "series", "kind", "panel", "year", "format", "creator")
"""Fields of a query that filter, in the order in which they are shown."""

HITS_PER_PAGE = 10
LAST_PAGE = 1000
"""Pages of results beyond this are not asked for."""

TEXT_LENGTH = 1000
"""Characters of a query that are looked at."""

_VALUES = 50
_VALUE_LENGTH = 200


def parse_query(parameters: Parameters) -> Query:
    """Read a query from URL parameters; what cannot be used is left out."""
    return Query(
        text=first(parameters, "q").strip()[:TEXT_LENGTH],
        **{field: _values(parameters, field) for field in FILTERS},
        sort=_sort(first(parameters, "sort")),
        limit=HITS_PER_PAGE,
        offset=(number(parameters, "page", LAST_PAGE) - 1) * HITS_PER_PAGE,
        wishes=_wishes(parameters),
    )


def format_query(query: Query) -> list[tuple[str, str]]:
    """Write a query as URL parameters, without those that say nothing."""
    pairs = [("q", query.text)] if query.text else []
    pairs += [(field, value) for field in FILTERS for value in values_of(query, field)]
    pairs += _format_wishes(query.wishes)
    if query.sort is not Sort.RELEVANCE:
        pairs.append(("sort", query.sort.value))
    if query.offset:
        pairs.append(("page", str(query.offset // HITS_PER_PAGE + 1)))
    return pairs


def first(parameters: Parameters, name: str) -> str:
    """Return the first value of a parameter, without NUL characters; empty if it is not there."""
    values = parameters.get(name) or ("",)
    return values[0].replace("\x00", "")


def number(parameters: Parameters, name: str, most: int) -> int:
    """Return a parameter that counts from 1, at most `most`; 1 where it is no such number."""
    return min(max(whole_number(first(parameters, name), 1), 1), most)


def whole_number(text: str, default: int) -> int:
    """Read a whole number of at most nine digits; the default where the text is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 9 else default


def values_of(query: Query, field: str) -> tuple[str, ...]:
    """Return the values a query filters one of `FILTERS` by."""
    values: tuple[str, ...] = getattr(query, field)
    return values


def with_values(query: Query, field: str, values: Iterable[str]) -> Query:
    """Filter one of `FILTERS` by other values, and begin again at the first hit."""
    changed: dict[str, tuple[str, ...]] = {field: tuple(dict.fromkeys(values))}
    return replace(query, **changed, offset=0)  # type: ignore[arg-type]


def toggled(query: Query, field: str, value: str) -> Query:
    """Filter by one value more, or, if the query has it, by one less."""
    values = values_of(query, field)
    kept = tuple(other for other in values if other != value)
    return with_values(query, field, kept if value in values else (*values, value))


def unfiltered(query: Query) -> Query:
    """Take all filters away."""
    return Query(text=query.text, sort=query.sort, limit=query.limit, wishes=query.wishes)


def wishing(query: Query, wishes: Wishes) -> Query:
    """Allow other things besides the words as typed, and begin again at the first hit."""
    return replace(query, wishes=wishes, offset=0)


def without(query: Query, form: str) -> Query:
    """Look no more for a form, or, if the query leaves it out, look for it again."""
    left_out = query.wishes.without
    kept = tuple(other for other in left_out if other != form)
    return wishing(query, replace(query.wishes, without=kept if form in left_out else (*left_out, form)))


def asking(query: Query, text: str) -> Query:
    """Ask other words under the same filters; which forms were left out was said of the old ones."""
    wishes = query.wishes if text == query.text else replace(query.wishes, without=())
    return replace(wishing(query, wishes), text=text)


def is_filtered(query: Query) -> bool:
    """Tell whether any filter is set."""
    return any(values_of(query, field) for field in FILTERS)


def is_question(query: Query) -> bool:
    """Tell whether anything is asked; if not, the start page is shown."""
    return bool(query.text) or is_filtered(query)


@dataclass(frozen=True, slots=True)
class Links:
    """Makes links. `lang` is the language asked for in the URL, empty where the browser's is followed."""

    lang: str = ""

    def start(self) -> str:
        """Link to the start page."""
        return self._link(SEARCH, [])

    def search(self, query: Query) -> str:
        """Link to the results of a query."""
        return self._link(SEARCH, format_query(query))

    def conferences(self) -> str:
        """Link to the list of conferences."""
        return self._link(CONFERENCES, [])

    def conference(self, conference: str, panel: str | None = None) -> str:
        """Link to a conference, or to one of its panels there."""
        return self._link(CONFERENCES, [("id", conference), *([("panel", panel)] if panel else [])])

    def upload(self, conference: str = "", *, batch: str = "") -> str:
        """Link to the page for uploading, for a conference or with what was uploaded in a batch."""
        named = [("batch", batch)] if batch else [("conference", conference)]
        return self._link(UPLOAD, [pair for pair in named if pair[1]])

    def check(self, batch: str = "") -> str:
        """Link to the drafts, those of one batch where one is named."""
        return self._link(CHECK, [("batch", batch)] if batch else [])

    def manage(self, conference: str = "", part: str = "", **more: str) -> str:
        """Link to the conferences for those who keep them in order, or to a part of the page of one."""
        given = {"id": conference, "part": part, **more}
        return self._link(MANAGE, [(name, value) for name, value in given.items() if value])

    def record(self, document: str, **more: str) -> str:
        """Link to the record of a document, to be corrected."""
        return self._link(RECORD, [("d", document), *more.items()])

    def thesaurus(self, concept: str = "", **more: str) -> str:
        """Link to the thesaurus, or to one of its concepts."""
        return self._link(THESAURUS, [*([("c", concept)] if concept else []), *more.items()])

    def translations(self, part: str = "", number: int = 1) -> str:
        """Link to the translations that were found, to a part of their page, to one of its sheets."""
        pairs = [("part", part)] if part else []
        return self._link(TRANSLATIONS, [*pairs, *([("page", str(number))] if number > 1 else [])])

    def page(self, path: str) -> str:
        """Link to a page that needs nothing but its path."""
        return self._link(path, [])

    def document(self, document: str, page: int | None = None, query: Query | None = None) -> str:
        """Link to a document, at a page, with the query it was found by."""
        at = [("p", str(page))] if page else []
        return self._link(DOCUMENT, [("d", document), *at, *(format_query(query) if query else [])])

    def parameters(self, query: Query) -> dict[str, list[str]]:
        """Write a query as Streamlit's `st.query_params.from_dict` wants it."""
        found: dict[str, list[str]] = {}
        for name, value in [*format_query(query), *self._lang()]:
            found.setdefault(name, []).append(value)
        return found

    def _link(self, path: str, pairs: list[tuple[str, str]]) -> str:
        pairs = [*pairs, *self._lang()]
        return f"{path}?{urlencode(pairs)}" if pairs else path

    def _lang(self) -> list[tuple[str, str]]:
        return [("lang", self.lang)] if self.lang else []


def page_url(path: str, parameters: Parameters) -> str:
    """Write the address of a page as it was asked for."""
    pairs = [(name, value) for name, values in parameters.items() for value in values]
    return f"{path}?{urlencode(pairs)}" if pairs else path


def switch_url(path: str, parameters: Parameters, language: str) -> str:
    """Link to the same page in another language of the interface."""
    pairs = [(name, value) for name, values in parameters.items() if name != "lang" for value in values]
    return f"{path}?{urlencode([*pairs, ('lang', language)])}"


def file_url(document: str, version: int, name: str) -> str:
    """Link to the bytes of a file."""
    return f"/files/{quote(document)}/{version}/{quote(name, safe='')}"


def picture_url(document: str, number: int, width: int, sha512: str) -> str:
    """Link to the picture of a page, with the digest of its file, so that browsers may keep it."""
    return f"/pages/{quote(document)}/{number}.webp?{urlencode({'w': width, 'v': sha512[:12]})}"


def landing_url(document: str) -> str:
    """Link to the page of a document that needs no JavaScript: the address to cite."""
    return f"/d/{quote(document)}"


def document_of(parameters: Parameters) -> str:
    """Return the document that the parameters name; empty if there is none that could be one."""
    text = first(parameters, "d")
    return text if len(text) == DOCUMENT_LENGTH else ""


def _values(parameters: Parameters, name: str) -> tuple[str, ...]:
    usable = (value.strip() for value in parameters.get(name, ()))
    kept = dict.fromkeys(
        value for value in usable if value and len(value) <= _VALUE_LENGTH and "\x00" not in value
    )
    return tuple(kept)[:_VALUES]


def _wishes(parameters: Parameters) -> Wishes:
    return Wishes(
        exact=first(parameters, "exact") == "1",
        translate=first(parameters, "translate") != "0",
        names=first(parameters, "names") != "0",
        without=_values(parameters, "without"),
    )


def _format_wishes(wishes: Wishes) -> list[tuple[str, str]]:
    pairs = [("exact", "1")] if wishes.exact else []
    pairs += [] if wishes.translate else [("translate", "0")]
    pairs += [] if wishes.names else [("names", "0")]
    return [*pairs, *(("without", form) for form in wishes.without)]


def _sort(text: str) -> Sort:
    return Sort(text) if text in [sort.value for sort in Sort] else Sort.RELEVANCE
