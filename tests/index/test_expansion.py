"""What a word of a query is looked for under, and why."""

from __future__ import annotations

from index import engine as ask
from index.clauses import to_clause
from index.matching import Match, Matcher
from index.sayings import Said
from index.tree import And, Either, Fielded, Not, Or, Phrase, Reason, Sought, Way, Word
from tests.index.asking import asked

TOWN_PLANNING = Way((("entwicklung",), ("stadt", "städte")), 0.3, Reason.COMPOUND, "Entwicklung der Stadt")
IN_SEVERAL_WORDS = Sought("Stadtentwicklung", "stadtentwicklung", (TOWN_PLANNING,))


def sought(text: str) -> Sought:
    found = asked(text)
    assert isinstance(found, Sought)
    return found


def test_every_key_has_one_reason_and_the_word_itself_none() -> None:
    word = asked("Städte")
    assert isinstance(word, Sought)
    assert word.exact == "städte"
    reasons = {way.slots[0][0]: way.reason for way in word.ways}
    assert len(reasons) == len(word.ways)
    assert "städte" not in reasons
    assert (reasons["stadt"], reasons["staedte"], reasons["+stadt"]) == (
        Reason.FORM,
        Reason.SPELLING,
        Reason.COMPOUND,
    )


def test_several_words_in_one_are_all_needed() -> None:
    either = asked("Ost-West")
    assert isinstance(either, Either)
    joined, both = either.items
    assert isinstance(joined, Sought)
    assert joined.exact == "ostwest"
    assert isinstance(both, And)
    assert [word.exact for word in both.items if isinstance(word, Sought)] == ["ost", "west"]


def test_an_abbreviation_is_one_word_and_initials_may_be() -> None:
    assert sought("z. B.") == sought("z.B.") == sought("zB")
    assert isinstance(asked("A. S."), Either)


def test_a_number_of_order_is_looked_for_however_it_is_written() -> None:
    for typed in ("XIV", "XIV.", "14.", "14", "14-я", "14th"):
        assert "#14" in {key for way in sought(typed).ways for key in way.slots[0]}, typed
    assert not [way for way in sought("2014").ways if way.slots[0][0].startswith("#")]


def test_words_without_content_are_not_asked_for_beside_others() -> None:
    assert asked("die Stadt") == asked("Stadt")
    assert isinstance(asked("die"), Sought)
    assert asked("Stadt OR die") == Or((sought("Stadt"), sought("die")))
    assert asked("(und die) OR Stadt") == Or((And((sought("und"), sought("die"))), sought("Stadt")))
    assert asked("title:die Stadt") == And((Fielded("title", sought("die")), sought("Stadt")))


def test_words_in_brackets_are_excluded_together() -> None:
    both = And((sought("Fluss"), sought("Haus")))
    assert asked("Stadt -(Fluss und Haus)") == And((sought("Stadt"), Not(both)))
    assert asked("Stadt -die") == And((sought("Stadt"), Not(sought("die"))))


def test_a_compound_is_looked_for_in_its_parts_too() -> None:
    parts = [way for way in sought("Stadtentwicklung").ways if len(way.slots) > 1]
    assert [[slot[0] for slot in way.slots] for way in parts] == [["stadt", "entwicklung"]]
    assert [(way.reason, way.form) for way in parts] == [(Reason.COMPOUND, "Stadt … Entwicklung")]
    assert not [way for way in sought("Stadt").ways if len(way.slots) > 1]


def test_what_is_meant_exactly_stays_as_it_is() -> None:
    assert asked("Städte", exact=True) == Word("Städte")
    assert asked('"der Stadt"') == Phrase("der Stadt")
    assert asked("kind:Vortrag") == Fielded("kind", Word("Vortrag"))
    clause = to_clause(asked("Städte", exact=True))
    assert isinstance(clause, ask.Group)
    assert {term.field for term in clause.terms} == {"text", "title_text", "creator_text"}


def test_a_way_in_several_words_counts_where_all_of_them_stand() -> None:
    matcher = Matcher(IN_SEVERAL_WORDS)
    assert matcher.find("Eine Stadt") == []
    assert matcher.find("Entwicklung der Stadt") == [Match(0, 11, 0), Match(16, 21, 0)]
    assert dict(matcher.count("Eine Stadt")) == {}
    assert dict(matcher.count("Entwicklung der Stadt")) == {0: 2}


def test_two_ways_to_say_one_thing_are_both_found() -> None:
    either = Either((Sought("Email", "email"), And((Sought("E", "e"), Sought("Mail", "mail")))))
    assert isinstance(to_clause(either), ask.Best)
    assert len(Matcher(either).find("Email oder E-Mail")) == 4


def test_a_text_tells_in_which_way_it_says_a_word() -> None:
    said = Matcher(asked("Städte")).explain("Städte, eine Stadt")
    reasons = {each.surface: each.way and each.way.reason for each in said}
    assert reasons == {"Städte": None, "Stadt": Reason.FORM}
    assert all(isinstance(each, Said) and each.word == 0 for each in said)
