"""What of a web page is not its content: navigation, banners about cookies, footers, forms.

Content that gets lost is far worse than a menu that is kept. So names that people gave to parts of a page are
believed only for parts that are small, made of links, and without what conferences put on pages: a title,
tables, links to presentations.

Source: HTML Living Standard, 4.3 (sections), ARIA 1.2, 5.3.4 (landmark roles).
"""

from __future__ import annotations

import re

from lxml import etree

from ingest.extractors.html.measure import Measure

_LANDMARKS = frozenset(("nav", "footer", "dialog", "search"))
_ROLES = frozenset(re.findall(r"\w+", "navigation contentinfo search dialog alertdialog menu menubar"))
CONTROLS = frozenset(("button", "select", "textarea", "input", "datalist", "optgroup", "option"))
"""What people fill in or press."""
_MENUS = frozenset(
    re.findall(
        r"\w+",
        "nav navi navigation navbar menu menue mainmenu topmenu submenu metanav breadcrumb breadcrumbs "
        "sitemap pagination pager langswitch languages sprachauswahl",
    )
)
"""Names of what leads to other pages. A menu that leads nowhere is one of dishes."""
_NAMES = _MENUS | frozenset(
    re.findall(
        r"\w+",
        "cookie cookies cookiebar cookiebanner cookieconsent consent gdpr dsgvo footer fuss fusszeile share "
        "sharing social skip skiplink skiplinks search suche searchform login newsletter advert popup modal",
    )
)
_NEVER = frozenset(
    re.findall(r"\w+", "html body main article h1 h2 h3 h4 h5 h6 p table tbody thead tr td th li")
)
_NAME_BORDER = re.compile(r"[^A-Za-z]+|(?<=[a-z])(?=[A-Z])")

_SMALL_SHARE = 0.4
"""A part with more of the page's text than this is content, whatever it is called."""
_LINKED_SHARE = 0.5
_SMALL_CHARACTERS = 600
_FORM_CHARACTERS = 1500
"""A form with so much text is wrapped around the content."""
_CONSENT_CHARACTERS = 6000
_CONSENT = re.compile(r"cookie|consent|gdpr|dsgvo", re.IGNORECASE)


def may_be_boilerplate(element: etree._Element) -> bool:
    """Say whether a part of a page has the element, role or name of what is none of its content."""
    tag = element.tag
    if tag in _NEVER:
        return False
    return tag == "form" or _is_landmark(element) or not _NAMES.isdisjoint(_words(element))


def is_boilerplate(element: etree._Element, held: Measure, page: Measure) -> bool:
    """Say whether a part of a page that may be boilerplate is none of its content.

    Args:
        held: what the part holds. page: what all of the page holds.
    """
    tag = element.tag
    is_form = tag == "form"
    if not held.text or (is_form and not held.fields):
        return False
    if held.titles or held.files or (held.rows > 1 and tag != "td"):
        return False
    if _CONSENT.search(_name(element)):
        return held.text < _CONSENT_CHARACTERS
    if held.text > page.text * _SMALL_SHARE:
        return False
    if is_form:
        return held.text < _FORM_CHARACTERS
    leads_nowhere = not held.linked and not held.fields
    if leads_nowhere and not _is_landmark(element) and _NAMES.isdisjoint(_words(element) - _MENUS):
        return False
    is_small = held.text < _SMALL_CHARACTERS and tag != "td"
    return is_small or held.linked > held.text * _LINKED_SHARE


def _is_landmark(element: etree._Element) -> bool:
    return element.tag in _LANDMARKS or element.get("role", "").lower() in _ROLES


def _words(element: etree._Element) -> set[str]:
    """Return the words in the names that people gave to an element, also those of "topMenu"."""
    named = _name(element)
    if len(named) < 2:
        return set()
    return {*_NAME_BORDER.split(named.lower()), *map(str.lower, _NAME_BORDER.split(named))}


def _name(element: etree._Element) -> str:
    return f"{element.get('class', '')} {element.get('id', '')}"
