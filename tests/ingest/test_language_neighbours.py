"""Short texts in languages that stand near those of the archive are not taken for them, nor the reverse."""

from __future__ import annotations

import pytest

from ingest.language import OTHER, language_of, languages_of

KNOWN = ("de", "ru", "en")

SENTENCES = {
    "uk": (
        "Міська рада ухвалила новий план поводження з відходами на наступні п'ять років.",
        "Школярі обох міст зустрічаються щороку влітку.",
    ),
    "be": (
        "Гарадскі савет прыняў новы план абыходжання з адходамі на наступныя пяць гадоў.",
        "Школьнікі абодвух гарадоў сустракаюцца кожнае лета.",
    ),
    "bg": (
        "Общинският съвет прие нов план за управление на отпадъците за следващите пет години.",
        "Учениците от двата града се срещат всяко лято.",
    ),
    "sr": (
        "Градско веће усвојило је нови план управљања отпадом за наредних пет година.",
        "Ученици из оба града сусрећу се сваког лета.",
    ),
    "mk": (
        "Градскиот совет усвои нов план за управување со отпадот за следните пет години.",
        "Учениците од двата града се среќаваат секое лето.",
    ),
    "kk": (
        "Қалалық кеңес алдағы бес жылға қалдықтарды басқарудың жаңа жоспарын қабылдады.",
        "Екі қаланың оқушылары жыл сайын жазда кездеседі.",
    ),
    "fr": (
        "Le conseil municipal a adopté un nouveau plan de gestion des déchets pour les cinq ans à venir.",
        "Les élèves des deux villes se rencontrent chaque été.",
    ),
    "pl": (
        "Rada miasta przyjęła nowy plan gospodarki odpadami na najbliższe pięć lat.",
        "Uczniowie z obu miast spotykają się każdego lata.",
    ),
    "it": (
        "Il consiglio comunale ha approvato un nuovo piano di gestione dei rifiuti per cinque anni.",
        "Gli studenti delle due città si incontrano ogni estate.",
    ),
    "es": (
        "El ayuntamiento aprobó un nuevo plan de gestión de residuos para los próximos cinco años.",
        "Los alumnos de las dos ciudades se reúnen cada verano.",
    ),
    "nl": (
        "De gemeenteraad heeft een nieuw afvalplan voor de komende vijf jaar aangenomen.",
        "De leerlingen van beide steden ontmoeten elkaar elke zomer.",
    ),
    "cs": (
        "Městská rada přijala nový plán nakládání s odpady na příštích pět let.",
        "Žáci z obou měst se setkávají každé léto.",
    ),
    "sk": (
        "Mestské zastupiteľstvo prijalo nový plán nakladania s odpadmi na najbližších päť rokov.",
        "Žiaci z oboch miest sa stretávajú každé leto.",
    ),
    "sl": (
        "Mestni svet je sprejel nov načrt ravnanja z odpadki za naslednjih pet let.",
        "Učenci iz obeh mest se srečujejo vsako poletje.",
    ),
    "hr": (
        "Gradsko vijeće usvojilo je novi plan gospodarenja otpadom za idućih pet godina.",
        "Učenici iz oba grada susreću se svakog ljeta.",
    ),
    "hu": (
        "A városi tanács új hulladékgazdálkodási tervet fogadott el a következő öt évre.",
        "A két város diákjai minden nyáron találkoznak.",
    ),
    "ro": (
        "Consiliul local a adoptat un nou plan de gestionare a deșeurilor pentru următorii cinci ani.",
        "Elevii din cele două orașe se întâlnesc în fiecare vară.",
    ),
    "tr": (
        "Belediye meclisi önümüzdeki beş yıl için yeni bir atık planı kabul etti.",
        "İki şehrin öğrencileri her yaz buluşuyor.",
    ),
    "sv": (
        "Kommunfullmäktige antog en ny avfallsplan för de kommande fem åren.",
        "Eleverna från båda städerna träffas varje sommar.",
    ),
    "da": (
        "Byrådet vedtog en ny affaldsplan for de kommende fem år.",
        "Eleverne fra begge byer mødes hver sommer.",
    ),
    "et": (
        "Linnavolikogu võttis vastu uue jäätmekava järgmiseks viieks aastaks.",
        "Mõlema linna õpilased kohtuvad igal suvel.",
    ),
    "lv": (
        "Pilsētas dome pieņēma jaunu atkritumu plānu nākamajiem pieciem gadiem.",
        "Skolēni satiekas katru vasaru, un viņi ir draugi.",
    ),
    "lt": (
        "Miesto taryba priėmė naują atliekų tvarkymo planą ateinantiems penkeriems metams.",
        "Abiejų miestų moksleiviai susitinka kiekvieną vasarą.",
    ),
}
"""About a new plan for waste, and about pupils of two cities."""


@pytest.mark.parametrize("code", sorted(SENTENCES))
def test_a_sentence_in_another_language_is_other(code: str) -> None:
    assert [language_of(sentence, KNOWN) for sentence in SENTENCES[code]] == [OTHER, OTHER]
    assert languages_of(SENTENCES[code], KNOWN).document == (OTHER,)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Der Stadtrat beschloss einen neuen Abfallplan.", "de"),
        ("Schüler beider Städte treffen sich jeden Sommer.", "de"),
        ("Krankenhaus bekam neue Geräte", "de"),
        ("Bürgermeister Wróbel, Łódź", "de"),
        ("Cafés in Köln", "de"),
        ("Городской совет принял новый план обращения с отходами.", "ru"),
        ("Больница получила новое оборудование", "ru"),
        ("Глава города Андрей Доронин", "ru"),
        ("Том ІІ", "ru"),
        ("Pupils of both cities meet every summer.", "en"),
        ("The hospital got new equipment", "en"),
        ("Café Society", "en"),
    ],
)
def test_names_and_words_from_elsewhere_make_no_text_foreign(text: str, language: str) -> None:
    assert language_of(text, KNOWN) == language


def test_a_word_speaks_for_the_languages_that_have_all_of_its_letters() -> None:
    assert language_of("Энергетика саласындағы қалалардың ынтымақтастығы", KNOWN) == OTHER
    assert language_of("Энергетика и обмен опытом", KNOWN) == "ru"


@pytest.mark.parametrize(
    "text",
    [
        "Выборочные характеристики этих величин подчиняются тому же пра-\nвилу, если выборка велика.",
        "Мы поднимаемся в бар. Бар этот открыт, выбор вин в нём велик.",
        "Нас ждут осы, бары и выбор мест: торговые центры Москвы, рестораны и аренда.",
    ],
)
def test_words_cut_at_line_ends_and_words_of_both_make_no_russian_foreign(text: str) -> None:
    assert language_of(text, KNOWN) == "ru"
