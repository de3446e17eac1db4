"""A folder of real conference files, and of broken and odd ones, which is not part of the project.

It is named by KONFERENZARCHIV_CORPUS; without that, `../shared/corpus` beside the checkout is taken, where it
is there. It holds `conferences/`, `broken-and-odd/` and `manifest.csv` with the language of each file.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def corpus() -> Path:
    named = os.environ.get("KONFERENZARCHIV_CORPUS")
    folder = Path(named) if named else Path(__file__).parents[3] / "shared" / "corpus"
    if not (folder / "manifest.csv").is_file():
        pytest.skip("needs a folder of real files, named by KONFERENZARCHIV_CORPUS")
    return folder
