"""How entries are written into Tantivy: its fields for those of a schema, and some of the engine's own.

Source: tantivy-py 0.27, SchemaBuilder and Document.
"""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

import tantivy

from index.engine import Entry, Schema
from index.engines.records import Record, fields_of

DOCUMENT, RECORD = "_document", "_record"
"""Of which document an entry is, and where its record starts."""

KIND, AN_ENTRY, A_STATE = "_kind", "entry", "state"
STATE_FIELDS = ("_commit", "_sequence", "_records_end", "_recent", "_joined")
"""Beside the entries there is one document of another kind, with the numbers of the last commit."""

_TOKENS = "tokens"

_FIRST, _LAST = "0", "1"
"""Stand before values and what is none, so that what is none comes last in either order."""

_HIGHEST = 0x200
"""Above all bytes: from it they are counted down where the order is turned."""


def length_field(field: str) -> str:
    """Return the name of the field that says how many tokens another one has, where it has some."""
    return f"_length_{field}"


def order_field(field: str, *, descending: bool = False) -> str:
    """Return the name of the field by which entries are sorted that are sorted by another one."""
    return f"_{'descending' if descending else 'ascending'}_{field}"


def tantivy_schema(schema: Schema) -> tantivy.Schema:
    """Return the schema of an index."""
    builder = tantivy.SchemaBuilder()
    for field in schema.positions:
        builder.add_text_field(field, stored=True, tokenizer_name=_TOKENS, index_option="position")
    for field in schema.bags:
        builder.add_text_field(field, stored=True, tokenizer_name=_TOKENS, index_option="freq")
    for field in schema.keywords:
        builder.add_text_field(field, tokenizer_name="raw", index_option="basic", fast=True)
    for field in (*schema.sorts, ""):
        for descending in (False, True):
            name = order_field(field, descending=descending)
            builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
    for field in (DOCUMENT, KIND):
        builder.add_text_field(field, tokenizer_name="raw", index_option="basic")
    for field in fields_of(schema):
        builder.add_unsigned_field(length_field(field), fast=True)
    for field in (RECORD, *STATE_FIELDS):
        builder.add_unsigned_field(field, indexed=True, fast=True)
    return builder.build()


def prepare(index: tantivy.Index) -> None:
    """Tell an index how it cuts texts into tokens, and that it is told when to look for commits of others."""
    whitespace = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
    index.register_tokenizer(_TOKENS, whitespace)
    index.config_reader("manual")


class State(NamedTuple):
    """A commit: its number, its sequence, and places among the records.

    `records_end`: where those end that belong to it. `recent`: where those of the entries begin that were
    written last, in segments of a few. `joined`: where those begin that came since all segments were joined.
    """

    commit: int = 0
    sequence: int = 0
    records_end: int = 0
    recent: int = 0
    joined: int = 0


def state_document(state: State) -> tantivy.Document:
    """Return what holds the numbers of a commit."""
    document = tantivy.Document()
    document.add_text(KIND, A_STATE)
    for field, number in zip(STATE_FIELDS, state, strict=True):
        document.add_unsigned(field, number)
    return document


def state_of(searcher: tantivy.Searcher, fields: tantivy.Schema) -> State:
    """Return the commit that a searcher sees.

    Raises:
        IndexError: it sees none.
    """
    query = tantivy.Query.term_query(fields, KIND, A_STATE, "basic")
    addresses = [searcher.search(query, 1).hits[0][1]]
    numbers = (searcher.fast_field_values(field, addresses)[0] for field in STATE_FIELDS)
    return State(*(int(number or 0) for number in numbers))


def in_tokens(entry: Entry) -> Entry:
    """Return an entry with no other white space than spaces between tokens; most have none."""
    if all(map(str.isprintable, entry.tokens.values())):
        return entry
    return replace(entry, tokens={field: " ".join(text.split()) for field, text in entry.tokens.items()})


def entry_document(entry: Entry, schema: Schema, record: Record, start: int) -> tantivy.Document:
    """Return an entry as Tantivy keeps it; `start`: where its record does."""
    document = tantivy.Document()
    for field, length in zip(fields_of(schema), record.lengths, strict=True):
        if length:
            document.add_text(field, entry.tokens[field])
            document.add_unsigned(length_field(field), length)
    for field in schema.keywords:
        for value in dict.fromkeys(entry.keywords.get(field, ())):
            document.add_text(field, value)
    for field in (*schema.sorts, ""):
        value = entry.sorts.get(field, "")
        up, down = (_FIRST, _LAST) if value else (_LAST, _FIRST)
        ascending = up + "".join(map(_ended, (value, entry.document, entry.id)))
        descending = down + _ended(value) + _turned(entry.document) + _turned(entry.id)
        document.add_text(order_field(field), ascending)
        document.add_text(order_field(field, descending=True), descending)
    document.add_text(KIND, AN_ENTRY)
    document.add_text(DOCUMENT, entry.document)
    document.add_unsigned(RECORD, start)
    return document


def tokens_in(document: tantivy.Document, schema: Schema) -> dict[str, str]:
    """Return the tokens that an entry was written with."""
    return {field: str(text) for field in fields_of(schema) if (text := document.get_first(field))}


def _ended(text: str) -> str:
    """Return a text with its end, so that what follows makes no difference to its order."""
    return text.replace("\1", "\1\2").replace("\0", "\1\1") + "\0"


def _turned(text: str) -> str:
    """Return a text that comes before others where this one comes after them."""
    return "".join(chr(_HIGHEST - byte) for byte in text.encode()) + chr(_HIGHEST + 1)
