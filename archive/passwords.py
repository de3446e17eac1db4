"""Passwords: how long they are, how one is made, and the hashes that are kept of them.

Source: RFC 9106 (Argon2), with the parameters of argon2-cffi; NIST SP 800-63B, 5.1.1 (length, normalisation).
"""

from __future__ import annotations

import secrets
import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

PASSWORD_LENGTH, LONGEST_PASSWORD = 10, 1000
"""A password has at least and at most so many characters."""

DECOY = "$argon2id$v=19$m=65536,t=3,p=4$c29tZXNhbHRzb21lc2FsdA$Rdescudvv5HpZJ4tLYkLzmFIhp0HLpnrqrUq3JUQHwk"
"""A hash of nothing known: a name that does not exist takes as long to refuse as a wrong password."""

_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Letters and digits that are not taken for one another when they are read out or copied."""

_GROUPS, _GROUP_LENGTH = 4, 4
_hasher = PasswordHasher()


def generate_password() -> str:
    """Make a password of 79 bits that can be read out: „k7wd-9mfa-x3tz-hq5c“."""
    groups = ("".join(secrets.choice(_LETTERS) for _ in range(_GROUP_LENGTH)) for _ in range(_GROUPS))
    return "-".join(groups)


def is_password(password: str) -> bool:
    """Tell whether a password has a length that is taken."""
    return PASSWORD_LENGTH <= len(password) <= LONGEST_PASSWORD


def hash_password(password: str) -> str:
    """Hash a password with argon2id; it may be written in any of Unicode's normal forms."""
    return _hasher.hash(unicodedata.normalize("NFKC", password))


def matches(hashed: str, password: str) -> bool:
    """Tell whether a password is the one that was hashed."""
    try:
        return _hasher.verify(hashed, unicodedata.normalize("NFKC", password[:LONGEST_PASSWORD]))
    except (VerificationError, InvalidHashError):
        return False


def is_outdated(hashed: str) -> bool:
    """Tell whether a hash was made with parameters that are no longer used."""
    return _hasher.check_needs_rehash(hashed)
