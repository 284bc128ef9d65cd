"""The search box finds a case by its own account number, pasted in any spacing; duties about money say which money."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from cases.queries import subjects
from cases.queries.search import FINDERS, Finder
from funds.models import PayerClaim, Receipt, SubAccount
from kernel import text

SHORTEST = 12


def _by_sub_account(actor: Actor, typed: str) -> Iterable[UUID]:
    digits = "".join(text.narrow(typed).split()).replace("-", "")
    if len(digits) < SHORTEST or not digits.isdigit():
        return []
    return SubAccount.objects.filter(court_id=actor.court_id, number=digits).values_list("case_id", flat=True)


def _receipts(keys: Sequence[UUID]) -> dict[UUID, str]:
    rows = Receipt.objects.filter(pk__in=keys).values_list("pk", "payer_name", "amount")
    return {key: _told(name, amount) for key, name, amount in rows}


def _payer_claims(keys: Sequence[UUID]) -> dict[UUID, str]:
    rows = PayerClaim.objects.filter(pk__in=keys).values_list("pk", "payer_name", "amount")
    return {key: _told(name, amount) for key, name, amount in rows}


def _told(name: str, amount: Decimal) -> str:
    return gettext("%(name)s 付 %(amount)s 元") % {"name": name or "—", "amount": f"{amount:,.2f}"}


subjects.TOLD |= {"funds.receipt": _receipts, "funds.payer_claim": _payer_claims}
FINDERS.append(Finder("funds.sub_account", _("案款账号"), _by_sub_account))
