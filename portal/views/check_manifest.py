"""The manifest of a batch, if it has one: what it would change of the drafts, and the button that does so."""

from __future__ import annotations

import streamlit as st

from archive.editing import Progress
from archive.staff_log import Step
from ingest.batch_manifest import apply, preview
from ingest.drafts import Desk
from portal.cards import Shelf
from portal.checking.manifest import manifest_part
from portal.checking.place import Place
from portal.reader import Reader
from portal.resources import resources
from portal.views.check_bulk import change_drafts
from portal.views.check_state import hand_at


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
                    args=(seen.path, count, place, reader),
                )


def _apply(path: str, count: int, place: Place, reader: Reader) -> None:
    if (hand := hand_at(place, reader)) is None:
        return

    def told(step: Step) -> str:
        return reader.texts.ngettext(
            "The manifest changed {n} draft. This can be taken back.",
            "The manifest changed {n} drafts. This can be taken back.",
            len(step.differences),
        )

    def work(progress: Progress) -> Step | None:
        return apply(hand.archive, place.batch, path, hand.person, progress)

    change_drafts(work, count, place, reader, told)
