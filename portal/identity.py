"""Who this is: one function for Streamlit pages and routes alike, from the cookies of a request.

Forms and writes carry a token that only a page of this portal, shown to this session, can know.

Source: OWASP Cross-Site Request Forgery Prevention Cheat Sheet, HMAC based token pattern.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass

from archive.access import Audience
from archive.accounts import Accounts, Person, Role

COOKIE = "konferenzarchiv_session"
TOKEN_FIELD, TOKEN_HEADER = "token", "X-Token"
"""Where a form, and where a script, puts its token."""


@dataclass(frozen=True, slots=True)
class Visitor:
    """Whoever looks: somebody who is signed in, or anybody. `token` is empty for anybody."""

    person: Person | None = None
    token: str = ""

    def may(self, role: Role) -> bool:
        """Tell whether the visitor has this role."""
        return self.person is not None and self.person.role >= role

    @property
    def name(self) -> str:
        """The name of who is signed in; empty for anybody."""
        return self.person.name if self.person else ""

    @property
    def audience(self) -> Audience:
        """For whom pages are shown."""
        return Audience.STAFF if self.may(Role.STAFF) else Audience.PUBLIC


ANYBODY = Visitor()


def visitor_of(cookies: Mapping[str, str], accounts: Accounts) -> Visitor:
    """Tell who sent these cookies."""
    secret = cookies.get(COOKIE, "")
    person = accounts.session_person(secret) if secret else None
    return Visitor(person, token_of(secret)) if person else ANYBODY


def token_of(secret: str) -> str:
    """Make the token for forms from the secret of a session, which it does not betray."""
    return hmac.new(secret.encode(), b"konferenzarchiv form", hashlib.sha256).hexdigest()


def is_token(visitor: Visitor, given: str) -> bool:
    """Tell whether a form or script brought the visitor's token."""
    return bool(visitor.token) and hmac.compare_digest(
        visitor.token, given.encode("ascii", "replace").decode()
    )
