"""ASGI entry of the portal: `streamlit run app.py`, `uvicorn app:app` or `python -m portal serve`."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import streamlit as st

from portal.resources import share
from portal.routes import EXCEPTION_HANDLERS, MIDDLEWARE, ROUTES


@asynccontextmanager
async def lifespan(_app: object) -> AsyncIterator[None]:
    """Let go of what the pages share when the server ends."""
    yield
    share(None)


app = st.App(
    "portal/main.py",
    routes=ROUTES,
    middleware=MIDDLEWARE,
    exception_handlers=EXCEPTION_HANDLERS,
    lifespan=lifespan,
)
