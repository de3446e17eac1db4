from __future__ import annotations

import re
from pathlib import Path

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from ingest.extractors import extract, markup
from ingest.extractors.drawing import A, paragraphs
from ingest.extractors.drawing.equations import linear
from ingest.mediatypes import FORMATS

M = "http://schemas.openxmlformats.org/officeDocument/2006/math"


def run(text: str) -> str:
    return f"<m:r><m:rPr/><m:t>{text}</m:t></m:r>"


def math(content: str) -> str:
    return linear(markup.parse(f'<m:oMath xmlns:m="{M}">{content}</m:oMath>'.encode()))


SUM = (
    f"<m:nary><m:naryPr><m:chr m:val='∑'/></m:naryPr><m:sub>{run('i=1')}</m:sub>"
    f"<m:sup>{run('n')}</m:sup><m:e>{run('i')}</m:e></m:nary>"
)
SUB = f"<m:sSub><m:e>{run('x')}</m:e><m:sub>{run('i')}</m:sub></m:sSub>"
BRACKET = (
    f"<m:d><m:dPr><m:begChr m:val='['/><m:endChr m:val=''/></m:dPr><m:e>{run('a')}</m:e>"
    f"<m:e>{run('b')}</m:e></m:d>"
)


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (run("E=m") + run("c"), "E=mc"),
        (f"<m:f><m:num>{run('a+b')}</m:num><m:den>{run('12')}</m:den></m:f>", "(a+b)/12"),
        (f"<m:sSup><m:e>{run('x')}</m:e><m:sup>{run('2')}</m:sup></m:sSup>", "x^2"),
        (
            f"<m:sSubSup><m:e>{run('x')}</m:e><m:sub>{run('i+1')}</m:sub><m:sup>{run('n')}</m:sup></m:sSubSup>",
            "x_(i+1)^n",
        ),
        (f"<m:rad><m:deg/><m:e>{run('x+1')}</m:e></m:rad>", "√(x+1)"),
        (f"<m:rad><m:deg>{run('3')}</m:deg><m:e>{run('x')}</m:e></m:rad>", "√(3&x)"),
        (SUM, "∑_(i=1)^n i"),
        (f"<m:sSup><m:e>{run('e')}</m:e><m:sup>{SUB}</m:sup></m:sSup>", "e^(x_i)"),
        (BRACKET, "[a|b"),
        (f"<m:func><m:fName>{run('sin')}</m:fName><m:e>{run('x')}</m:e></m:func>", "sin x"),
        (f"<m:limLow><m:e>{run('lim')}</m:e><m:lim>{run('n→∞')}</m:lim></m:limLow>", "lim_(n→∞)"),
        (f"<m:m><m:mr><m:e>{run('a')}</m:e><m:e>{run('b')}</m:e></m:mr><m:mr><m:e/></m:mr></m:m>", "a b; "),
        (f"<m:acc><m:e>{run('x')}</m:e></m:acc>", "x\u0302"),
        (f"<m:new><m:inner>{run('unbekannt')}</m:inner></m:new>", "unbekannt"),
    ],
)
def test_equations_stand_on_one_line(content: str, line: str) -> None:
    assert math(content) == line


BESIDE = f'für jedes<m:oMath xmlns:m="{M}">{SUB}</m:oMath>so<m:oMath xmlns:m="{M}">{SUB}</m:oMath>, und'


def test_equations_stand_apart_from_words_in_drawings() -> None:
    pieces = re.sub(r"(^|>)([^<>]+)(?=<m:oMath |$)", r"\1<a:r><a:t>\2</a:t></a:r>", BESIDE)
    body = markup.parse(f'<a:b xmlns:a="{A.strip("{}")}"><a:p>{pieces}</a:p></a:b>'.encode())
    assert list(paragraphs(body)) == ["für jedes x_i so x_i, und"]


def test_equations_stand_apart_from_words_in_texts(tmp_path: Path) -> None:
    pieces = re.sub(r"(^|>)([^<>]+)(?=<m:oMath |$)", r"\1<w:r><w:t>\2</w:t></w:r>", BESIDE)
    document = Document()
    document.element.body.insert(0, parse_xml(f"<w:p {nsdecls('w')}>{pieces}</w:p>"))
    document.save(str(tmp_path / "a.docx"))
    assert extract(tmp_path / "a.docx", FORMATS["docx"]).pages[0].text == "für jedes x_i so x_i, und"


def test_an_equation_may_be_as_deep_as_markup_may() -> None:
    deep = "<m:f><m:num>" * 120 + run("tief") + "</m:num></m:f>" * 120
    assert "tief" in math(deep)
