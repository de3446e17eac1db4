from __future__ import annotations

from pathlib import Path

from streamlit.web.server.app_discovery import discover_asgi_app

ENTRY = Path(__file__).parents[2] / "app.py"


def test_streamlit_finds_the_app_by_reading_the_source() -> None:
    found = discover_asgi_app(ENTRY)
    assert (found.is_asgi_app, found.import_string) == (True, "app:app")


def test_the_entry_stays_small() -> None:
    source = ENTRY.read_text()
    assert len(source.splitlines()) <= 40
    assert 'app = st.App(\n    "portal/main.py",' in source
