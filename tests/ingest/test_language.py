from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from itertools import permutations

import pytest

from bench.command import PROJECT
from ingest.language import OTHER, language_of
from ingest.language import languages_of as told

KNOWN = ("de", "ru", "en")

GERMAN = (
    "Die Konferenz der Partnerstädte fand im Juni statt. Die Teilnehmer besprachen die Energieeffizienz von "
    "Gebäuden, die Abfallwirtschaft und die Entwicklung der Städte."
)
RUSSIAN = (
    "Конференция городов-партнёров прошла в июне. Участники обсудили энергоэффективность зданий, обращение "
    "с отходами и развитие городов."
)
ENGLISH = (
    "The conference of partner cities took place in June. The participants discussed the energy efficiency "
    "of buildings, waste management and the development of cities."
)
FOREIGN = {
    "Ukrainian": (
        "Конференція міст-партнерів відбулася у червні. Учасники обговорили енергоефективність, "
        "поводження з відходами та розвиток міст."
    ),
    "Belarusian": (
        "Канферэнцыя гарадоў-партнёраў адбылася ў чэрвені. Удзельнікі абмеркавалі энергаэфектыўнасць і "
        "развіццё гарадоў."
    ),
    "Bulgarian": (
        "Конференцията на градовете партньори се проведе през юни. Участниците обсъдиха енергийната "
        "ефективност и развитието на градовете."
    ),
    "Serbian": (
        "Конференција градова партнера одржана је у јуну. Учесници су разговарали о енергетској "
        "ефикасности и развоју градова."
    ),
    "Serbian in Latin": (
        "Konferencija gradova partnera održana je u junu. Učesnici su razgovarali o energetskoj "
        "efikasnosti i razvoju gradova."
    ),
    "Kazakh": (
        "Серіктес қалалардың конференциясы маусым айында өтті. Қатысушылар энергия тиімділігін талқылады."
    ),
    "French": (
        "La conférence des villes partenaires a eu lieu en juin. Les participants ont discuté de "
        "l’efficacité énergétique des bâtiments et du développement des villes."
    ),
    "Italian": (
        "La conferenza delle città gemellate si è svolta a giugno. I partecipanti hanno discusso "
        "dell’efficienza energetica degli edifici e dello sviluppo delle città."
    ),
    "Polish": (
        "Konferencja miast partnerskich odbyła się w czerwcu. Uczestnicy omówili efektywność "
        "energetyczną budynków i rozwój miast."
    ),
    "Dutch": (
        "De conferentie van partnersteden vond plaats in juni. De deelnemers bespraken de energie- "
        "efficiëntie van gebouwen en de ontwikkeling van steden."
    ),
    "Turkish": (
        "Ortak şehirler konferansı haziran ayında gerçekleşti. Katılımcılar binaların enerji "
        "verimliliğini ve şehirlerin gelişimini tartıştılar."
    ),
    "Greek": "Το συνέδριο των πόλεων εταίρων πραγματοποιήθηκε τον Ιούνιο.",
    "Chinese": "伙伴城市会议于六月举行。与会者讨论了建筑物的能源效率。",
}


def languages_of(
    pages: Sequence[str], known: Sequence[str] = KNOWN
) -> tuple[tuple[tuple[str, ...], ...], tuple[str, ...]]:
    found = told(pages, known)
    return found.pages, found.document


def each(*languages: str) -> tuple[tuple[str, ...], ...]:
    """Return what pages are in that have one language each."""
    return tuple((language,) for language in languages)


@pytest.mark.parametrize(("text", "language"), [(GERMAN, "de"), (RUSSIAN, "ru"), (ENGLISH, "en")])
def test_languages_of_the_archive_are_told(text: str, language: str) -> None:
    assert language_of(text, KNOWN) == language


@pytest.mark.parametrize("language", sorted(FOREIGN))
def test_other_languages_are_not_taken_for_them(language: str) -> None:
    assert language_of(FOREIGN[language], KNOWN) == OTHER


def test_a_language_the_archive_is_not_set_up_for_is_other() -> None:
    assert language_of(RUSSIAN, ("de", "en")) == OTHER
    assert language_of(GERMAN, ("ru",)) == OTHER


def test_no_letters_have_no_language() -> None:
    assert language_of("", KNOWN) == ""
    assert languages_of(["", "12 : 30 — 14 %", "\n"], KNOWN) == (((), (), ()), ())


def test_a_short_page_has_the_language_of_its_document() -> None:
    assert languages_of([GERMAN, "Agenda", GERMAN, "Team"], KNOWN) == (each("de", "de", "de", "de"), ("de",))
    assert languages_of([ENGLISH, "Agenda", ENGLISH], KNOWN) == (each("en", "en", "en"), ("en",))


def test_a_short_page_in_the_other_script_has_its_own() -> None:
    assert languages_of([GERMAN, GERMAN, "Спасибо за внимание"], KNOWN) == (each("de", "de", "ru"), ("de",))


def test_a_short_page_of_a_foreign_document_is_foreign() -> None:
    pages = [FOREIGN["French"], FOREIGN["French"], "Les villes partenaires et leur développement"]
    assert languages_of(pages, KNOWN) == (each(OTHER, OTHER, OTHER), (OTHER,))


def test_a_document_of_short_pages_is_told_as_a_whole() -> None:
    pages = ["Die Städte", "und ihre Bürger", "besprechen die", "Entwicklung des", "Verkehrs in Europa"]
    assert languages_of(pages, KNOWN) == (each(*["de"] * 5), ("de",))


def test_a_bilingual_deck_has_both_the_larger_first() -> None:
    assert languages_of([GERMAN, RUSSIAN, RUSSIAN], KNOWN) == (each("de", "ru", "ru"), ("ru", "de"))
    assert languages_of([GERMAN, ENGLISH, GERMAN], KNOWN) == (each("de", "en", "de"), ("de", "en"))


@pytest.mark.parametrize(
    ("first", "second", "languages"),
    [
        (GERMAN, RUSSIAN, ("de", "ru")),
        (RUSSIAN, ENGLISH, ("en", "ru")),
        (GERMAN, ENGLISH, ("de", "en")),
        (ENGLISH, FOREIGN["Bulgarian"], ("en", OTHER)),
        (GERMAN, FOREIGN["French"], ("de", OTHER)),
    ],
)
def test_a_page_in_two_languages_has_both_the_larger_first(
    first: str, second: str, languages: tuple[str, ...]
) -> None:
    assert languages_of([f"{first}\n{second}"]) == ((languages,), languages)
    assert languages_of([f"{second}\n{first}"]) == ((languages,), languages)
    assert languages_of([f"{first} {first}\n{second}"])[0][0][0] in languages_of([first])[1]


def test_a_short_page_may_be_in_two_languages() -> None:
    slide = "Спасибо за ваше внимание!\nThank you for your attention!"
    assert set(languages_of([RUSSIAN, slide])[0][1]) == {"ru", "en"}


def test_terms_names_and_addresses_are_in_no_language() -> None:
    russian = f"{RUSSIAN}\nMicrosoft Azure DevOps, Kubernetes: Continuous Integration, Load Balancing"
    german = f"{GERMAN}\nCloud Computing, Single Sign-On\nhttps://example.org/the/history/of/all/that?is=not"
    assert languages_of([russian, german])[0] == each("ru", "de")


CODE = """#include <iostream>
template <class T> class Stack {
public:
    Stack() : size_(0) {}
    void push(const T& value) { if (size_ == limit) return; data_[size_++] = value; }  // COMMENT
};
int main() {
    auto stack = new Stack<int>();
    for (int i = 0; i < 10; ++i) { stack->push(i); }
    std::cout << "the end of it all" << std::endl;
    delete stack;
    return 0;
}"""


@pytest.mark.parametrize(
    ("title", "comment", "language"),
    [
        ("Шаблоны классов", "место может кончиться", "ru"),
        ("Vorlagen", "der Platz ist nicht unbegrenzt", "de"),
        ("Templates", "this is not the place for it", "en"),
    ],
)
def test_code_is_in_no_language_and_its_comments_are(title: str, comment: str, language: str) -> None:
    assert language_of(f"{title}\n{CODE.replace('COMMENT', comment)}", KNOWN) == language


@pytest.mark.parametrize("text", [GERMAN, RUSSIAN])
def test_a_page_of_code_has_the_language_of_its_document(text: str) -> None:
    (own,) = languages_of([text])[1]
    assert languages_of([text, CODE, f"Class templates\n{CODE}"]) == (each(own, own, own), (own,))


def test_messages_and_strings_in_code_make_no_russian_slide_english() -> None:
    haskell = 'main :: IO ()\nmain =\n  let some = 2 `div` 0\n  in putStrLn "Just exit!"\nНикакой ошибки'
    assert languages_of([RUSSIAN, haskell, "Introduction to templates\n" + CODE])[0] == each("ru", "ru", "ru")


def test_descriptions_that_office_adds_are_not_counted() -> None:
    added = "Изображение выглядит как снимок экрана\nОписание создано с очень высокой степенью достоверности"
    assert languages_of([f"{ENGLISH}\n{added}", added])[0] == each("en", "en")


@pytest.mark.parametrize("word", ["UM", "DIE", "EN", "SE"])
def test_acronyms_speak_for_no_language(word: str) -> None:
    page = f"Load Balancer, Client Access, {word}\nMailbox Store, Outlook, {word}"
    assert languages_of([ENGLISH, page])[0] == each("en", "en")


def test_formulas_are_in_no_language() -> None:
    formulas = "de se si\nse = de + si\n(Ze − Zi) se, De di si\nje sa se de"
    assert languages_of([GERMAN, formulas])[0] == each("de", "de")
    assert languages_of([RUSSIAN, formulas])[0] == each("ru", "ru")


def test_english_labels_do_not_make_a_short_german_page_english() -> None:
    assert languages_of([GERMAN, "Cloud Services for Teams"])[0] == each("de", "de")


def test_german_on_a_slide_of_english_terms_is_told() -> None:
    assert languages_of([ENGLISH, "Demo: Logic Apps und Automation"])[0] == each("en", "de")


@pytest.mark.parametrize(
    ("language", "code"), [("Ukrainian", "uk"), ("Bulgarian", "bg"), ("French", "fr"), ("Polish", "pl")]
)
def test_a_language_that_the_archive_is_set_up_for_is_named(language: str, code: str) -> None:
    assert language_of(FOREIGN[language], (*KNOWN, code)) == code
    assert language_of(RUSSIAN, (*KNOWN, code)) == "ru"


def test_shares_are_of_the_letters() -> None:
    shares = told([GERMAN, GERMAN, RUSSIAN, "2017"], KNOWN).shares
    assert list(shares) == ["de", "ru"]
    assert sum(shares.values()) == pytest.approx(1)
    assert shares["de"] == pytest.approx(0.7, abs=0.05)
    assert told(["2017"], KNOWN).shares == {}


def test_a_quotation_does_not_make_a_document_bilingual() -> None:
    assert languages_of([GERMAN] * 8 + [RUSSIAN], KNOWN)[1] == ("de",)


def test_the_answer_does_not_hang_on_the_order_of_pages() -> None:
    pages = [GERMAN, ENGLISH, RUSSIAN, "Team", CODE, FOREIGN["French"], "Das ist short, это всё", "Привет"]
    found = languages_of(pages)
    for order in permutations(range(4)):
        moved = [pages[number] for number in (*order, *range(4, len(pages)))]
        again = languages_of(moved)
        assert again[1] == found[1]
        assert again[0] == tuple(found[0][number] for number in (*order, *range(4, len(pages))))


def test_the_answer_does_not_hang_on_the_process() -> None:
    pages = [
        f"{GERMAN}\n{ENGLISH}",
        FOREIGN["Dutch"],
        "in der se de",
        f"{RUSSIAN}\n{FOREIGN['Serbian']}",
        CODE,
    ]
    script = "import ast, sys; from ingest.language import languages_of as told; "
    script += f"print(told(ast.literal_eval(sys.argv[1]), {KNOWN!r}))"
    answers = {
        subprocess.run(
            [sys.executable, "-c", script, repr(pages)],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(PROJECT)},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "2")
    }
    assert answers == {f"{told(pages, KNOWN)}\n".encode()}


def test_no_text_takes_long() -> None:
    for text in (
        "a" * 10**6,
        "(" * 10**6,
        "a.b/" * 10**5,
        "for (" * 10**5,
        "и " * 10**5,
        "a=" * 10**5 + "\n" * 10**5,
    ):
        began = time.process_time()
        languages_of([text])
        assert time.process_time() - began < 5
