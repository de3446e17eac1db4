"""One's own new password. It ends every session of the person; this browser gets a new one."""

from __future__ import annotations

from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from archive.accounts import AccountError, Role
from archive.staff_log import StaffLog
from portal.account import NEW_FIELD, OLD_FIELD, SAID, Said
from portal.cookies import BROWSER_COOKIE, set_browser, set_session
from portal.guard import bounded, guarded
from portal.identity import Visitor
from portal.resources import resources
from portal.routes.sign_in import check_password
from portal.urls import ACCOUNT


async def _change(request: Request, visitor: Visitor) -> Response:
    """Set the password where the old one is right, and lead back to the page, which says what came of it."""
    form, throttle, name = await request.form(), resources().throttle, visitor.name
    old, new = str(form.get(OLD_FIELD, "")), str(form.get(NEW_FIELD, ""))
    remembered = request.cookies.get(BROWSER_COOKIE, "")
    if throttle.take(name, request.client.host if request.client else "", remembered):
        return _back(request, Said.TOO_OFTEN)
    if await check_password(name, old) is None:
        return _back(request, Said.WRONG)
    throttle.forgive(name, remembered)
    try:
        secret = await run_in_threadpool(_set, name, new, request.headers.get("user-agent", ""))
    except AccountError:
        return _back(request, Said.UNUSABLE)
    answer = _back(request, Said.CHANGED)
    set_session(answer, request, secret)
    set_browser(answer, request, throttle.remember(name))
    return answer


password = bounded(lambda: 0, guarded(Role.READER, _change, in_form=True))


def _set(name: str, new: str, agent: str) -> str:
    shared = resources()
    shared.accounts.set_password(name, new)
    StaffLog(shared.archive.catalogue.engine).enter(name, "account-password", {name: {}})
    return shared.accounts.begin_session(name, agent)


def _back(request: Request, said: Said) -> Response:
    lang = request.query_params.get("lang", "")
    parameters = {SAID: said.value, **({"lang": lang} if lang else {})}
    return RedirectResponse(f"{ACCOUNT}?{urlencode(parameters)}", 303, {"Cache-Control": "no-store"})
