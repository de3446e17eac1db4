"""Control words of RTF by what they mean: characters, what is left out, what is read although it is starred.

A group that begins with a star and a word that is not among these is left out, as the specification has it.

Source: Rich Text Format Specification 1.9.1, "Special Characters", "Destinations".
"""

from __future__ import annotations

import re

CHARACTERS = {
    "tab": "\t",
    "line": "\n",
    "softline": "\n",
    "column": "\n",
    "emdash": "—",
    "endash": "\u2013",
    "emspace": "\u2003",
    "enspace": "\u2002",
    "qmspace": "\u2005",
    "bullet": "•",
    "lquote": "\u2018",
    "rquote": "\u2019",
    "ldblquote": "“",
    "rdblquote": "”",
    "zwj": "\u200d",
    "zwnj": "\u200c",
    "nestcell": "\t",
    "nestrow": "\n",
}
"""Control words that stand for a character."""

SYMBOLS = {
    b"~": "\u00a0",
    b"-": "\u00ad",
    b"_": "\u2011",
    b"\t": "\t",
}
"""Control symbols that stand for a character."""

ESCAPED = b"\\{}"
"""Bytes that stand for themselves behind a backslash: letters, or the second half of one."""

SKIPPED = frozenset(
    re.findall(
        r"\w+",
        "aftncn aftnsep aftnsepc atnauthor atndate atnid atnparent atnref atntime atrfend atrfstart "
        "bkmkend bkmkstart buptim category colorschememapping colortbl comment company creatim "
        "datafield datastore doccomm falt filetbl fontemb fontfile footnotesep ftncn ftnsep ftnsepc "
        "generator hlfr hlinkbase hlloc hlsrc jclisttab keycode keywords latentstyles listlevel "
        "listoverridetable listtable manager mctrlPr mmathPict nonesttables nonshppict objdata "
        "operator panose pgptbl pn pnseclvl printim private revtbl revtim rsidtbl rxe shprslt subject "
        "tc tcn template themedata txe userprops xe xmlnstbl",
    )
)
"""Groups of these are no text: what programs note for themselves, and doubles for older programs."""

KNOWN = frozenset(
    re.findall(
        r"\w+",
        "annotation do fldinst footnote moMath moMathPara mmath nesttableprops objclass picprop shpinst "
        "shppict ud",
    )
)
"""Starred groups that are read."""

IN_GROUPS = frozenset(re.findall(r"\w+", "do info object objclass picprop shp shpinst shpgrp"))
"""Groups that have no text of their own, but groups with text in them."""

HEADERS = frozenset(re.findall(r"\w+", "header headerl headerr headerf footer footerl footerr footerf"))
"""Stories that stand on every page."""

_MATH_PROPERTY = re.compile(r"m[a-zA-Z]+Pr")


def is_math_property(word: str) -> bool:
    """Say whether a group says how a formula looks."""
    return _MATH_PROPERTY.fullmatch(word) is not None
