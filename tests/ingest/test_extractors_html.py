from __future__ import annotations

import quopri
import re
import time
from pathlib import Path

import pytest

from ingest.extraction import DamagedError, Extraction
from ingest.extractors import extract
from ingest.mediatypes import media_type_of
from ingest.webpage_source import MAX_SAVED_BYTES

SHOWN = re.findall(
    r"\w+",
    "mainword headerword paragraphword inlineword cellone celltwo cellthree lineone linetwo listword "
    "termword definitionword altword captionword summaryword detailword quoteword codeword svgword "
    "legendword asideword fileone menufile nestedone nestedtwo tabword",
)
EVERYWHERE = f"""<!DOCTYPE html><html lang="fr"><head><title>mainword – wrongsite</title>
<meta property="og:title" content="mainword"><meta name="author" content="Anna Beispiel">
<style>wrongstyle</style></head><body>
<div id="cookieBanner"><p>{"wrongcookie " * 60}</p></div>
<header>headerword<nav><ul><li><a href="/">wrongnav</a></ul></nav></header>
<div class="main-menu"><a href="/a">wrongmenu</a></div>
<form action="/q"><input type="text"><label>wronglabel</label><button>wrongbutton</button></form>
<main><h1>mainword</h1><p>paragraphword <b>inline</b>word<br>second line</p>
<table><tr><th>cellone</th><td><p>lineone</p><p>linetwo</p></td></tr><tr><td>celltwo<td>cellthree</table>
<table><tr><td><table><tr><td>nestedone</td></tr></table></td><td><h2>nestedtwo</h2></td></tr></table>
<ol><li>listword</ol><dl><dt>termword<dd>definitionword</dl>
<figure><img src="a.png" alt="altword"><figcaption>captionword</figcaption></figure>
<details><summary>summaryword</summary>detailword</details><blockquote>quoteword</blockquote>
<pre>  codeword
    indented</pre><svg><text>svgword</text></svg><fieldset><legend>legendword</legend></fieldset>
<ul class="nav downloads"><li><a href="files/a.pdf">fileone</a></ul>
<div hidden>wronghidden</div><p style="display: none">wronginvisible</p>
<div style="display:none"><p>tabword {"day two " * 40}</p></div></main>
<div class="menu"><a href="/slides.pptx?x=1">menufile</a></div>
<aside>asideword</aside><noscript>wrongnoscript</noscript><script>wrongscript</script>
<iframe src="x">wrongframe</iframe><div role="contentinfo">wrongimprint</div>
<footer><p>wrongfooter</p></footer></body></html>"""


def read(path: Path, content: bytes, name: str = "a.html") -> Extraction:
    place = path / name
    place.write_bytes(content)
    return extract(place, media_type_of(place))


def test_a_word_in_every_place_is_read(tmp_path: Path) -> None:
    extraction = read(tmp_path, EVERYWHERE.encode())
    text = "\n".join(page.text for page in extraction.pages)
    words = re.findall(r"\w+", text)
    for word in SHOWN:
        assert words.count(word) == 1, word
    assert not [word for word in words if word.startswith("wrong")]
    assert "\ncellone\tlineone linetwo\ncelltwo\tcellthree\nnestedone\nnestedtwo\n" in text
    assert "\n  codeword\n    indented\n" in text
    assert (extraction.title, extraction.creators) == ("mainword", ("Anna Beispiel",))
    assert extraction.counts["hidden parts"] == 2
    assert extraction.counts["menus and forms"] == 6


def test_content_is_content_whatever_it_is_called(tmp_path: Path) -> None:
    talks = "".join(f"<li>talk{number} by speaker{number}</li>" for number in range(40))
    for wrapped in (
        f"<form><input name=a><div class='menu'><ul>{talks}</ul></div></form>",
        f"<div id=navigation><h1>Programme</h1><ul>{talks}</ul></div>",
        f"<footer><table><tr><td>talk1<tr><td>talk39</table></footer><p>{talks}</p>",
    ):
        text = "\n".join(page.text for page in read(tmp_path, wrapped.encode(), "a.html").pages)
        assert "talk1" in text
        assert "talk39" in text


@pytest.mark.parametrize(
    ("menu", "is_read"),
    [
        ("<ul class=menu><li>Suppe<li>Fisch</ul>", True),
        ("<div class='lunch topMenu'><p>Suppe</p></div>", True),
        ("<ul class=menu><li><a href=/a>Suppe</a><li>Fisch</ul>", False),
        ("<div class='menu footer'>Suppe</div>", False),
        ("<nav class=menu>Suppe</nav>", False),
        ("<div class=menu><button>Suppe</button></div>", False),
    ],
)
def test_a_menu_that_leads_nowhere_is_one_of_dishes(tmp_path: Path, menu: str, is_read: bool) -> None:
    extraction = read(tmp_path, f"<body><p>{'word ' * 100}</p>{menu}</body>".encode())
    assert ("Suppe" in extraction.pages[0].text) == is_read
    assert extraction.counts.get("menus and forms", 0) == (not is_read)


def test_controls_that_are_left_out_are_told(tmp_path: Path) -> None:
    controls = "<select><option>eins<option>zwei</select><button>drei</button><textarea> </textarea>"
    extraction = read(tmp_path, f"<body><p>{'word ' * 30}</p>{controls}<input value=vier></body>".encode())
    assert extraction.pages[0].text.split() == ["word"] * 30
    assert extraction.counts["form controls"] == 2
    assert extraction.skipped == ("Form controls that were not read: 2.",)


def test_what_stands_in_for_the_rest_is_read_where_there_is_no_rest(tmp_path: Path) -> None:
    page = "<html><body><div id=app></div><noscript><p>Programm der Tagung</p></noscript></body></html>"
    assert read(tmp_path, page.encode()).pages[0].text == "Programm der Tagung"
    frames = "<html><frameset><frame src=a><noframes><body>ohne Rahmen</body></noframes></frameset></html>"
    assert read(tmp_path, frames.encode()).pages[0].text == "ohne Rahmen"
    assert (
        read(tmp_path, b"<html><body><nav><a href=/>only this</a></nav></html>").pages[0].text == "only this"
    )


@pytest.mark.parametrize(
    ("page", "said"),
    [
        ("<ol><li>a<li><p>b</p><p>c</p><li> <b>d</b></ol>", ["1. a", "2. b", "c", "3. d"]),
        ("<ol start=4 type=a><li>x<li value=9>y<li>z</ol>", ["d. x", "i. y", "j. z"]),
        ("<ol><li>a<ol type=i><li>b<li>c</ol><li>d</ol>", ["1. a", "i. b", "ii. c", "2. d"]),
        ("<ol reversed><li>a<li>b<ul><li>c</ul></ol>", ["2. a", "1. b", "c"]),
        ("<ol style='list-style: none'><li>a</ol><ol><li>1. b<li>c</ol>", ["a", "1. b", "2. c"]),
        ("<li>a</li><ol><li><li>b<pre>  c</pre><li type=disc>d</ol>e", ["a", "2. b", "  c", "d", "e"]),
        ("<ol><li><table><tr><td>a<td>b</table><li>c</ol>", ["1. a\tb", "2. c"]),
        ("<nav><h1>Tag</h1><ol><li>a</ol></nav>", ["Tag", "a"]),
    ],
)
def test_items_of_ordered_lists_have_their_numbers(tmp_path: Path, page: str, said: list[str]) -> None:
    found = read(tmp_path, f"<body>{page}</body>".encode()).pages[0].text
    assert [line for line in found.split("\n") if line] == said


def test_page_breaks_of_a_word_processor_are_kept(tmp_path: Path) -> None:
    page = (
        "<html><body><p>one</p><br clear=all style='page-break-before:always'><h2>Zwei</h2><p>two</p></html>"
    )
    pages = read(tmp_path, page.encode()).pages
    assert [(page.title, page.text) for page in pages] == [("", "one"), ("Zwei", "Zwei\ntwo")]


RUSSIAN = "Партнёрство городов и регионов: программа конференции"
GERMAN = "Grüße aus den Partnerstädten – schöne Straßen"


@pytest.mark.parametrize(
    ("head", "text", "encoding", "repaired"),
    [
        ("<meta charset=koi8-r>", RUSSIAN, "koi8-r", False),
        (
            "<meta http-equiv=Content-Type content='text/html; charset=windows-1251'>",
            RUSSIAN,
            "cp1251",
            False,
        ),
        ("<meta charset=utf-8>", RUSSIAN, "cp1251", True),
        ("<meta charset=iso-8859-1>", GERMAN, "cp1252", False),
        ("<meta charset=iso-8859-1>", RUSSIAN, "cp1251", True),
        ("<meta charset=windows-1251>", RUSSIAN, "koi8-r", True),
        ("<meta charset=windows-1252>", GERMAN, "utf-8", True),
        ("<meta charset=utf-8>", GERMAN, "utf-16", False),
        ("<meta charset=shift_jis>", "日本語のプログラム", "shift_jis", False),
        ("<meta charset=nonsense>", GERMAN, "utf-8", True),
        ("", RUSSIAN, "cp866", False),
        ("", GERMAN, "utf-8-sig", False),
    ],
)
def test_a_page_is_decoded_as_it_declares_or_as_it_is(
    tmp_path: Path, head: str, text: str, encoding: str, repaired: bool
) -> None:
    extraction = read(tmp_path, f"<html><head>{head}</head><body>{text}</body></html>".encode(encoding))
    assert extraction.pages[0].text == text
    assert bool(extraction.repairs) == repaired


def test_an_xml_declaration_names_the_encoding(tmp_path: Path) -> None:
    page = f"<?xml version='1.0' encoding='windows-1251'?><html><body><p>{RUSSIAN}</p></body></html>"
    assert read(tmp_path, page.encode("cp1251"), "a.xhtml").pages[0].text == RUSSIAN


@pytest.mark.parametrize("rest", ["", "last<p>more", "<body>last<p>more</body>"])
def test_a_page_without_a_tag_for_its_body_is_read_from_its_beginning(tmp_path: Path, rest: str) -> None:
    page = f"<title>t</title><header>first</header><main>second <b>third</b></main>{rest}"
    said = "first\nsecond third" + ("\nlast\nmore" if rest else "")
    assert read(tmp_path, page.encode()).pages[0].text == said


@pytest.mark.parametrize(
    ("page", "said"),
    [
        ("<html><body><p>a</body></html>\n<p>b</p><html><body>c</body ></HTML>d", "a\nb\nc d"),
        ("<div>a</div></body><div>b</div>", "a\nb"),
        ("a<object>b</object>c<video>d</video>e", "a b c d e"),
        ("<svg><title>a</title><desc>b</desc><text>c</text><text>d</text></svg>e", "a b c d e"),
        ("a <math><mfrac><mn>1</mn><mi>b</mi></mfrac><mo>=</mo><mn>2</mn></math>.", "a 1 b = 2 ."),
    ],
)
def test_nothing_behind_the_end_is_lost_and_nothing_beside_is_glued(
    tmp_path: Path, page: str, said: str
) -> None:
    found = read(tmp_path, page.encode()).pages[0].text
    assert re.sub(" +", " ", found).replace(" \n", "\n") == said


def mhtml(*parts: tuple[str, str], end: str = "--b--\n") -> bytes:
    head = 'From: <Saved by Blink>\nMIME-Version: 1.0\nContent-Type: multipart/related;\n\tboundary="b"\n\n'
    bodies = [
        f"--b\nContent-Type: {kind}\nContent-Transfer-Encoding: quoted-printable\n\n"
        + quopri.encodestring(body.encode()).decode()
        + "\n"
        for kind, body in parts
    ]
    return (head + "".join(bodies) + end).encode()


def test_a_saved_page_is_read_with_its_frames(tmp_path: Path) -> None:
    saved = mhtml(
        (
            "text/html; charset=utf-8",
            f"<html><body><h1>{RUSSIAN}</h1><iframe src='cid:x'></iframe></body></html>",
        ),
        ("image/png", "wrongpicture"),
        ("text/html", "<html><body>wrongadvertisement</body></html>"),
        ("text/html", f"<html><body>{'frameword ' * 40}</body></html>"),
    )
    pages = read(tmp_path, saved, "a.mht").pages
    assert pages[0].text == RUSSIAN
    assert pages[1].text.split() == ["frameword"] * 40
    assert len(pages) == 2


def test_what_is_left_out_of_a_saved_page_is_told(tmp_path: Path) -> None:
    page = ("text/html", "<html><body>one two three</body></html>")
    frame = ("text/html", f"<html><body>{'frameword ' * 40}</body></html>")
    assert read(tmp_path, mhtml(page, *[frame] * 50), "a.mht").skipped == ()
    told = read(tmp_path, mhtml(page, *[frame] * 53), "a.mht").skipped
    assert told == ("Embedded files that were not read: 3.",)
    large = mhtml(page, ("image/png", "")).replace(b"--b--", b"A" * MAX_SAVED_BYTES)
    assert read(tmp_path, large, "a.mht").skipped == ("The end of the file is missing.",)


def test_a_saved_page_that_is_cut_gives_what_it_has(tmp_path: Path) -> None:
    saved = mhtml(("text/html", "<html><body>one two three"), end="")
    assert read(tmp_path, saved, "a.mht").pages[0].text == "one two three"


def test_alternatives_within_a_saved_page_are_found(tmp_path: Path) -> None:
    inner = "--c\nContent-Type: text/html\n\n<p>inside</p>\n--c--\n"
    saved = mhtml().replace(
        b"--b--", f'--b\nContent-Type: multipart/alternative; boundary="c"\n\n{inner}\n--b--'.encode()
    )
    assert read(tmp_path, saved, "a.mht").pages[0].text == "inside"


def test_a_saved_page_without_a_page_is_told(tmp_path: Path) -> None:
    with pytest.raises(DamagedError):
        read(tmp_path, mhtml(("text/css", "p {}")), "a.mht")
    with pytest.raises(DamagedError):
        read(tmp_path, b"no headers", "a.mht")


def test_attributes_that_are_left_out_are_told(tmp_path: Path) -> None:
    def page(count: int) -> bytes:
        attributes = " ".join(f"a{number}='>\"' b{number}" for number in range(count))
        return f"<body {attributes} class=a><p>word".encode()

    assert read(tmp_path, page(499)).skipped == ()
    told = read(tmp_path, page(600))
    assert told.pages[0].text == "word"
    assert told.skipped == ("Attributes of overfull elements that were not read: 201.",)


@pytest.mark.parametrize(
    "body",
    [
        "<div>" * 300_000 + "deepword",
        "<font><b>" * 1500 + "deepword" + "</b></font>" * 1500,
        "<table><tr><td>" * 100_000 + "deepword",
        "deepword" + "<nav>" * 1000 + "x" * 1000,
        "<p style='" + "display:" * 100_000 + "'>deepword",
        "deepword" + "<p>word</p>" * 200_000,
        "deepword" + "<tr><td>a<td>b" * 100_000,
        "<p " + " ".join(f"a{number}='1'" for number in range(300_000)) + ">deepword",
        "<p " + "".join(f'a{number}=""' for number in range(300_000)) + ">deepword",
        "deepword" + "<!--" * 300_000,
        "deepword" + "<p class='x\" " * 300_000,
        "deepword" + "<p class=" * 300_000,
    ],
    ids=[
        *("divs", "fonts", "tables", "navs", "style", "paragraphs", "rows"),
        *("attributes", "attributes without space", "comments", "open quotes", "open values"),
    ],
)
def test_hostile_pages_take_seconds_and_lose_nothing(tmp_path: Path, body: str) -> None:
    started_at = time.process_time()
    pages = read(tmp_path, f"<html><body>{body}".encode()).pages
    assert time.process_time() - started_at < 30
    assert any("deepword" in page.text for page in pages)


def test_pages_framed_in_a_page_are_told(tmp_path: Path) -> None:
    page = (
        "<body><p>one two three</p><iframe srcdoc='&lt;p&gt;four'></iframe><iframe src='a'></iframe></body>"
    )
    extraction = read(tmp_path, page.encode())
    assert extraction.pages[0].text == "one two three"
    assert extraction.skipped == ("Embedded files that were not read: 1.",)


def test_small_frames_of_a_saved_page_are_counted(tmp_path: Path) -> None:
    page = ("text/html", "<html><body>one two three</body></html>")
    frame = ("text/html", "<html><body>wrongadvertisement</body></html>")
    extraction = read(tmp_path, mhtml(page, frame, frame), "a.mht")
    assert extraction.pages[0].text == "one two three"
    assert extraction.counts["menus and forms"] == 2
