from __future__ import annotations

import pytest

from ingest.extractors.descriptions import written_description


@pytest.mark.parametrize(
    ("alternative", "written"),
    [
        ("Rathaus\n\nDescription automatically generated with medium confidence", "Rathaus"),
        ("A close up of a sign\n\nDescription generated with very high confidence", "A close up of a sign"),
        ("Rathaus\n\nMit sehr hoher Zuverlässigkeit generierte Beschreibung", "Rathaus"),
        ("Rathaus\n\nAutomatisch generierte Beschreibung", "Rathaus"),
        ("Рынок\n\nАвтоматически созданное описание", "Рынок"),
        ("C:\\Bilder\\rathaus.jpg", ""),
        ("Picture 7", ""),
        ("Description of how heat is generated", "Description of how heat is generated"),
    ],
)
def test_only_what_people_wrote_is_left(alternative: str, written: str) -> None:
    assert written_description(alternative) == written
