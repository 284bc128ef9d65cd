"""Proving oneself again, in the middle of work, before an act that a stolen session must not be able to do.

A wrong password counts like a failed sign-in: the account is locked after as many. The proof is good for a few minutes and
for the person who gave it.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from axes.handlers.proxy import AxesProxyHandler
from django.contrib.auth import authenticate
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts import acts, audit
from accounts.actors import Actor
from accounts.models import User
from accounts.services import signing_in

GOOD_FOR = timedelta(minutes=5)
PROVED = "proved_again"
acts.declare(PROVED, _("再次验证身份"))


@dataclass(frozen=True)
class Proof:
    """Somebody proved himself at a moment: ``by`` is the symbol of the actor, ``way`` how (password, sms)."""

    by: str
    at: datetime
    way: str

    def holds_for(self, actor: Actor, at: datetime) -> bool:
        """Whether it is this actor's and still fresh."""
        return self.by == actor.symbol and timedelta(0) <= at - self.at <= GOOD_FOR


def by_password(*, request: HttpRequest, actor: Actor, password: str, at: datetime) -> Proof:
    """The proof of who is signed in and types his password again. Raises BadCredentials, LockedOut."""
    user = User.objects.get(pk=actor.user_id)
    signing_in.refuse_locked(request, user.username, at)
    if authenticate(request, username=user.username, password=password) != user:
        signing_in.count_failure(request, user.username, at)
    AxesProxyHandler.reset_attempts(username=user.username, ip_address=signing_in.address(request))
    audit.write(actor=actor, act=PROVED, at=at, about=user.symbol, address=signing_in.address(request))
    return Proof(by=actor.symbol, at=at, way="password")
