"""How often somebody may try to sign in. Kept in memory only: nothing of addresses or names is written.

Three counts, each of a moving window of ten minutes, decide before a password is looked at:

- by address, so that one machine cannot try many names;
- by name, so that many machines cannot try one name;
- by browser and name, for browsers that have signed in with this name before. These are not counted by
  address and name: whoever types wrong passwords for somebody else's name does not lock that person out,
  who keeps a count of their own in the browser that they always use.

Source: OWASP, Slow Down Online Guessing Attacks with Device Cookies.
"""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import math
import secrets
import time

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from archive.accounts import composed

MINUTES = 10
BY_ADDRESS = RateLimitItemPerMinute(30, MINUTES, "sign-in by address")
BY_NAME = RateLimitItemPerMinute(10, MINUTES, "sign-in by name")
BY_BROWSER = RateLimitItemPerMinute(10, MINUTES, "sign-in by browser")
"""Attempts in so many minutes, those that succeed among them."""


class Throttle:
    """The attempts of one process. Shared by threads."""

    def __init__(self) -> None:
        self._limiter = MovingWindowRateLimiter(MemoryStorage())
        self._key = secrets.token_bytes(32)

    def take(self, name: str, address: str, remembered: str) -> int:
        """Count an attempt before it is made.

        Args:
            remembered: what `remember` gave this browser, or anything else.

        Returns:
            0 if the attempt may be made, else the seconds to wait.
        """
        name = _short(name)
        if self._is_remembered(name, remembered):
            return self._take(BY_BROWSER, remembered)
        return self._take(BY_ADDRESS, _network(address)) or self._take(BY_NAME, name)

    def forgive(self, name: str, remembered: str) -> None:
        """Forget the attempts with a name, since one succeeded. Those of the address stay counted."""
        name = _short(name)
        item, key = (BY_BROWSER, remembered) if self._is_remembered(name, remembered) else (BY_NAME, name)
        self._limiter.clear(item, key)

    def remember(self, name: str) -> str:
        """Make what a browser keeps that has signed in with this name; good until the portal is restarted."""
        nonce = secrets.token_urlsafe(16)
        return f"{nonce}.{self._seal(nonce, _short(name))}"

    def _is_remembered(self, name: str, remembered: str) -> bool:
        nonce, _, seal = remembered.partition(".")
        return hmac.compare_digest(seal.encode(), self._seal(nonce, name).encode())

    def _seal(self, nonce: str, name: str) -> str:
        return hmac.new(self._key, f"{nonce} {name}".encode(), hashlib.sha256).hexdigest()

    def _take(self, item: RateLimitItemPerMinute, key: str) -> int:
        if self._limiter.hit(item, key):
            return 0
        free_at = self._limiter.get_window_stats(item, key).reset_time
        return max(1, math.ceil(free_at - time.time()))


def _short(name: str) -> str:
    """Make of any name, however long, a key of one length."""
    return hashlib.sha256(composed(name[:1000]).encode("utf-8", "replace")).hexdigest()


def _network(address: str) -> str:
    """Return what one customer of a provider has: an IPv4 address, the first half of an IPv6 address."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address[:100]
    if isinstance(parsed, ipaddress.IPv6Address):
        if parsed.ipv4_mapped:
            return str(parsed.ipv4_mapped)
        return str(ipaddress.ip_network((int(parsed), 64), strict=False))
    return str(parsed)
