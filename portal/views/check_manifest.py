"""The manifest of a batch, if it has one: what it would change of the drafts, and the button that does so."""

from __future__ import annotations

import streamlit as st

from archive.errors import ArchiveError
from ingest.batch_manifest import apply, preview
from ingest.drafts import Desk
from portal.cards import Shelf
from portal.checking.manifest import manifest_part
from portal.checking.place import Place
from portal.reader import Reader
from portal.resources import resources
from portal.views.check_state import forget_form, hand_at, session_at, tell
from portal.views.page import current_visitor


def manifest_section(desk: Desk, place: Place, shelf: Shelf, reader: Reader) -> None:
    """Show the manifests of the batch; nothing where there are none."""
    if not place.batch:
        return
    titles = {draft.id: draft.document for draft in desk.drafts}
    for number, seen in enumerate(preview(resources().archive, place.batch)):
        with st.container(key=f"check-manifest-{number}"):
            st.html(manifest_part(seen, titles, shelf, reader))
            if seen.changes:
                count = len(seen.changes)
                st.button(
                    reader.texts.ngettext("Apply to {n} draft", "Apply to {n} drafts", count),
                    key=f"check-manifest-apply-{number}",
                    type="primary",
                    on_click=_apply,
                    args=(seen.path, place, reader),
                )


def _apply(path: str, place: Place, reader: Reader) -> None:
    session = session_at(place)
    if hand_at(place, reader) is None:
        return
    try:
        step = apply(resources().archive, place.batch, path, current_visitor().name)
    except (ArchiveError, OSError) as exc:
        tell(place, reader, exc if isinstance(exc, ArchiveError) else ArchiveError(str(exc)))
    else:
        count = len(step.differences) if step else 0
        session.notices.append(
            reader.texts.ngettext(
                "The manifest changed {n} draft. This can be taken back.",
                "The manifest changed {n} drafts. This can be taken back.",
                count,
            )
        )
    session.redraw()
    forget_form()
