"""ASGI entry of the portal: `streamlit run app.py`, `uvicorn app:app` or `python -m portal serve`."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import streamlit as st

from portal.failure import show_failure
from portal.first_account import welcome
from portal.resources import share, warm_up
from portal.routes import EXCEPTION_HANDLERS, MIDDLEWARE, ROUTES


@asynccontextmanager
async def lifespan(_app: object) -> AsyncIterator[None]:
    """Get ready beside the first requests; let go of what the pages share when the server ends."""
    for start in (warm_up, welcome):
        threading.Thread(target=start, name=start.__name__, daemon=True).start()
    yield
    share(None)


app = st.App(
    "portal/main.py",
    routes=ROUTES,
    middleware=MIDDLEWARE,
    exception_handlers=EXCEPTION_HANDLERS,
    on_script_error=show_failure,
    lifespan=lifespan,
)
