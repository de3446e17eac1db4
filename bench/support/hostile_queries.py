"""Queries that nobody asks in earnest: a fixed list of them, and more by chance, the same ones for a seed.

They are made of the words of an archive, most of them frequent, so that there is much to find.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from itertools import cycle, islice

from index.query_text import FIELDS

FREQUENT, LONG = 400, 200
"""So many of the most frequent words, and of the longest, are asked for."""

_OPERATORS = ("AND", "OR", "NOT", "UND", "ODER", "NICHT", "И", "ИЛИ", "НЕ", "+", "-", "!", "&&", "||", "TO")
_SIGNS = "\"„“«»()[]{}*?~^:/\\+-–.,;|&!#§%@=<>$€'`_"
_ODD = (
    "\u0000\u0007\u001b\u200b\u200d\u00ad\u202e\u2066\u2069\ufeff\u0301\u0308\ud800\udfff\ue02b\ufffe\U0001f600"
    "\u0627\u05d0\u4e2d\u0130\u1e9e\ufb03\u2126\u01c5\u0345"
)
"""Control characters, invisible ones, some that turn the direction of writing, half ones, other scripts."""

_NUMBERS = (
    "0",
    "1",
    "2",
    "9",
    "99",
    "999",
    "1000",
    "1e9",
    "0.0001",
    "-1",
    "99.99",
    "18446744073709551616",
    "nan",
)


class HostileQueries:
    """Makes hostile queries. `often` tells in how many documents a folded word is."""

    def __init__(self, often: Mapping[str, int]) -> None:
        words = sorted((word for word in often if word.isalpha()), key=lambda word: (-often[word], word))
        self._frequent: Sequence[str] = words[:FREQUENT]
        self._long = sorted(words, key=lambda word: (-min(len(word), 30), -often[word], word))[:LONG]
        begun: dict[str, int] = {}
        for word in words:
            begun[word[:2]] = begun.get(word[:2], 0) + often[word]
        self._beginnings = sorted(begun, key=lambda begin: (-begun[begin], begin))[:FREQUENT]

    def listed(self) -> Iterator[tuple[str, str]]:
        """Yield those of the list, each with its name."""
        often = self._frequent
        many, longest, beginnings = cycle(often), cycle(self._long), cycle(self._beginnings)

        def joined(words: Iterator[str], count: int, sign: str = " ", written: str = "{}") -> str:
            return sign.join(written.format(word) for word in islice(words, count))

        yield "a star", "*"
        yield "stars behind letters", "a* b* c*"
        yield "a letter between stars", "*a*"
        yield "two letters between stars", f"*{self._beginnings[0]}*"
        yield "question marks", "?????*"
        yield "letters and question marks", f"{often[0][:1]}?{often[0][2:3]}*"
        yield "10,000 words", joined(many, 10_000)
        yield "10,000 brackets", "(" * 10_000 + often[0] + ")" * 10_000
        yield "brackets as deep as they go", "(" * 12 + often[0] + ")" * 12
        yield "10,000 brackets in a row", "()" * 5_000 + often[0]
        yield "1,000 times OR", joined(many, 1_000, " OR ")
        yield "1,000 times AND", joined(many, 1_000, " AND ")
        yield "1,000 times NOT", joined(many, 1_000, " ", "NOT {}")
        yield "1,000 times NOT in a row", "NOT " * 1_000 + often[0]
        yield "OR and NOT in turn", joined(many, 1_000, " OR NOT ")
        yield "1,000 phrases", joined(many, 1_000, " ", f'"{often[0]} {{}}"')
        yield "a phrase of 1,000 words", f'"{joined(many, 1_000)}"'
        yield "words far apart", f'"{often[0]} {often[1]}"~1000'
        yield "words as far apart as it goes", f'"{often[0]} {often[1]}"~999'
        yield "40 words far apart", f'"{joined(many, 40)}"~999'
        yield "one word 40 times, far apart", f'"{joined(cycle(often[:1]), 40)}"~999'
        yield "13 pairs far apart", joined(many, 13, " ", f'"{{}} {often[0]}"~999')
        yield "13 pairs far apart, any", joined(many, 13, " OR ", f'"{{}} {often[0]}"~999')
        yield "1,000 words spelt alike", joined(many, 1_000, " ", "{}~2")
        yield "8 words spelt alike, any", joined(many, 8, " OR ", "{}~2")
        yield "long words spelt alike", joined(longest, 20, " ", "{}~2")
        yield (
            "a boost beyond bounds",
            f"{often[0]}^99999999999999999999 {often[1]}^0.0000000001 {often[2]}^-5",
        )
        yield "boosts within boosts", "(" * 11 + often[0] + "^99.99)^99.99" * 11
        yield "ranges", "year:[* TO *] year:[0 TO 9999] title:[a TO z] [a TO *] year:[9 TO 1] year:{1 TO 2}"
        yield "300 ranges", joined(many, 300, " OR ", "year:[1 TO 9999]")
        yield "200 wildcards in phrases", joined(beginnings, 200, " ", '"{}* {}"'.replace("{}", "{0}"))
        yield "wildcards", joined(beginnings, 200, " ", "{}*")
        yield "wildcards, any", joined(beginnings, 200, " OR ", "{}*")
        yield "wildcards before and behind", joined(beginnings, 200, " ", "*{}*")
        yield "wildcards excluded", joined(beginnings, 200, " ", "-{}*")
        yield "wildcards of one word", joined(cycle(self._beginnings[:1]), 8, " ", "*{}*")
        yield "stars in a word", "*".join(self._long[0])
        yield "stars in a long word", f"{'*'.join('erneinstad' * 8)}*"
        yield "stars and letters", f"{'*e' * 400}"
        yield "question marks in a long word", "?e" * 400
        yield "all fields", " OR ".join(f"{field}:{often[0]}" for field in FIELDS)
        yield "fields within fields", "title:" * 200 + often[0]
        yield "wildcards in all fields", " ".join(f"{field}:{self._beginnings[0]}*" for field in FIELDS)
        yield (
            "languages",
            " ".join(f"language:{code}" for code in ("de", "ru", "en", "other")),
        )
        yield "hyphens", "-".join(islice(many, 100))
        yield "hyphens and stars", "-".join(f"{begin}*" for begin in islice(beginnings, 100))
        yield "points", ".".join(islice(many, 100))
        yield "initials", "z. B. " * 150
        yield "a token of 1,000,000 letters", "a" * 1_000_000
        yield "a token of 1,000 letters", "ä" * 1_000
        yield "marks on one letter", "a" + "\u0301" * 900
        yield "1,000,000 quotes", '"' * 1_000_000
        yield "quotes in a row", '"' * 999
        yield "quotes of all kinds", "„«“»”‚‘" * 140
        yield "invisible characters", "\u200b".join(joined(many, 40))
        yield "backslashes", "\\" * 999
        yield "a regular expression", "/(a+)+$/ /.*.*.*=.*/ [a-z]{1,1000}"
        yield "numbers", " ".join(map(str, range(100)))
        yield "numbers of order", " ".join(f"{number}." for number in range(100))
        yield "Roman numbers", "MDCCLXXXVIII " * 70
        yield "addresses", " ".join(f"https://{word}.{word}.de/{word}" for word in islice(many, 40))
        yield "an address without end", "a@" + "a." * 490
        yield "dates without end", "1." * 499
        yield "40 frequent words", joined(many, 40)
        yield "40 frequent words, any", joined(many, 40, " OR ")
        yield "the 40 most frequent", joined(iter(often), 40)
        yield "the 40 most frequent, any", joined(iter(often), 40, " OR ")
        yield "one frequent word 300 times", joined(cycle(often[:1]), 300)
        yield "40 long words", joined(longest, 40)
        yield "40 long words that nobody wrote", joined(longest, 40, " ", "{0}{0}")
        yield "words on another keyboard", joined(many, 40, " ", "{}").translate(_OTHER_KEYS)
        yield "nothing but misspelt words", joined(longest, 30, " ", "x{}x")

    def by_chance(self, count: int, seed: int) -> Iterator[str]:
        """Yield so many that are put together of words, operators, fields and signs."""
        chance = random.Random(seed)
        for _ in range(count):
            pieces = (self._piece(chance) for _ in range(chance.choice((1, 3, 10, 40, 200))))
            yield chance.choice((" ", " ", "", " OR ")).join(pieces)

    def _piece(self, chance: random.Random) -> str:
        word = chance.choice(chance.choice((self._frequent, self._long, self._beginnings)))
        match chance.randrange(12):
            case 0 | 1 | 2:
                return word
            case 3:
                return chance.choice(_OPERATORS)
            case 4:
                return f"{chance.choice(('', '*', '?'))}{word}{chance.choice(('*', '?', '*?*'))}"
            case 5:
                return f"{word}~{chance.choice(('', *_NUMBERS))}"
            case 6:
                other = chance.choice(self._frequent)
                return f'"{word} {other}"{chance.choice(("", "~1", "~50", "~999"))}'
            case 7:
                return f"{chance.choice([*FIELDS])}:{chance.choice(('', word, f'({word}', f'[{word} TO *]'))}"
            case 8:
                return f"{word}^{chance.choice(_NUMBERS)}"
            case 9:
                return "".join(chance.choices(_SIGNS, k=chance.randint(1, 9)))
            case 10:
                return "".join(chance.choices(_ODD + word, k=chance.randint(1, 20)))
            case _:
                return chance.choice("()") * chance.randint(1, 6) + word


_OTHER_KEYS = str.maketrans("qwertyuiopasdfghjklzxcvbnm", "йцукенгшщзфывапролдячсмить")
