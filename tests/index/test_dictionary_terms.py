"""Plain words out of the notation of dictionaries."""

from __future__ import annotations

import pytest

from index.dictionary_terms import MAX_TERM_WORDS, Entry, bare, is_russian, terms


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Haus", ("Haus",)),
        ("patient care, nursing; care", ("patient care", "nursing", "care")),
        ("Klausur [Dt.] , Probe [Schw.]  [school]", ("Klausur", "Probe")),
        ("(volunteer) fire brigade", ("fire brigade",)),
        ("(fire (volunteer)) brigade", ("brigade",)),
        ("обезьяна (человекообразная)", ("обезьяна",)),
        ("jdn./etw. für etw. halten", ("für halten",)),
        ("credit sb./sth.", ("credit",)),
        ("sb.'s estimation", ("estimation",)),
        ("amendment / revision of the contract", ("amendment", "revision of the contract")),
        ("входить в состав чего-л.", ("входить в состав",)),
        ("команда и т.п.", ("команда",)),
        ("crash! crash!", ("crash! crash",)),
        ('"круглое отлично"', ("круглое отлично",)),
        ("Umwelt…", ("Umwelt",)),
        ("… in agreement", ("in agreement",)),
        ("care, care", ("care",)),
        ("as fast as can,  /ˈɛf ˈɑː tsˈeː/", ("as fast as can",)),
        ("-schaft, без-, …förmig", ()),
        ("42, §", ()),
        ("", ()),
    ],
)
def test_terms(written: str, meant: tuple[str, ...]) -> None:
    assert terms(written) == meant


def test_sentences_are_no_terms() -> None:
    assert terms(" ".join(["wort"] * MAX_TERM_WORDS)) != ()
    assert terms(" ".join(["wort"] * (MAX_TERM_WORDS + 1))) == ()
    assert terms("w" * 1000) == ()


def test_stress_and_odd_hyphens_are_left_out_and_letters_kept() -> None:
    assert bare("квадра\u0301тный йо\u0301д из\u2010за A\u0308mter") == "квадратный йод из-за Ämter"


def test_a_line_is_russian_by_most_of_its_letters() -> None:
    assert is_russian("1. витамин C")
    assert not is_russian("Chemie: Säure (уксус)")
    assert not is_russian("12")


def test_an_entry_needs_a_head_and_a_translation() -> None:
    assert Entry.of(("Haus",), [(), ("дом",)]) == Entry(("Haus",), (("дом",),))
    assert Entry.of(("Haus",), [()]) is None
    assert Entry.of((), [("дом",)]) is None
