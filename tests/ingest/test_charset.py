from __future__ import annotations

import pytest

from ingest.charset import decode, is_doubtful, looks_like_text

RUSSIAN = "Партнёрство городов: энергоэффективность зданий, обращение с отходами и развитие транспорта.\n" * 3
GERMAN = "Die Städtepartnerschaft fördert Bürger: Müllentsorgung, Gebäudesanierung und größere Straßen.\n" * 3


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1251", "koi8-r", "cp866"]
)
def test_russian_is_decoded(encoding: str) -> None:
    assert decode(RUSSIAN.encode(encoding))[0] == RUSSIAN


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-be", "cp1252", "latin-1"])
def test_german_is_decoded(encoding: str) -> None:
    assert decode(GERMAN.encode(encoding))[0] == GERMAN


def test_utf_8_cut_in_a_letter_stays_utf_8() -> None:
    text, encoding = decode("Städte und Bü".encode()[:-1])
    assert (text, encoding) == ("Städte und B\ufffd", "utf-8")


def test_nothing_is_decoded_to_nothing() -> None:
    assert decode(b"") == ("", "utf-8")


def test_binary_is_no_text() -> None:
    assert not looks_like_text(bytes(range(256)) * 8)
    assert looks_like_text(RUSSIAN.encode("koi8-r"))
    assert looks_like_text(GERMAN.encode("utf-16-le"))


SENTENCES = {
    "ru": (
        "Стратегия развития города опирается на опыт партнёров из Германии.",
        "Если участники согласны, заседание начнётся в половине десятого.",
        "Объём финансирования проекта составил двести тысяч евро в год.",
        "ПРОГРАММА КОНФЕРЕНЦИИ ГОРОДОВ-ПОБРАТИМОВ, утверждена в сентябре",
        "Уважаемые коллеги! Ждём ваших докладов – не позднее пятницы.",
        "Яркие примеры: «Зелёный двор», «Чистая вода», школьный музей",
        "Подъезд к зданию с южной стороны; юридический адрес прежний.",
    ),
    "de": (
        "Die Bürgermeisterin begrüßt die Gäste aus den Partnerstädten.",
        "Überblick über die Förderung: Möglichkeiten für größere Städte",
        "Das Gespräch über Abwässer führte Herr Müller aus Köln.",
        "Die Straße zum Rathaus wird für die Dauer der Tagung gesperrt.",
    ),
}
SHORT_LETTERS = 50


@pytest.mark.parametrize(
    ("language", "encoding"),
    [
        *(("ru", page) for page in ("cp1251", "koi8_r", "cp866", "iso8859_5", "mac_cyrillic", "utf-16-le")),
        *(("de", page) for page in ("cp1252", "cp850", "mac_roman", "utf-16-be")),
    ],
)
def test_a_line_is_enough_to_tell_its_code_page(language: str, encoding: str) -> None:
    for sentence in SENTENCES[language]:
        line = sentence[:SHORT_LETTERS].encode(encoding, "ignore")
        assert decode(line)[0] == line.decode(encoding)


def test_a_damaged_letter_makes_no_code_page_of_utf_8() -> None:
    text, encoding = decode(RUSSIAN.encode().replace("ё".encode(), b"\xd1", 1))
    assert (encoding, text.count("\ufffd"), text[:4]) == ("utf-8", 1, RUSSIAN[:4])


def test_a_last_letter_alone_is_no_cut_utf_8() -> None:
    assert decode("Wir fahren nach Köl".encode("cp1252")[:-1])[0] == "Wir fahren nach Kö"
    assert decode("an einem anderen als dem standardmä".encode("cp1252"))[1] == "cp1252"


def test_long_ascii_before_the_first_letter_does_not_matter() -> None:
    assert decode(b"x" * 100_000 + RUSSIAN.encode("koi8-r"))[1] == "koi8_r"


@pytest.mark.parametrize(
    ("text", "encoding", "doubtful"),
    [
        (RUSSIAN, "cp866", False),
        (GERMAN, "cp850", False),
        ("Програма конференції міст-партнерів України та Німеччини", "cp1251", False),
        ("Les élèves ont été reçus à la mairie après le début de l’été", "cp1252", False),
        ("Πρόγραμμα του συνεδρίου των πόλεων", "cp1253", True),
        ("Program konferencji miast partnerskich, źródła energii, współpraca, części", "cp1250", True),
        ("برنامج المؤتمر الدولي للمدن الشريكة", "cp1256", True),
        ("Πρόγραμμα του συνεδρίου των πόλεων", "utf-8", False),
    ],
)
def test_a_code_page_that_is_not_known_is_told(text: str, encoding: str, doubtful: bool) -> None:
    assert is_doubtful(*decode(text.encode(encoding))) == doubtful
