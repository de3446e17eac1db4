"""Which paragraphs answer to which: one to one, else by lengths and by what is alike."""

from __future__ import annotations

from index.alignment import Segment, align
from index.lexical import Paragraph, paragraphs

GERMAN = [
    "Fernwärme in Krasnodar",
    "Die Stadt hat 1.250 Kilometer Netze, von denen ein Drittel älter als dreißig Jahre ist.",
    "Kosten",
    "Im Jahr 2016 wurden 48 Häuser saniert; die Verluste gingen um 17 Prozent zurück.",
    "Das Programm der Partnerstadt Karlsruhe sieht Energieberatung in jedem Stadtteil vor.",
    "Danke für Ihre Aufmerksamkeit und auf Wiedersehen im nächsten Jahr!",
]
RUSSIAN = [
    "Теплоснабжение в Краснодаре",
    "В городе 1.250 километров сетей, из которых треть старше тридцати лет.",
    "Затраты",
    "В 2016 году было отремонтировано 48 домов; потери снизились на 17 процентов.",
    "Программа города-партнёра Карлсруэ предусматривает консультации по энергии в каждом районе.",
    "Спасибо за внимание и до встречи в следующем году!",
]


def page(texts: list[str], language: str, number: int = 1) -> list[Paragraph]:
    return [each for text in texts for each in paragraphs(text, language, number)]


def found(segments: list[Segment]) -> list[tuple[list[int], list[int]]]:
    return [
        (
            [GERMAN.index(each.text) for each in segment.source],
            [RUSSIAN.index(each.text) for each in segment.target],
        )
        for segment in segments
    ]


def of(german: list[list[str]], russian: list[list[str]]) -> list[tuple[list[int], list[int]]]:
    source = [page(texts, "de", number) for number, texts in enumerate(german, 1)]
    target = [page(texts, "ru", number) for number, texts in enumerate(russian, 1)]
    return found([*align(source, target, ("de", "ru"))])


def test_equally_many_paragraphs_answer_one_to_one() -> None:
    assert of([GERMAN], [RUSSIAN]) == [([n], [n]) for n in range(6)]


def test_what_was_not_translated_shifts_nothing() -> None:
    for missing in range(6):
        answers = of([GERMAN], [RUSSIAN[:missing] + RUSSIAN[missing + 1 :]])
        right = [(source, target) for source, target in answers if {*target} <= {*source}]
        assert {n for _, target in right for n in target} == {*range(6)} - {missing}


def test_one_left_out_on_each_side_shifts_nothing_but_what_is_between() -> None:
    answers = of([GERMAN[:1] + GERMAN[2:]], [RUSSIAN[:4] + RUSSIAN[5:]])
    assert ([0], [0]) in answers
    assert ([5], [5]) in answers
    assert any(3 in source and 3 in target for source, target in answers)


def test_two_paragraphs_answer_to_one() -> None:
    joined = f"{GERMAN[3]} {GERMAN[4]}"
    source = page([*GERMAN[:3], joined, GERMAN[5]], "de")
    segments = [*align([source], [page(RUSSIAN, "ru")], ("de", "ru"))]
    assert [[RUSSIAN.index(each.text) for each in segment.target] for segment in segments] == [
        [0],
        [1],
        [2],
        [3, 4],
        [5],
    ]


def test_pages_answer_to_one_another_where_there_are_equally_many() -> None:
    assert of([GERMAN[:2], [], GERMAN[2:4]], [RUSSIAN[:2], [], RUSSIAN[2:4]]) == [
        ([n], [n]) for n in range(4)
    ]


def test_other_pages_are_looked_at_as_one_text() -> None:
    assert of([GERMAN[:1], GERMAN[1:3], GERMAN[3:]], [RUSSIAN]) == [([n], [n]) for n in range(6)]


def test_nothing_answers_to_nothing() -> None:
    assert of([], []) == []
    assert of([GERMAN], []) == []
    assert of([[]], [RUSSIAN]) == []


def test_a_long_document_is_bounded() -> None:
    source, target = [Paragraph(f"a {n}", 1, ()) for n in range(9000)], [Paragraph("b", 1, ())] * 50
    found = [int(segment.source[0].text[2:]) for segment in align([source], [target], ("de", "ru"))]
    assert found
    assert max(found) < 4000
