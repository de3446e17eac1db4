"""What is kept of a document's texts: what goes in comes out, and damage is told from it."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from archive.model import Page
from index.concordance import Concordance, Sums
from index.filing import filed
from index.runs import chunks

texts = st.text("aB14.-–§ß \n\u00a0\u00adйё", max_size=40)
pages = st.lists(st.builds(Page, st.integers(1, 70_000), texts, texts, texts), max_size=4)


def pieces(concordance: Concordance) -> list[list[str]]:
    """Return the pieces of each text."""
    found, begin = [], 0
    for end in concordance.text_ends.tolist():
        found.append([concordance.piece(place) for place in concordance.sequence[begin:end].tolist()])
        begin = end
    return found


@example([], "", True)
@given(pages, texts, st.booleans())
def test_what_is_dumped_is_loaded(pages: list[Page], title: str, is_whole: bool) -> None:
    made = Concordance.of(pages, title, ("Anna B.", title), is_whole=is_whole)
    loaded = Concordance.load(made.dump())
    assert loaded.dump() == made.dump()
    assert loaded.is_whole is is_whole
    assert loaded.numbers.tolist() == [page.number for page in pages]
    of_pages = [text for page in pages for text in (page.title, page.text, page.notes)]
    assert pieces(loaded) == [chunks(text) for text in (title, f"Anna B.\n{title}", *of_pages)]


@given(pages)
def test_pieces_are_found_by_each_of_their_keys(pages: list[Page]) -> None:
    loaded = Concordance.load(Concordance.of(pages).dump())
    keys: dict[str, set[str]] = {}
    for piece in {piece for text in pieces(loaded) for piece in text}:
        for key in (key for each in filed(piece) for key in each.keys):
            keys.setdefault(key, set()).add(piece)
    for key, expected in keys.items():
        assert {loaded.piece(place) for place in loaded.filed_under(Sums([key]))} == expected
    assert loaded.filed_under(Sums(["nowhere"])) == loaded.filed_under(Sums([])) == []


def test_many_pieces_and_long_ones_are_kept() -> None:
    words = [f"wort{number}" for number in range(70_000)]
    page = Page(1_000_000, " ".join(words), notes="x" * 70_000)
    loaded = Concordance.load(Concordance.of([page]).dump())
    assert pieces(loaded) == [[], [], [], words, ["x" * 70_000]]
    assert loaded.numbers.tolist() == [1_000_000]


def test_damage_is_told() -> None:
    content = Concordance.of([Page(1, "Die Stadt am Fluss")]).dump()
    for at in range(len(content)):
        changed = bytes((content[at] ^ 1,))
        for damaged in (content[:at], content[:at] + changed + content[at + 1 :]):
            with pytest.raises(ValueError, match="concordance"):
                Concordance.load(damaged)
