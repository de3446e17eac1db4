from __future__ import annotations

import pytest

from ingest.language import OTHER, language_of, languages_of

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


def test_slides_in_two_scripts_count_for_both() -> None:
    slide = f"{GERMAN}\n{RUSSIAN}"
    assert set(languages_of([slide, slide], KNOWN)[1]) == {"de", "ru"}


def test_a_quotation_does_not_make_a_document_bilingual() -> None:
    assert languages_of([GERMAN] * 8 + [RUSSIAN], KNOWN)[1] == ("de",)


def test_the_answer_never_changes() -> None:
    pages = [GERMAN, ENGLISH, RUSSIAN, "Das ist short, это всё"] * 3
    assert len({languages_of(pages, KNOWN) for _ in range(5)}) == 1
