"""Files of the theme and of the components: style, scripts, fonts, mark. Nothing else there is served."""

from __future__ import annotations

from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from portal.theme import FOLDER

SERVED = (".css", ".js", ".woff2", ".svg")
KEPT_SECONDS = 365 * 24 * 3600


class ThemeFiles(StaticFiles):
    """Serves such a folder; browsers may keep fonts, and what has its digest in the address."""

    def __init__(self, folder: Path = FOLDER) -> None:
        super().__init__(directory=folder)

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Answer with a file of the folder."""
        if not path.endswith(SERVED):
            raise HTTPException(404)
        response = await super().get_response(path, scope)
        if scope["query_string"].startswith(b"v=") or path.endswith(".woff2"):
            response.headers["Cache-Control"] = f"public, max-age={KEPT_SECONDS}, immutable"
        return response
