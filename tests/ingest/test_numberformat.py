from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.extractors.xlsx.numberformat import BUILTIN_FORMATS, NumberFormat, general

DAY = 42898.4375  # 12 June 2017, 10:30


@pytest.mark.parametrize(
    ("code", "value", "shown"),
    [
        ("General", 3, "3"),
        ("General", 0.1 + 0.2, "0.3"),
        ("General", 1234567.5, "1234567.5"),
        ("General", 1e20, "1E+20"),
        ("General", -5, "-5"),
        ('General" kW"', 5, "5 kW"),
        ('"€" General', -2.5, "-€ 2.5"),
        ("General;-General", -5, "-5"),
        ("Standard", 2017, "2017"),
        ("Основной", 2017, "2017"),
        ("0", 2.5, "3"),
        ("0.00", 1.005, "1.01"),
        ("0.0#", 1.5, "1.5"),
        ("#", 0, ""),
        ("#,##0", 1234567, "1,234,567"),
        ("#,##0.00 [$€-407]", 1234.5, "1,234.50 €"),
        ("[$$-409]#,##0", -5, "-$5"),
        ("0%", 0.125, "13%"),
        ("0.0%", 0.125, "12.5%"),
        ("0.00E+00", 12345, "1.23E+04"),
        ("# ?/?", 2.5, "2 1/2"),
        ("0000", 42, "0042"),
        ("00-00-00", 123456, "12-34-56"),
        ('"Nr. "0', 7, "Nr. 7"),
        ("0,", 12345, "12"),
        ("0.0,,", 12_500_000, "12.5"),
        ("0;(0)", -5, "(5)"),
        ('0;-0;"keine"', 0, "keine"),
        ("[Red]0;[Blue]-0", -5, "-5"),
        ('[<10]"wenige";[>=10]"viele"', 12, "viele"),
        ('[=1]0" Tag";0" Tage"', 1, "1 Tag"),
        ('[=1]0" Tag";0" Tage"', 3, "3 Tage"),
        ("_-* #,##0.00\\ _€_-", 5, "5.00"),
        (";;;", 5, ""),
    ],
)
def test_numbers_are_shown_as_their_format_says(code: str, value: float, shown: str) -> None:
    assert NumberFormat.parse(code).number(value) == shown


@pytest.mark.parametrize(
    ("code", "value", "shown"),
    [
        (BUILTIN_FORMATS[14], DAY, "2017-06-12"),
        (BUILTIN_FORMATS[22], DAY, "2017-06-12 10:30"),
        ("dd.mm.yyyy", DAY, "12.06.2017"),
        ("dd\\.mm\\.yy\\ hh:mm;@", DAY, "12.06.17 10:30"),
        ("d. mmmm yyyy", DAY, "12. June 2017"),
        ("[$-407]dddd, d. mmmm yyyy", DAY, "Montag, 12. Juni 2017"),
        ("[$-419]d mmmm yyyy", DAY, "12 июня 2017"),
        ("[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", DAY, "Monday, June 12, 2017"),
        ("h:mm AM/PM", DAY, "10:30 AM"),
        ('hh:mm" Uhr"', DAY, "10:30 Uhr"),
        ("[h]:mm:ss", 1.5, "36:00:00"),
        ("mm:ss.0", 0.5 / 86400, "00:00.5"),
        ("h:mm", 0.999999, "0:00"),
        ("yyyy", 1, "1900"),
        ("yyyy-mm-dd", 1e9, "1000000000"),
        ("yyyy-mm-dd", -1, "-1"),
    ],
)
def test_dates_and_times_are_shown_as_their_format_says(code: str, value: float, shown: str) -> None:
    assert NumberFormat.parse(code).number(value) == shown


def test_workbooks_may_count_from_1904() -> None:
    assert NumberFormat.parse("yyyy-mm-dd").number(0, from_1904=True) == "1904-01-01"


def test_texts_are_shown_as_their_format_says() -> None:
    assert NumberFormat.parse('0;-0;0;"Raum "@').text("12 a") == "Raum 12 a"
    assert NumberFormat.parse("@").text("wie es steht") == "wie es steht"
    assert NumberFormat.parse("0").text("Foyer") == "Foyer"


@given(
    st.text('0#?.,%E+-/;[]"\\ymdhs@$_*<>=1 ', max_size=40), st.floats(allow_nan=False, allow_infinity=False)
)
def test_no_format_fails(code: str, value: float) -> None:
    assert isinstance(NumberFormat.parse(code).number(value), str)
    assert isinstance(general(value), str)
