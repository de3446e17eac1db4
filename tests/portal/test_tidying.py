"""Tidying up the index takes a part of the worker's time, however long it takes."""

from __future__ import annotations

import pytest

from portal.commands.work import pause_after


@pytest.mark.parametrize(("took", "pause"), [(0.0, 5.0), (1.0, 5.0), (2.5, 10.0), (600.0, 60.0)])
def test_the_longer_it_took_the_longer_is_waited_up_to_a_minute(took: float, pause: float) -> None:
    assert pause_after(took) == pause
