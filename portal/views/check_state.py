"""What a browser session remembers of the page for checking: what is selected, and what to tell once.

Nothing here is lost work: whatever is typed is kept in the archive at once.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import streamlit as st

from archive.accounts import Role
from archive.errors import ArchiveError
from portal.checking.actions import Hand
from portal.checking.place import Place
from portal.reader import Reader
from portal.refusals import refusal_words
from portal.resources import resources
from portal.views.page import current_visitor

_SESSION, _FORM = "check-session", "check-form"


@dataclass
class Session:
    """One browser session at one place. `generation` grows whenever the grid has to be drawn anew."""

    step_key: str = ""
    selected: list[str] = field(default_factory=list)
    messages: list[str] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    scope: str = ""
    rows: tuple[str, ...] = ()
    generation: int = 0
    done: int = -1
    sent: list[dict[str, object]] = field(default_factory=list)
    sent_for: int = -1

    def hush(self) -> None:
        """Forget what was told, since something new is being done."""
        self.messages, self.notices = [], []

    def redraw(self) -> None:
        """Draw the grid anew with what the archive has."""
        self.generation += 1


def session_at(place: Place) -> Session:
    """Return what is remembered of a place; elsewhere one begins anew."""
    known: Session | None = st.session_state.get(_SESSION)
    if known is None or known.step_key != place.step_key:
        known = st.session_state[_SESSION] = Session(place.step_key)
    return known


def hand_at(place: Place, reader: Reader) -> Hand | None:
    """Return who may work here now; None, with a message, for whoever may not any more."""
    visitor = current_visitor()
    session = session_at(place)
    session.hush()
    if not visitor.may(Role.STAFF):
        session.messages.append(reader.texts.gettext("You are no longer signed in. Sign in and do it again."))
        return None
    return Hand(resources().archive, visitor.name, place.step_key, place.conference or None)


def tell(place: Place, reader: Reader, error: ArchiveError) -> None:
    """Remember that something could not be kept, and why."""
    message = reader.texts.gettext("This could not be kept: {reason}")
    session_at(place).messages.append(message.format(reason=refusal_words(error, reader)))


def select(place: Place, documents: Iterable[str]) -> None:
    """Select these drafts and no others."""
    session = session_at(place)
    chosen = list(dict.fromkeys(documents))
    if chosen != session.selected:
        session.selected = chosen
        session.redraw()


def forget_form() -> None:
    """Draw the form of the open draft anew with what the archive has."""
    st.session_state.pop(_FORM, None)
