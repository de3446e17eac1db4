from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.results import Snippet
from portal.markup import Markup, badge, beginning, lang, link, marked, paragraphs, tag, text, together


def test_text_is_escaped_and_markup_is_not() -> None:
    assert tag("p", "<b>", tag("i", "&")) == "<p>&lt;b&gt;<i>&amp;</i></p>"


@given(st.text())
def test_no_text_leaves_its_attribute_or_element(value: str) -> None:
    made = tag("a", value, title=value)
    assert made.count("<") == 2
    assert made.count('"') == 2


def test_attributes_are_written_or_left_out() -> None:
    made = tag("a", css="x", data_id=3, download=True, title=None, hidden=False)
    assert made == '<a class="x" data-id="3" download></a>'


def test_direction_overrides_and_control_characters_are_taken_out() -> None:
    assert text("a\u202egpj.exe\x00\x1b\u2066") == "agpj.exe"


def test_marks_stand_where_they_were_found_whatever_is_around() -> None:
    assert marked(Snippet("<a> & b", ((0, 3), (6, 7)))) == "<mark>&lt;a&gt;</mark> &amp; <mark>b</mark>"


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "//evil.example", "", " /x"])
def test_only_our_pages_and_the_web_are_linked_to(url: str) -> None:
    assert "href" not in link(url, "x")


def test_links_to_the_web_say_so() -> None:
    assert link("https://example.org/?a=1&b=2", "x") == (
        '<a href="https://example.org/?a=1&amp;b=2" rel="noopener external">x</a>'
    )


def test_paragraphs_are_divided_by_blank_lines() -> None:
    assert paragraphs("a\nb\n \n\n<c>\n") == "<p>a\nb</p><p>&lt;c&gt;</p>"


def test_the_beginning_of_a_text_ends_with_a_whole_word() -> None:
    assert beginning("Das  Netz\nder Stadt", 18) == "Das Netz der Stadt"
    assert beginning("Das Netz der Stadt", 15) == "Das Netz der …"
    assert beginning("Fernwärme", 4) == "Fern …"


def test_together_leaves_out_what_is_empty() -> None:
    assert together(["a", "", Markup("<br>")], ", ") == "a, <br>"


def test_an_unknown_language_has_a_badge_and_no_attribute() -> None:
    assert "lang-other" in badge("other", "Andere")
    assert lang("other") is None
    assert lang("de") == "de"
