"""What a search did, at the terminal and as JSON."""

from __future__ import annotations

from typing import Any

import pytest

from index.query import Query, Sort, Wishes
from index.score_parts import ScoreParts
from index.syntax import parse
from index.trace import SoughtTerm, SoughtWord, Trace
from portal.trace_json import node_to_json, score_parts_to_json, trace_to_json
from portal.trace_text import score_line, trace_lines

TEXT = '(title:Netz OR "a b"~3)^2 -Stadt* wort~1 year:[2005 TO *]'

TERM = SoughtTerm("сеть", (("сеть", "сетка"), ("x",)), "translation", 0.1, False, "ru", ("learned",), "en")


def trace(**values: Any) -> Trace:
    described: dict[str, Any] = {
        "query": Query(TEXT, sort=Sort.NEWEST, wishes=Wishes(translate=False, without=("Netze",))),
        "parsed": parse(TEXT).node,
        "words": (SoughtWord("Netz", "title", True, True, (SoughtTerm("Netz", (("netz",),)), TERM)),),
        "left_out": ("die",),
        "notices": (),
        "filters": {"kind": ("paper", "minutes")},
        "scores": {},
        **values,
    }
    return Trace(**described)


def test_a_terminal_is_told_the_tree_the_filters_and_every_term() -> None:
    assert (
        "\n".join(trace_lines(trace()))
        == """\
parsed:
  and
    times 2
      or
        in title
          word Netz
        phrase "a b"~3
    not
      pattern Stadt*
    fuzzy wort~1
    in year
      between [2005 TO *]
left out, without content: die
only kind: paper, minutes
sorted by: newest
without translations
without: Netze
looked for:
  title:Netz, excluded, cut
    1.00  typed            Netz; as netz
    0.10  translation ru   сеть; as сеть|сетка + x; from learned; via en; not enough alone"""
    )


def test_a_query_for_everything_has_nothing_to_tell() -> None:
    told = trace(query=Query(), parsed=None, words=(), left_out=(), filters={})
    assert [*trace_lines(told)] == []
    assert trace_to_json(told)["parsed"] is None


@pytest.mark.parametrize("sign", ["\x1b[2J", "\r", "\u202e"])
def test_a_terminal_gets_no_signs_that_steer_it(sign: str) -> None:
    told = trace(parsed=parse(f'"a{sign}b"').node, left_out=(sign,), filters={"creator": (sign,)})
    assert not any(sign in line for line in trace_lines(told))


def test_a_score_says_what_it_is_made_of() -> None:
    parts = ScoreParts((("Netz", 1.5), ("Stadt", 0.0)), 0.25)
    assert score_line(1.75, "all", parts) == (
        "score 1.75, all of the words: Netz 1.5000 + Stadt 0.0000 + in one passage 0.2500"
    )
    assert score_line(0.0, "all", None) == "score 0.0, all of the words"
    assert score_parts_to_json(parts) == {
        "words": [{"word": "Netz", "score": 1.5}, {"word": "Stadt", "score": 0.0}],
        "passage": 0.25,
    }
    assert str(score_parts_to_json(ScoreParts((), -1e-9))["passage"]) == "0.0"


def test_json_has_the_same() -> None:
    told = trace_to_json(trace())
    assert (
        told["parsed"]
        == node_to_json(parse(TEXT).node)
        == {  # type: ignore[arg-type]
            "type": "and",
            "items": [
                {
                    "type": "boost",
                    "factor": 2.0,
                    "items": [
                        {
                            "type": "or",
                            "items": [
                                {
                                    "type": "field",
                                    "field": "title",
                                    "items": [{"type": "word", "text": "Netz"}],
                                },
                                {"type": "phrase", "text": "a b", "slop": 3},
                            ],
                        }
                    ],
                },
                {"type": "not", "items": [{"type": "pattern", "text": "Stadt*"}]},
                {"type": "fuzzy", "text": "wort", "edits": 1},
                {"type": "field", "field": "year", "items": [{"type": "range", "low": 2005, "high": None}]},
            ],
        }
    )
    assert told["words"] == [
        {
            "word": "Netz",
            "field": "title",
            "excluded": True,
            "cut": True,
            "terms": [
                {
                    "form": "Netz",
                    "keys": [["netz"]],
                    "reason": "typed",
                    "weight": 1.0,
                    "enough": True,
                    "language": "",
                    "sources": [],
                    "via": "",
                },
                {
                    "form": "сеть",
                    "keys": [["сеть", "сетка"], ["x"]],
                    "reason": "translation",
                    "weight": 0.1,
                    "enough": False,
                    "language": "ru",
                    "sources": ["learned"],
                    "via": "en",
                },
            ],
        }
    ]
    assert told["left_out"] == ["die"]
    assert told["filters"] == {"kind": ["paper", "minutes"]}
    assert (told["sort"], told["translate"], told["without"]) == ("newest", False, ["Netze"])
