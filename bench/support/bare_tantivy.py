"""Tantivy given the same tokens and nothing else: what the engine adds to it is measured against this."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import tantivy

from index.engine import Entry, Schema


class BareTantivy:
    """An index of tokens and keyword values in a new folder."""

    def __init__(self, folder: Path, schema: Schema) -> None:
        folder.mkdir(parents=True)
        builder = tantivy.SchemaBuilder()
        for field in schema.positions:
            builder.add_text_field(field, tokenizer_name="words", index_option="position")
        for field in schema.bags:
            builder.add_text_field(field, tokenizer_name="words", index_option="freq")
        for field in (*schema.keywords, *schema.sorts):
            builder.add_text_field(field, fast=True, tokenizer_name="raw", index_option="basic")
        builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
        self._index = tantivy.Index(builder.build(), str(folder))
        words = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
        self._index.register_tokenizer("words", words)

    def write(self, entries: Iterable[Entry]) -> None:
        """Add entries in one commit, and wait until what is joined for it has been."""
        writer = self._index.writer(num_threads=1)
        for entry in entries:
            document = tantivy.Document()
            document.add_text("id", entry.id)
            for field, text in (*entry.tokens.items(), *entry.sorts.items()):
                document.add_text(field, text)
            for field, values in entry.keywords.items():
                for value in values:
                    document.add_text(field, value)
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()
