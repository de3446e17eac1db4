"""What `verify` finds: what is damaged, in which way, and where a whole copy of it is."""

from __future__ import annotations

from dataclasses import dataclass

NO_COPY = "No whole copy is in the archive; restore it from a backup."


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong.

    `place` is a path below the folder of the archive, or an identifier; `problem` goes on from it and says
    what is wrong; `remedy` is what to do, in sentences of its own; `whole_copy` is the path of a file that
    has the bytes that belong at `place`, empty where there is none or nobody can tell.
    """

    place: str
    problem: str
    remedy: str = ""
    whole_copy: str = ""

    @property
    def line(self) -> str:
        """All of it in one line."""
        return f"{self.place}: {self.problem}" + (f". {self.remedy}" if self.remedy else "")


def copied_from(whole_copy: str) -> str:
    """Say what to do where a whole copy is at hand."""
    return f"Whole: {whole_copy}. Copy that to its place."
