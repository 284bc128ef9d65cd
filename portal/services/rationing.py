"""Pages without a sign-in are rationed for each address, so that nobody can guess tokens or flood the desk."""

from django.core.cache import cache
from django.utils.translation import gettext_lazy as _

from kernel.encryption import digest
from kernel.refusals import Refusal

HOUR = 3600


class TooOften(Refusal):
    """The same address asked too often within the hour."""

    message = _("操作过于频繁，请一小时后再试，或打电话给法院。")
    status = 429


def ration(what: str, whom: str, *, most: int, seconds: int = HOUR) -> None:
    """Count one use; raises TooOften when it is more than ``most`` within the span (seconds)."""
    name = f"portal-ration:{what}:{digest(whom)}"
    cache.add(name, 0, seconds)
    if cache.incr(name) > most:
        raise TooOften()
