from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from ingest.extraction import PageText
from ingest.layers.mending import mend, mend_line
from ingest.layers.plausibility import profile
from ingest.layers.readability import NEIGHBOURS, languages_by_triple
from ingest.layers.rules import Kind
from ingest.layers.suspicion import is_suspicious
from ingest.layers.vocabulary import LANGUAGES

RUSSIAN = (
    "Повышение энергоэффективности в городах-партнёрах\nОпыт наших коллег показывает: экономия тепла\n"
    "начинается с учёта, и 15 % расходов можно сократить."
)
GERMAN = (
    "Energieeffizienz in den Partnerstädten\nDie Erfahrungen unserer Gäste zeigen: Wärme spart man\n"
    "zuerst durch Zähler, und 15 % der Kosten können für Größeres übrig bleiben."
)
ENGLISH = (
    "Energy efficiency in partner cities\nThe experience of our guests shows that saving heat\n"
    "begins with meters, and 15 % of the costs can be saved."
)
HEALTHY = {
    "German": GERMAN,
    "Russian": RUSSIAN,
    "English": ENGLISH,
    "French": "Après l’été, où les élèves français ont déjà étudié à l’école, la société a créé un prix.",
    "Polish": "Zażółć gęślą jaźń, bo przecież w Łodzi źdźbło trawy rośnie szybciej niż gdziekolwiek indziej.",
    "Czech": "Příliš žluťoučký kůň úpěl ďábelské ódy, přesto všichni účastníci konference zůstali do večera.",
    "Ukrainian": "Підвищення енергоефективності у містах-партнерах починається з обліку, і це дає економію.",
    "Bulgarian": "Повишаването на енергийната ефективност в градовете партньори започва с отчитане.",
    "Serbian": "Његова жеља је да људи у граду штеде топлоту, јер ђаци и учитељи већ мере потрошњу.",
    "Portuguese": "A EXPRESSÃO é verdadeira se a EXPRESSÃO não é falsa; são necessárias três condições.",
    "Catalan": "El paquet serà instal·lat, però està desempaquetat i no ha estat configurat encara.",
    "Belarusian": "Абірае колер і надрукуе радок паміж супадзеннямі, калі ласка, пачакайце яшчэ хвіліну.",
    "Kazakh": "Қалалардағы жылуды үнемдеу есепке алудан басталады, өйткені ғимараттар көп қуат жұмсайды.",
    "Turkish": "Şehirlerde ısı tasarrufu, ölçümle başlar; çünkü büyük binaların ısıtılması pahalıdır.",
    "Hungarian": "A városok energiahatékonysága a hőmérséklet mérésével kezdődik, mert így csökkenthető.",
    "Greek": "Η εξοικονόμηση ενέργειας στις πόλεις ξεκινά με τη μέτρηση της θερμότητας στα κτίρια.",
    "Hebrew": "שלום עולם, מה שלום כולם? אני יורד מן החוטים, אני כבר ילד אמיתי.",
    "Chinese": "任意拉格朗日欧拉分析流体结构相互作用分析实时声场分析",
    "code": "def f(x):\n    return [y**2 for y in range(x) if y%2]\n#include <stdio.h>\nint main(void){}",
    "formulas": "f(X; θ) = ∏ fθ(Xi) = θ^n e^{−θ ∑ Xi}\nλ = 4⋅10−3 W/(m·K), α ≥ β\nD ξ = E ξ 2 − ( E ξ ) 2",
    "numbers": "1 2 3 4 5 6 7 8\n12,5 13,7 99,1 − 4,2 %\n2017 2018 2019 2020 2021",
    "letters": "A B C D E F G H\nR R R R T\nM D M D F S S\nx y z a b c\nА Б В Г Д Е Ж",
    "names": "Dr. Łukasz Żółkiewski, Ångström, Škoda, Özdemir, Nguyễn Thị Hương, O’Brien, Dvořák, Müßig",
    "acronyms": "BMBF DLR GIZ KfW HTTP XML TCP/IP SQL-DB ISO 9001 ГОСТ СНиП ЖКХ МЧС РФ",
    "addresses": "https://example.org/Pfad/zu?q=1&r=%C3%BC\nC:\\Windows\\System32\\drivers\nGET /api/v1",
    "genes": "AABBCCDD AAbbCCdd aabbccdd\nMKKLLPTAAAGLLLLAAQPAMA",
    "refrain": "Ja, ja, ja! Nein, nein!\nHurra, Hurra\nHurra, Hurra\nLa la la la la la",
}


def glyph_numbers(text: str) -> str:
    """Write a text as the numbers of its glyphs in a font of Windows."""
    roman = bytes(range(128, 256)).decode("mac_roman")
    numbers = {chr(0x20 + place): chr(3 + place) for place in range(95)}
    numbers.update({letter: chr(98 + place) for place, letter in enumerate(roman)})
    return "".join(numbers.get(letter, letter) for letter in text)


def moved(text: str, first: str, last: str, shift: int) -> str:
    return "".join(chr(ord(each) + shift) if first <= each <= last else each for each in text)


def misread(right: str, wrong: str) -> Callable[[str], str]:
    """Return what writes a text in one code page and reads it in another, as browsers do."""
    return lambda text: "".join(
        bytes([byte]).decode(wrong, "ignore") or chr(byte) for byte in text.encode(right)
    )


LIES = {
    "Russian cp1251 as Latin-1": (RUSSIAN, misread("cp1251", "latin-1")),
    "Russian cp1251 as cp1252": (RUSSIAN, misread("cp1251", "cp1252")),
    "Russian koi8-r as Latin-1": (RUSSIAN, misread("koi8_r", "latin-1")),
    "Russian cp866 as Latin-1": (RUSSIAN, misread("cp866", "latin-1")),
    "Russian Mac Cyrillic as cp1252": (RUSSIAN, misread("mac_cyrillic", "cp1252")),
    "Russian ISO 8859-5 as Latin-1": (RUSSIAN, misread("iso8859_5", "latin-1")),
    "Russian koi8-r as cp1251": (RUSSIAN, misread("koi8_r", "cp1251")),
    "Russian cp1251 as koi8-r": (RUSSIAN, misread("cp1251", "koi8_r")),
    "Russian cp866 as cp1251": (RUSSIAN, misread("cp866", "cp1251")),
    "Russian UTF-8 as cp1252": (RUSSIAN, misread("utf-8", "cp1252")),
    "Russian UTF-8 as cp1251": (RUSSIAN, misread("utf-8", "cp1251")),
    "German UTF-8 as cp1252": (GERMAN, misread("utf-8", "cp1252")),
    "German UTF-8 as cp1251": (GERMAN, misread("utf-8", "cp1251")),
    "German cp1252 as cp1251": (GERMAN, misread("cp1252", "cp1251")),
    "German cp1252 as Mac Roman": (GERMAN, misread("cp1252", "mac_roman")),
    "German Mac Roman as cp1252": (GERMAN, misread("mac_roman", "cp1252")),
    "German cp850 as cp1252": (GERMAN, misread("cp850", "cp1252")),
}
GLYPHS = {
    "German glyph numbers": (GERMAN, lambda text: "\n".join(map(glyph_numbers, text.split("\n")))),
    "German glyph numbers told": (
        GERMAN,
        lambda text: "\n".join(
            "".join(f"(cid:{ord(each)})" for each in glyph_numbers(line)) for line in text.split("\n")
        ),
    ),
    "English moved by one": (ENGLISH, lambda text: moved(text, " ", "~", 1)),
    "Russian moved to Latin letters": (RUSSIAN, lambda text: moved(text, "А", "ё", -470)),
    "Russian moved to Greek letters": (RUSSIAN, lambda text: moved(text, "А", "ё", -99)),
    "Russian in private use": (RUSSIAN, lambda text: private(text, "cp1251")),
    "German in private use": (GERMAN, lambda text: private(text, "cp1252")),
}


def private(text: str, code_page: str) -> str:
    return "".join(
        each if each in " \n" else chr(0xF000 + byte) for each in text for byte in each.encode(code_page)
    )


def mended(text: str) -> tuple[str, Mapping[Kind, int]]:
    result = mend([PageText(1, text)])
    return result.pages[0].text, result.repairs


@pytest.mark.parametrize("name", LIES)
def test_text_in_a_wrong_code_page_is_read_in_the_right_one(name: str) -> None:
    text, lie = LIES[name]
    assert lie(text) != text
    assert mended(lie(text)) == (text, {Kind.CODE_PAGE: 1})


@pytest.mark.parametrize("name", GLYPHS)
def test_letters_under_wrong_numbers_are_read_as_what_they_show(name: str) -> None:
    text, lie = GLYPHS[name]
    assert mended(lie(text)) == (text, {Kind.GLYPHS: 1})


@pytest.mark.parametrize("gap", ["   ", "  "])
@pytest.mark.parametrize("text", [RUSSIAN, GERMAN, ENGLISH])
def test_letters_set_apart_are_joined(text: str, gap: str) -> None:
    words = "".join(each if each.isalpha() or each.isspace() else "" for each in text)
    apart = "\n".join(gap.join(" ".join(word) for word in line.split()) for line in words.split("\n"))
    joined = "\n".join(" ".join(line.split()) for line in words.split("\n"))
    assert mended(apart) == (joined, {Kind.APART: 1})


@pytest.mark.parametrize(
    ("apart", "joined"),
    [
        ("K o n f e r e n z i n B e r l i n", "Konferenz in Berlin"),
        (
            "Т е о р е м а 4 (ф о р м у л а Б е р н у л л и). При любом k",
            "Теорема 4 (формула Бернулли). При любом k",
        ),
        ("Д о к а з а т е л ь с т в о сразу следует", "Доказательство сразу следует"),
        ("E n e r g y i n c i t i e s", "Energy in cities"),
        ("I N H A L T", "INHALT"),
    ],
)
def test_words_are_parted_where_all_gaps_are_alike(apart: str, joined: str) -> None:
    assert mended(apart)[0] == joined


@pytest.mark.parametrize("text", [RUSSIAN, GERMAN, ENGLISH])
def test_ends_of_words_that_were_guessed_are_told(text: str) -> None:
    alike = "\n".join(" ".join("".join(line.split())) for line in text.split("\n"))
    told = mend([PageText(1, text), PageText(2, alike)])
    assert told.guessed == {2}
    assert "".join(told.pages[1].text.split()) == "".join(text.split())
    wider = "\n".join("  ".join(map(" ".join, line.split())) for line in text.split("\n"))
    assert mend([PageText(1, wider)]).guessed == set()


@pytest.mark.parametrize("times", [2, 3])
@pytest.mark.parametrize("text", [RUSSIAN, GERMAN, ENGLISH])
def test_letters_printed_twice_are_read_once(text: str, times: int) -> None:
    lie = "\n".join("".join(each * times for each in line) for line in text.split("\n"))
    assert mended(lie) == (text, {Kind.REPEATED: 1})


def test_lines_printed_twice_are_read_once() -> None:
    lie = "\n".join(f"{line}\n{line}" for line in GERMAN.split("\n"))
    assert mended(lie) == (GERMAN, {Kind.REPEATED: 1})


@pytest.mark.parametrize("text", [RUSSIAN, GERMAN, ENGLISH])
def test_lines_written_backwards_are_turned(text: str) -> None:
    lie = "\n".join(line[::-1] for line in text.split("\n"))
    assert mended(lie) == (text, {Kind.REVERSED: 1})


@pytest.mark.parametrize("name", HEALTHY)
def test_healthy_text_comes_back_as_it_is(name: str) -> None:
    result = mend([PageText(1, HEALTHY[name], HEALTHY[name][:40])])
    assert result.pages == (PageText(1, HEALTHY[name], HEALTHY[name][:40]),)
    assert (result.repairs, result.unreadable) == ({}, ())


@pytest.mark.parametrize("name", ["German", "Russian", "English"])
def test_healthy_text_is_not_even_doubted(name: str) -> None:
    assert not is_suspicious(HEALTHY[name])


def test_one_heading_that_lies_is_mended_beside_text_that_is_right() -> None:
    heading = "Программа конференции"
    page = f"{GERMAN}\n{misread('cp1251', 'cp1252')(heading)}\n{GERMAN}"
    assert mended(page)[0] == f"{GERMAN}\n{heading}\n{GERMAN}"


def test_two_fonts_that_lie_each_in_its_own_way_are_both_mended() -> None:
    first, second = RUSSIAN.split("\n", 1)
    page = moved(first, "А", "ё", -470) + "\n" + moved(second, "А", "ё", -99)
    assert mended(page)[0] == RUSSIAN


def test_what_a_long_page_taught_helps_with_a_short_one_before_it() -> None:
    lie = misread("koi8_r", "latin-1")
    result = mend([PageText(1, lie("Тепло"), lie("Тепло")), PageText(2, lie(RUSSIAN))])
    assert result.pages == (PageText(1, "Тепло", "Тепло"), PageText(2, RUSSIAN))
    assert result.repairs == {Kind.CODE_PAGE: 2}


def test_shuffled_letters_are_no_language_and_left_to_the_picture() -> None:
    letters = "abcdefghijklmnopqrstuvwxyz"
    shuffled = GERMAN.lower().translate(str.maketrans(letters, "wjqxzkvbpygfmuclthanrsdieo"))
    result = mend([PageText(1, ENGLISH), PageText(2, shuffled)])
    assert result.unreadable == (2,)
    assert result.pages[1].text == shuffled


@pytest.mark.parametrize("language", [*LANGUAGES, *NEIGHBOURS])
def test_frequent_triples_are_those_of_the_profiles(language: str) -> None:
    counts = profile(language)
    frequent = sorted(counts, key=counts.__getitem__, reverse=True)[:500]
    kept = {triple for triple, languages in languages_by_triple().items() if language in languages}
    assert kept == {triple for triple in frequent if len(triple) == 3}


def test_a_line_by_itself_is_mended() -> None:
    assert mend_line(misread("cp1251", "latin-1")("Доклад о теплоснабжении")) == "Доклад о теплоснабжении"
    assert mend_line("Über Größe") == "Über Größe"


@pytest.mark.parametrize(
    "piece", ["a b ", "Ã¼", "\ue041", "ППррииввеетт ", "(", "(cid:51)", "Ïðèâåò ", "\n", "a-", "« "]
)
def test_a_page_without_end_is_read_to_its_end(piece: str) -> None:
    page = PageText(1, piece * (200_000 // len(piece)))
    assert mend([page]).pages[0].number == 1
