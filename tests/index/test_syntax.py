"""What readers type is understood, or searched as words with a notice; it never fails."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index.syntax import (
    MAX_CHARS,
    MAX_PATTERNS,
    MAX_WORDS,
    PATTERNS,
    SYNTAX,
    TOO_LONG,
    WILDCARD,
    Parsed,
    parse,
)
from index.tree import And, Between, Boosted, Fielded, Fuzzy, Node, Not, Or, Pattern, Phrase, Word

A, B, C = Word("a"), Word("b"), Word("c")


@pytest.mark.parametrize(
    ("text", "node"),
    [
        ("a", A),
        ("a b", And((A, B))),
        ("a AND b", And((A, B))),
        ("a OR b c", And((Or((A, B)), C))),
        ("a AND b OR c", Or((And((A, B)), C))),
        ("a AND (b OR c)", And((A, Or((B, C))))),
        ("NOT a", Not(A)),
        ("+a -b", And((A, Not(B)))),
        ("a UND NICHT b", And((A, Not(B)))),
        ("a ODER b", Or((A, B))),
        ("a ИЛИ b", Or((A, B))),
        ("a И НЕ b", And((A, Not(B)))),
        ('"a b"', Phrase("a b")),
        ("„a b“ c", And((Phrase("a b"), C))),
        ("«a b»", Phrase("a b")),
        ("“a b”", Phrase("a b")),
        ('a -"b c"', And((A, Not(Phrase("b c"))))),
        ("title:a", Fielded("title", A)),
        ("Titel:a", Fielded("title", A)),
        ("автор:„a b“", Fielded("creator", Phrase("a b"))),
        ("kind:(a OR b)", Fielded("kind", Or((A, B)))),
        ("year:[2005 TO 2012]", Fielded("year", Between(2005, 2012))),
        ("year:[* TO 2012]", Fielded("year", Between(None, 2012))),
        ("year:[2005 TO *]", Fielded("year", Between(2005, None))),
        ("a - b", And((A, B))),
        ("Ost-West", Word("Ost-West")),
        ("Thema: a", And((Word("Thema"), A))),
        ("10:30", Phrase("10:30")),
        ("https://a.de/b?c=1", Phrase("a.de/b?c=1")),
        ("(siehe www.a.org).", And((Word("siehe"), Phrase("www.a.org")))),
        ("a-b@c.example", Phrase("a-b@c.example")),
        ("title:7.0.5-2008 a", And((Fielded("title", Phrase("7.0.5-2008")), A))),
        ("2007/08^2 -3/2017", And((Boosted(Phrase("2007/08"), 2.0), Not(Phrase("3/2017"))))),
        ("5,5 % AT&T", And((Phrase("5,5"), Phrase("AT&T")))),
        ("a/b a.b", And((A, B, Word("a.b")))),
        ("2005-2012 14. z.B.", And((Word("2005-2012"), Word("14."), Word("z.B.")))),
        ("C++ c#", And((Word("C++"), Word("c#")))),
        ('"C++"', Word("C++")),
        ("§ 24 §§24", And((Word("§24"), Word("§§24")))),
        ('a"b c"', And((A, Phrase("b c")))),
        ('"b c"a', And((Phrase("b c"), A))),
        ('"b c"Titel:a', And((Phrase("b c"), Fielded("title", A)))),
        ('a"b c"title:c', And((A, Phrase("b c"), Fielded("title", C)))),
        ('-"b c"-"a b"', And((Not(Phrase("b c")), Not(Phrase("a b"))))),
        ('("b c"OR a)', Or((Phrase("b c"), A))),
        ("ENERGIE UND WÄRME", And((Word("ENERGIE"), Word("UND"), Word("WÄRME")))),
        ("title:", Word("title")),
        ("", None),
        ("   ", None),
        ("* ! …", None),
    ],
)
def test_a_query_is_understood(text: str, node: Node | None) -> None:
    parsed = parse(text)
    assert parsed.node == node
    assert parsed.notices == ()


@pytest.mark.parametrize(
    ("text", "node"),
    [
        ("NOT OR a", A),
        ("a OR", A),
        ("((a", A),
        ("a)", A),
        ("a AND OR b", And((A, B))),
        ("[a TO b]", And((A, B))),
        ("–+title:a", A),
        ('–+title:"a b"', And((A, B))),
        ("title:[a TO b]", And((A, B))),
        ("AND", None),
        ("(" * 30 + "a" + ")" * 30, A),
    ],
)
def test_of_what_is_no_query_the_words_are_searched(text: str, node: Node | None) -> None:
    parsed = parse(text)
    assert parsed.node == node
    assert parsed.notices == (SYNTAX,)


@pytest.mark.parametrize(
    ("text", "node"),
    [
        ("Stadt*", Pattern("Stadt*")),
        ("*werke", Pattern("*werke")),
        ("St?dt", Pattern("St?dt")),
        ("St***dt*?", Pattern("St*dt*")),
        ("Titel:*werke", Fielded("title", Pattern("*werke"))),
        ("Ost-West*", And((Word("Ost"), Pattern("West*")))),
        ("Was ist das?", And((Word("Was"), Word("ist"), Word("das")))),
        ("a *", A),
        ("Stadt~1", Fuzzy("Stadt", 1)),
        ("Stadt~", Fuzzy("Stadt", 1)),
        ("Städte~", Fuzzy("Städte", 2)),
        ("ab~", Word("ab")),
        ("Stadt~3", Word("Stadt")),
        ("a ~ b", And((A, B))),
        ('"a b"~5', Phrase("a b", 5)),
        ("„a b“~5 c", And((Phrase("a b", 5), C))),
        ('"a b" ~5', And((Phrase("a b"), Word("5")))),
        ("a^2 b", And((Boosted(A, 2.0), B))),
        ('"a b"~5^0.5', Boosted(Phrase("a b", 5), 0.5)),
        ("(a b)^2", Boosted(And((A, B)), 2.0)),
        ("Stadt~1^2", Boosted(Fuzzy("Stadt", 1), 2.0)),
        ("a ^ 2", And((A, Word("2")))),
    ],
)
def test_spellings_nearness_and_weights(text: str, node: Node) -> None:
    assert parse(text) == Parsed(node)


@pytest.mark.parametrize("text", ["a*", "*a", "a* b*"])
def test_a_pattern_that_fits_nearly_everything_is_left_out(text: str) -> None:
    assert parse(text) == Parsed(None, (WILDCARD,))


def test_of_many_patterns_some_are_left_out() -> None:
    parsed = parse(" ".join(f"ab{number}*" for number in range(MAX_PATTERNS)) + " cde~1 f")
    assert isinstance(parsed.node, And)
    assert len(parsed.node.items) == MAX_PATTERNS + 1
    assert parsed.notices == (PATTERNS,)


def test_of_many_phrases_with_words_between_some_are_left_out() -> None:
    parsed = parse(" ".join(f'"ab cd{number}"~9' for number in range(MAX_PATTERNS + 2)) + ' "e f" g')
    assert isinstance(parsed.node, And)
    assert len(parsed.node.items) == MAX_PATTERNS // 2 + 2
    assert parsed.notices == (PATTERNS,)


def test_a_long_query_is_cut() -> None:
    parsed = parse(" ".join(f"w{number}" for number in range(10_000)))
    assert isinstance(parsed.node, And)
    assert len(parsed.node.items) == MAX_WORDS
    assert parsed.notices == (TOO_LONG,)


@given(st.text(max_size=MAX_CHARS + 10))
@example("NOT " * 250)
@example("a AND NOT " * 100)
@example('"' * 999)
@example("-" * 999)
@example("title:" * 200)
def test_any_text_gives_a_tree(text: str) -> None:
    assert parse(text).node is None or _words(parse(text).node) <= MAX_WORDS


SIGNS = st.sampled_from(
    [
        "AND",
        "OR",
        "NOT",
        "(",
        ")",
        '"',
        "title:",
        "year:[1 TO 2]",
        "a",
        "b",
        "-",
        "+",
        "«",
        "*",
        "[",
        "ab*",
        "~1",
        "~",
        "^2",
        "?",
    ]
)


@given(st.lists(SIGNS, max_size=25))
def test_any_heap_of_signs_gives_a_tree(signs: list[str]) -> None:
    parse(" ".join(signs))
    parse("".join(signs))


def _words(node: Node | None) -> int:
    match node:
        case And(items) | Or(items):
            return sum(map(_words, items))
        case Not(item) | Fielded(_, item) | Boosted(item, _):
            return _words(item)
        case None:
            return 0
        case _:
            return 1
