"""Change drafts now where they are few, beside the page where they are many; say how it went."""

from __future__ import annotations

from collections.abc import Callable

from archive.editing import Progress
from archive.errors import ArchiveError
from archive.staff_log import Step
from portal.checking import bulk
from portal.checking.place import Place
from portal.reader import Reader
from portal.views.check_state import forget_form, session_at, tell


def change_drafts(
    work: Callable[[Progress], Step | None],
    count: int,
    place: Place,
    reader: Reader,
    told: Callable[[Step], str] | None = None,
) -> None:
    """Change drafts as one step.

    Args:
        work: does so, and tells how far it is.
        count: how many drafts.
        told: says what was done of a step that was not beside the page.
    """
    session = session_at(place)
    if count > bulk.AT_ONCE:
        if bulk.begin(place.step_key, work, count) is None:
            message = reader.texts.gettext("Other drafts are being changed here. Wait until that is done.")
            session.messages.append(message)
    else:
        try:
            step = work(lambda _done, _total: None)
        except (ArchiveError, OSError) as exc:
            tell(place, reader, exc if isinstance(exc, ArchiveError) else ArchiveError(str(exc)))
        else:
            if step is not None:
                session.notices.append(told(step) if told else changed_words(step, reader))
    session.redraw()
    forget_form()


def changed_words(step: Step, reader: Reader) -> str:
    """Say how many drafts a step changed."""
    count = len(step.differences)
    return reader.texts.ngettext("{n} draft has been changed.", "{n} drafts have been changed.", count)
