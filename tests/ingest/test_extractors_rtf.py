from __future__ import annotations

import re
import time
from pathlib import Path

import pytest

from archive.model import Sensitive
from ingest.extraction import DamagedError, Extraction
from ingest.extractors import extract
from ingest.mediatypes import FORMATS, media_type_of

FONTS = (
    rb"{\fonttbl{\f0\froman\fcharset0 Arial;}{\f1\froman\fcharset204{\*\panose 020}Arial;}"
    rb"{\f2\fnil\fcharset2 Symbol;}{\f3\fcharset128 MS Mincho;}"
    rb"{\f4\fnil Arial Cyr;}{\f5\fcharset2 Wingdings;}{\f6\fcharset2 TimesDL;}}"
)
STYLES = rb"{\stylesheet{\ql Normal;}{\s1\outlinelevel0 Kapitel;}{\s2 heading 2;}{\*\cs10 Default;}}"


def read(path: Path, body: bytes, head: bytes = rb"\ansi\ansicpg1252\deff0") -> Extraction:
    place = path / "a.rtf"
    place.write_bytes(rb"{\rtf1" + head + FONTS + STYLES + body + b"}")
    assert media_type_of(place) == FORMATS["rtf"]
    return extract(place, FORMATS["rtf"])


def text(path: Path, body: bytes) -> str:
    return read(path, body).pages[0].text


EVERYWHERE = rb"""
{\info{\title Titel{\*\unknown x}}{\author Anna Beispiel}{\operator wrongoperator}{\keywords wrongkeywords}}
{\header\pard headword {\field{\*\fldinst PAGE}{\fldrslt wrongpage}}\par}{\headerf headword \par}
{\footer\pard footword\par}
\pard\plain\s1 headingword\par\pard\plain bodyword{\footnote\pard {\super\chftn} noteword}
{\*\footnote\ftnalt\chftn\pard starnote}
{\*\atnid wrong}{\*\atnauthor wrongauthor}\chatn{\*\annotation\pard commentword{\*\atndate 12}}\par
{\field{\*\fldinst HYPERLINK "http://wronglink"}{\fldrslt linkword}} {\*\bkmkstart wrongmark}\par
{\listtext\pard 1.\tab}listword\par
\trowd\cellx1\cellx2\pard\intbl cellone\par more\cell celltwo\cell\row
\trowd\pard\intbl outerword\par\pard\intbl\itap2 nestedone\nestcell nestedtwo\nestcell
{\*\nesttableprops\trowd\nestrow}{\nonesttables wrongdouble\par}\pard\intbl\cell lastcell\cell\row\pard
{\shp{\*\shpinst{\sp{\sn gtextUNICODE}{\sv artword}}{\sp{\sn wzName}{\sv wrongname}}
{\shptxt\pard boxword\par}}
{\shprslt{\*\do{\dptxbxtext wrongbox}}}}
{\*\do\dobxpage{\dptxbx{\dptxbxtext\pard oldboxword\par}}}
{\*\shppict{\pict{\*\picprop{\sp{\sn wzDescription}{\sv altword}}}\pngblip 8950}}{\nonshppict{\pict 1234}}
{\object\objemb{\*\objclass wrongclass}{\*\objdata 0105}{\result shownword}}\tab
{\upr{wrongansi}{\*\ud{uniword}}}{\v hiddenword} {\deleted wrongdeleted} {\revised insertedword}\tab
{\xe wrongindex}{\*\generator wronggenerator}
{\*\moMath{\mf{\mfPr{\mtype wrongtype}}{\mnum{\mr mathword}}}}\par
\sect\sectd\sbknone samepage\par\page newpage\par\sect\sectd newsection\par"""


SHOWN = re.findall(
    r"\w+",
    "headword footword headingword bodyword noteword starnote linkword listword cellone celltwo outerword "
    "nestedone nestedtwo lastcell artword boxword oldboxword altword shownword uniword insertedword mathword "
    "samepage newpage newsection",
)


def test_a_word_in_every_place_is_read(tmp_path: Path) -> None:
    extraction = read(tmp_path, EVERYWHERE)
    words = " ".join(page.text for page in extraction.pages).split()
    for word in SHOWN:
        assert words.count(word) == 1, word
    assert not [word for word in words if word.startswith("wrong")]
    assert [page.text.split()[0] for page in extraction.pages] == [
        "headword",
        "newpage",
        "newsection",
        "hiddenword",
    ]
    assert [page.hidden for page in extraction.pages] == [False, False, False, True]
    assert extraction.pages[0].title == "headingword"
    notes = extraction.pages[0].notes
    assert ("commentword" in notes, "wrong" in notes) == (True, False)
    assert "\ncellone more\tcelltwo\n" in extraction.pages[0].text
    assert "\nouterword nestedone\tnestedtwo\tlastcell\n" in extraction.pages[0].text
    assert extraction.creators == ("Anna Beispiel",)
    assert dict(extraction.counts) == {
        "footnotes": 2,
        "comments": 1,
        "tables": 1,
        "text boxes": 2,
        "pictures": 1,
        "embedded files": 1,
        "hidden text": 1,
        "changes": 2,
    }
    assert extraction.skipped == ("Embedded files that were not read: 1.",)


@pytest.mark.parametrize("is_on", [False, True])
def test_headers_of_first_and_left_pages_are_shown_where_they_are_on(tmp_path: Path, is_on: bool) -> None:
    headers = (
        rb"{\header\pard head\par}{\headerf\pard first\par}{\headerl\pard head\par}{\footerl\pard left\par}"
    )
    switches = rb"\facingp\sectd\titlepg" if is_on else rb"\sectd\titlepg0"
    extraction = read(tmp_path, switches + headers + rb"\pard body\par")
    said = [(page.hidden, page.text) for page in extraction.pages]
    if is_on:
        assert said == [(False, "head\nfirst\nbody\nleft")]
        assert extraction.sensitive == ()
    else:
        assert said == [(False, "head\nbody"), (True, "first\nleft")]
        assert extraction.sensitive == (Sensitive.HIDDEN,)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (rb"\f1\'cf\'f0\'e8\'e2\'e5\'f2\f0 , Gr\'fc\'dfe", "Привет, Grüße"),
        (rb"\f1 \u1055\'cf\u1088\'f0", "Пр"),
        (rb"\uc2\u1055 ??\u1088\'f0\'f0!", "Пр!"),
        (rb"\uc0\u1055\u1088!", "Пр!"),
        (rb"{\uc0 \u1055}\u1088?!", "Пр!"),
        (rb"\u-10187?\u-8968?", "\U0001d4f8"),
        (rb"\u55349 ?hi", "\ufffdhi"),
        (rb"\f3\'83\'5c\'83\\\'83A", "ソソア"),
        (rb"\f4 \'cf\'f0", "Пр"),
        (rb"\f2 a\u-3913\'b7\f5 \'a7\'fc\'99", "α•▪✓•"),
        (
            rb"a\emdash\endash\bullet\lquote\ldblquote\tab x\line b\~c\_d\-e\{\}\\",
            "a—–•‘“\tx\nb\u00a0c\u2011d\u00ade{}\\",
        ),
        (rb"a\u8211\endash b", "a–b"),
        (rb"a\bin5 }}{{xb", "ab"),
        (b"one\\\ntwo", "one\ntwo"),
        ("Сырые".encode("cp1251").join((rb"\f1 ", b"")), "Сырые"),
    ],
)
def test_characters_are_what_their_font_and_escapes_say(tmp_path: Path, body: bytes, said: str) -> None:
    assert text(tmp_path, rb"\pard " + body + rb"\par") == said


@pytest.mark.parametrize(
    ("title", "code_page"),
    [
        (rb"\'cf\'f0\'ee\'e3\'f0\'e0\'ec\'ec\'e0", b"1251"),
        (rb"{\upr{?}{\*\ud{\u1055 ?\u1088 ?\u1086 ?}}}", b"1252"),
    ],
)
def test_properties_are_in_the_code_page_of_the_file(tmp_path: Path, title: bytes, code_page: bytes) -> None:
    extraction = read(tmp_path, rb"{\info{\title " + title + rb"}}text\par", rb"\ansi\ansicpg" + code_page)
    assert extraction.title in ("Программа", "Про")


def test_letters_in_a_font_that_calls_itself_one_of_symbols_are_letters(tmp_path: Path) -> None:
    extraction = read(tmp_path, rb"\f6 \'cf\u-3856?\par", rb"\ansi\ansicpg1251")
    assert extraction.pages[0].text == "Пр"


def test_cyrillic_that_is_declared_as_western_is_seen_through(tmp_path: Path) -> None:
    body = rb"\f0 " + b"".join(
        b"\\'%02x" % byte for byte in "Партнёрство городов и регионов".encode("cp1251")
    )
    extraction = read(tmp_path, body + rb"\par")
    assert extraction.pages[0].text == "Партнёрство городов и регионов"
    assert extraction.repairs == ("Text declared as cp1252 was read as cp1251.",)


def test_utf_8_that_nobody_declared_is_seen_through(tmp_path: Path) -> None:
    extraction = read(tmp_path, "Партнёры, Städte und Gäste".encode() + rb"\par\f1\'d0\'b8\par")
    assert extraction.pages[0].text == "Партнёры, Städte und Gäste\nРё"
    assert extraction.repairs == ("Text declared as cp1252 was read as utf-8.",)


def test_headings_are_known_by_level_and_by_style(tmp_path: Path) -> None:
    body = rb"\pard\s2 Zwei\par\page\pard\outlinelevel1 Drei\par\page\pard\s1\outlinelevel9 Vier\par"
    assert [page.title for page in read(tmp_path, body).pages] == ["Zwei", "Drei", ""]


def test_a_file_that_is_cut_gives_what_it_has(tmp_path: Path) -> None:
    place = tmp_path / "a.rtf"
    place.write_bytes(rb"{\rtf1\ansi one\par{\footnote two {\b three")
    extraction = extract(place, FORMATS["rtf"])
    assert extraction.pages[0].text.split() == ["one", "two", "three"]
    assert extraction.skipped == ("The end of the file is missing.",)


def test_what_is_no_rtf_is_told(tmp_path: Path) -> None:
    place = tmp_path / "a.rtf"
    place.write_bytes(b"{\\pdf rubbish}")
    with pytest.raises(DamagedError):
        extract(place, FORMATS["rtf"])


@pytest.mark.parametrize(
    "body",
    [
        b"{" * 1_000_000 + b"deep" + b"}" * 1_000_000,
        rb"{\footnote{\shptxt " * 50_000 + b"deep",
        rb"{\field{\fldrslt " * 50_000 + b"deep" + b"}}" * 50_000,
        b"deep" + b"}" * 1_000_000,
        rb"deep{\pict\pngblip " + b"89504e47\r\n" * 1_000_000 + b"}",
        rb"deep\u" + b"9" * 1_000_000,
        rb"deep" + rb"\trowd\cell\row" * 20_000,
    ],
    ids=["braces", "stories", "fields", "ends", "picture", "number", "rows"],
)
def test_hostile_files_take_seconds(tmp_path: Path, body: bytes) -> None:
    started_at = time.process_time()
    pages = read(tmp_path, body).pages
    assert time.process_time() - started_at < 20
    assert "deep" in pages[0].text
