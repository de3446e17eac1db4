"""Files of the theme: style, script, fonts, mark. Python files beside them are not served."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from portal.theme import FOLDER

SERVED = (".css", ".js", ".woff2", ".svg")
KEPT_SECONDS = 365 * 24 * 3600


class ThemeFiles(StaticFiles):
    """Serves the theme; browsers may keep fonts, and what has its digest in the address."""

    def __init__(self) -> None:
        super().__init__(directory=FOLDER)

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Answer with a file of the theme."""
        if not path.endswith(SERVED):
            raise HTTPException(404)
        response = await super().get_response(path, scope)
        if scope["query_string"].startswith(b"v=") or path.endswith(".woff2"):
            response.headers["Cache-Control"] = f"public, max-age={KEPT_SECONDS}, immutable"
        return response
