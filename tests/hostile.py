"""Anything that somebody, or a program, may send as a query."""

from __future__ import annotations

from hypothesis import strategies as st

from index.query_text import FIELDS

OPERATORS = ("AND", "OR", "NOT", "UND", "ODER", "NICHT", "И", "ИЛИ", "НЕ", "TO", "&&", "||", "+", "-", "!")
WORDS = (
    "Wärme",
    "Fernwärme",
    "Städte",
    "теплоснабжение",
    "город",
    "heating",
    "Ost-West",
    "C++",
    "§ 24",
    "die",
)
RIGHT_TO_LEFT = "\u202e\u2067\u200fשלום مدينة"
INVISIBLE = "\u200b\u200c\u200d\u00ad\ufeff\u2060\u0301\u0308"

characters = st.one_of(
    st.characters(exclude_categories=()),  # lone halves of characters, too
    st.characters(max_codepoint=0x1F),
    st.sampled_from('"„“”«»()[]{}*?~^:/\\+-–—.,;|&!#§%@' + RIGHT_TO_LEFT + INVISIBLE),
)
"""Every character there is, those that mean something oftener."""

_numbers = st.one_of(
    st.integers(-1, 10**30).map(str),
    st.floats().map(str),
    st.sampled_from(["1", "2", "999", "0.5", "1e400"]),
)
_word = st.one_of(st.sampled_from(WORDS), st.text(characters, max_size=8), st.sampled_from(RIGHT_TO_LEFT))
_field = st.sampled_from([*FIELDS, "unknown"])
_pieces = st.one_of(
    _word,
    st.sampled_from(OPERATORS),
    st.builds("{}{}{}".format, st.sampled_from(["*", "?", ""]), _word, st.sampled_from(["*", "?*", "??"])),
    st.builds("{}~{}".format, _word, _numbers),
    st.builds("{}^{}".format, _word, _numbers),
    st.builds('"{} {}"~{}'.format, _word, _word, _numbers),
    st.builds('{}"{} {}"{}:{}'.format, _word, _word, _word, _field, _word),
    st.builds("{}{}:{}".format, st.sampled_from(["", "–+", "-", "+("]), _field, _word),
    st.builds("{}:[{} TO {}]".format, _field, _numbers, st.one_of(_numbers, st.just("*"))),
    st.builds("/{}/".format, st.sampled_from(["(a+)+$", ".*.*=.*", "[^x]{1,99}", "(?R)"])),
    st.sampled_from(["(", ")", "((((", "))))", "[", "]", "{", "}", '"', "„", "“", "«", "»", "'"]),
)
_heaps = st.builds(str.join, st.sampled_from([" ", "", " OR ", "\n"]), st.lists(_pieces, max_size=30))
_many = st.builds(
    lambda piece, times, sign: sign.join([piece] * times),
    _pieces,
    st.sampled_from([40, 200, 3_000]),
    st.sampled_from([" ", "", " OR ", " NOT ", "-", "("]),
)

queries = st.one_of(st.text(characters), _heaps, _many)
"""Any text; heaps of words, operators, fields, numbers and signs; the same thing thousands of times."""
