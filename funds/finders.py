"""The search box finds a case by its own account number, pasted in any spacing."""

from collections.abc import Iterable
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from cases.queries.search import FINDERS, Finder
from funds.models import SubAccount
from kernel import text

SHORTEST = 12


def _by_sub_account(actor: Actor, typed: str) -> Iterable[UUID]:
    digits = "".join(text.narrow(typed).split()).replace("-", "")
    if len(digits) < SHORTEST or not digits.isdigit():
        return []
    return SubAccount.objects.filter(court_id=actor.court_id, number=digits).values_list("case_id", flat=True)


FINDERS.append(Finder("funds.sub_account", _("案款账号"), _by_sub_account))
