"""Where somebody is on the page for checking: which drafts, shown how, which of them is open."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from hashlib import blake2s
from urllib.parse import urlencode

from archive.identifiers import DOCUMENT_LENGTH
from archive.model import Kind
from ingest.drafts import Draft
from portal.checking.problems import Problem, problems
from portal.reader import Reader
from portal.urls import CHECK, Parameters, first

_LENGTH = 130
"""Characters of the longest value, a panel."""


class Look(StrEnum):
    """How drafts are shown."""

    GRID = "grid"
    LIST = "list"


@dataclass(frozen=True, slots=True)
class Place:
    """What the address says. Empty: everything."""

    batch: str = ""
    conference: str = ""
    look: Look = Look.GRID
    problem: Problem | None = None
    kind: Kind | None = None
    panel: str = ""
    open: str = ""

    @property
    def is_desk(self) -> bool:
        """Tell whether drafts are shown, rather than the list of what there is."""
        return bool(self.batch or self.conference)

    @property
    def step_key(self) -> str:
        """Under which the log finds what is done here; at most 32 characters."""
        if self.batch:
            return self.batch
        return blake2s(self.conference.encode(), digest_size=16).hexdigest()

    def shows(self, draft: Draft) -> bool:
        """Tell whether a draft is among those asked for."""
        document = draft.document
        return (
            (self.problem is None or self.problem in problems(draft))
            and (self.kind is None or document.kind is self.kind)
            and (not self.panel or document.panel == self.panel)
        )

    @property
    def is_filtered(self) -> bool:
        """Tell whether drafts are left out."""
        return bool(self.problem or self.kind or self.panel)

    def url(self, reader: Reader, **changes: object) -> str:
        """Link here, with what `changes` says different."""
        changed = replace(self, **changes)  # type: ignore[arg-type]
        return f"{CHECK}?{urlencode(changed.parameters(reader))}" if changed.parameters(reader) else CHECK

    def parameters(self, reader: Reader) -> dict[str, str]:
        """Write the place as URL parameters."""
        pairs = {
            "batch": self.batch,
            "conference": self.conference,
            "look": "" if self.look is Look.GRID else self.look.value,
            "problem": self.problem.value if self.problem else "",
            "kind": self.kind.value if self.kind else "",
            "panel": self.panel,
            "d": self.open,
            "lang": reader.links.lang,
        }
        return {name: value for name, value in pairs.items() if value}


def place_of(parameters: Parameters) -> Place:
    """Read the place from URL parameters; what cannot be used is left out."""
    opened = first(parameters, "d")
    problem, kind = first(parameters, "problem"), first(parameters, "kind")
    return Place(
        batch=first(parameters, "batch")[:32],
        conference=first(parameters, "conference")[:64],
        look=Look.LIST if first(parameters, "look") == "list" else Look.GRID,
        problem=Problem(problem) if problem in list(Problem) else None,
        kind=Kind(kind) if kind in list(Kind) else None,
        panel=first(parameters, "panel")[:_LENGTH],
        open=opened if len(opened) == DOCUMENT_LENGTH else "",
    )
