"""Words in the order of how they are plainly written, as some come and others go."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from index.plainly import PlainWords

WORDS = st.sets(st.text("aäeuübg", min_size=2, max_size=4), max_size=60)


@given(WORDS, WORDS)
def test_words_that_come_and_go_leave_those_that_are_there(before: set[str], now: set[str]) -> None:
    changed = PlainWords.of(before).changed(before - now, now - before)
    assert changed == PlainWords.of(now)


def test_a_few_of_many_are_put_in_their_places() -> None:
    letters = "abcdefghij"
    many = {f"{one}{two}ä{three}" for one in letters for two in letters for three in letters}
    few = {"aaäa", "jjäj", "eeäe"}
    fewer = PlainWords.of(many).changed(few, ())
    assert fewer == PlainWords.of(many - few)
    assert fewer.changed((), few) == PlainWords.of(many)
    assert fewer.changed({"abäa"}, {"eeae", "äää", "zzz", "2017"}).tokens == (
        PlainWords.of((many - few - {"abäa"}) | {"eeae", "äää", "zzz"}).tokens
    )
