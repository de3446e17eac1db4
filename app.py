"""ASGI entry of the portal: `streamlit run app.py`, `uvicorn app:app` or `python -m portal serve`."""

from __future__ import annotations
