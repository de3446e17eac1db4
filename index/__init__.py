"""Search: from pages to tokens, keys and entries, and from a query to hits, facets and snippets."""
