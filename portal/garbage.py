"""Looking for garbage in a process that answers questions for long.

What is there when it is warm, dictionaries above all, stays to the end, and looking through it takes 60 to
100 ms each time. A question makes some hundred thousand objects that are gone with it; looking after every
700 of them takes a tenth of the slower answers.

Source: Python, gc.
"""

from __future__ import annotations

import gc

THRESHOLDS = 50_000, 20, 20
"""So many objects more than before, and so many looks at younger ones, before the next look."""


def keep_what_is_there() -> None:
    """Take all that is there for no garbage, and look for some more rarely from now on."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*THRESHOLDS)
