"""Texts of any shape: whatever stands in whatever, no word that is shown gets lost or is read twice."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.ingest.wordmaking import lines, paragraph, read_text, run

Shape = Callable[[list[str]], str]
"""Writes markup and notes the words in it that are to be found."""


def _word(shown: list[str]) -> str:
    shown.append(f"w{len(shown)}w")
    return run(f" {shown[-1]} ")


def _gone(shape: Shape, form: str) -> Shape:
    """Delete what a shape writes: nothing of it is to be found."""
    return lambda shown: form.format(re.sub(r"w\d+w", "xx", shape([])))


def _around(form: str, inner: list[Shape]) -> Shape:
    return lambda shown: form.format("".join(each(shown) for each in inner))


FIELD = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>IF xx</w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r>{}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
)
ALTERNATIVES = (
    "<mc:AlternateContent><mc:Choice Requires='w14'>{0}</mc:Choice>"
    "<mc:Fallback>{0}</mc:Fallback></mc:AlternateContent>"
)
IN_LINE = (
    "<w:ins>{}</w:ins>",
    "<w:moveTo>{}</w:moveTo>",
    "<w:hyperlink>{}</w:hyperlink>",
    "<w:smartTag>{}</w:smartTag>",
    "<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>",
    "<w:fldSimple w:instr='REF xx'><w:r/>{}</w:fldSimple>",
    FIELD,
    ALTERNATIVES,
)
DELETED = ("<w:del>{}</w:del>", "<w:moveFrom>{}</w:moveFrom>")
BLOCKS = (
    "<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>",
    "<w:customXml>{}</w:customXml>",
    "<w:tbl><w:tr><w:tc>{}<w:p/></w:tc></w:tr></w:tbl>",
    "<w:tbl><w:tr><w:tc><w:p/></w:tc><w:tc>{}<w:p/></w:tc></w:tr></w:tbl>",
    "<w:tbl><w:sdt><w:sdtContent><w:tr><w:tc>{}<w:p/></w:tc><w:tc><w:p/></w:tc></w:tr></w:sdtContent></w:sdt></w:tbl>",
    "<w:p><w:r><w:drawing><wps:txbx><w:txbxContent>{}</w:txbxContent></wps:txbx></w:drawing></w:r></w:p>",
    "<w:p><w:r><w:pict><v:group><v:textbox><w:txbxContent>{}</w:txbxContent></v:textbox></v:group></w:pict></w:r></w:p>",
)

runs = st.recursive(
    st.just(_word),
    lambda inner: st.one_of(
        st.builds(_around, st.sampled_from(IN_LINE), st.lists(inner, max_size=3)),
        st.builds(_gone, inner, st.sampled_from(DELETED)),
    ),
    max_leaves=6,
)


def _paragraph(inner: list[Shape]) -> Shape:
    return lambda shown: f"<w:p>{''.join(each(shown) for each in inner)}</w:p>"


blocks = st.recursive(
    st.builds(_paragraph, st.lists(runs, max_size=3)),
    lambda inner: st.builds(_around, st.sampled_from(BLOCKS), st.lists(inner, max_size=3)),
    max_leaves=8,
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(blocks, min_size=1, max_size=4))
def test_no_word_is_lost_and_none_is_read_twice(tmp_path: Path, shapes: list[Shape]) -> None:
    shown: list[str] = []
    body = "".join(shape(shown) for shape in shapes)
    extraction = read_text(tmp_path, body + paragraph("Ende"))
    found = re.findall(r"w\d+w", "\n".join(lines(extraction)))
    assert sorted(found) == sorted(shown)
    assert "xx" not in "".join(lines(extraction))
    assert lines(extraction)[-1] == "Ende"
    assert extraction.skipped == ()
