from __future__ import annotations

import pytest

from ingest.extraction import PageText
from ingest.extractors.properties import choose_title, sane_creators, sane_title


def as_western(text: str, code_page: str = "cp1251") -> str:
    return text.encode(code_page).decode("latin-1")


@pytest.mark.parametrize("code_page", ["cp1251", "koi8_r"])
def test_title_in_a_wrong_code_page_is_read(code_page: str) -> None:
    assert (
        sane_title(as_western("Доклад о теплоснабжении города", code_page))
        == "Доклад о теплоснабжении города"
    )


def test_title_in_utf_8_read_as_western_is_mended() -> None:
    assert sane_title("Wärme für Städte".encode().decode("cp1252")) == "Wärme für Städte"


def test_mended_title_is_believed_where_the_page_shows_it() -> None:
    page = PageText(1, "Доклад о теплоснабжении\nКраснодар", "Краснодар")
    assert choose_title(as_western("Доклад о теплоснабжении"), [page]) == "Доклад о теплоснабжении"


def test_what_a_program_wrote_is_no_title_even_when_mended() -> None:
    assert sane_title(as_western("Презентация PowerPoint")) == ""


def test_creators_in_a_wrong_code_page_are_read() -> None:
    assert sane_creators(as_western("Мария Петрова; Иван Смирнов")) == ("Мария Петрова", "Иван Смирнов")


@pytest.mark.parametrize(
    "name", ["Jörg Müßig", "Łukasz Żółkiewski", "Ödön von Horváth", "Åse Ødegård", "Ева Май"]
)
def test_names_with_accents_stay(name: str) -> None:
    assert sane_creators(name) == (name,)


def test_what_no_code_page_mends_is_no_title() -> None:
    assert sane_title("ÐÑÐÑÒÓÔÕ") == ""


def test_neither_title_nor_creator_comes_from_what_only_the_program_says() -> None:
    pages = (PageText(1, "intern", "Intern", hidden=True), PageText(2, "Fernwärme", "Fernwärme"))
    assert choose_title("", pages) == "Fernwärme"
    assert sane_creators("openpyxl") == ()
