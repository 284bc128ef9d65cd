"""The payer's page of a case: its address is printed as a QR code on papers that ask for money (FUND-NOTICE-ACCT).

The token is drawn by chance and says nothing of the case. A leaked or misused one is replaced; papers that bear the old
one then lead to a page that says so.
"""

import secrets
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import acts, audit
from accounts.actors import Actor
from accounts.roles import Action
from cases import access
from cases.models import Case
from funds.models import PayLink
from kernel.refusals import BadInput

REPLACED = "pay_link_replaced"
acts.declare(REPLACED, gettext_lazy("更换付款二维码"))
TOKEN_BYTES = 24


def link_for(case: Case, *, at: datetime) -> PayLink:
    """The link in force of a case, made on first need in a savepoint of its own."""
    known = PayLink.objects.filter(case=case, ended_at__isnull=True).first()
    if known:
        return known
    with transaction.atomic():
        row = PayLink(court_id=case.court_id, case=case, token=secrets.token_urlsafe(TOKEN_BYTES), made_at=at)
        PayLink.objects.bulk_create([row], ignore_conflicts=True)
    return PayLink.objects.get(case=case, ended_at__isnull=True)


def find(token: str) -> PayLink | None:
    """The link of a token, in force or replaced; None when there is none."""
    return (
        PayLink.objects.select_related("case__court", "case__matter", "case__officer__user").filter(token=token).first()
    )


@transaction.atomic
def replace(*, case_id: UUID, why: str, actor: Actor, at: datetime) -> PayLink:
    """End the link of a case and make another. Raises NotAllowed, NotFound, BadInput."""
    case = access.locked_case_for(actor, case_id, Action.SEE_FUNDS)
    if not why.strip():
        raise BadInput(reason=_("请写明更换的原因。"))
    known = PayLink.objects.select_for_update(no_key=True).filter(case=case, ended_at__isnull=True).first()
    if known:
        known.ended_at, known.ended_by_id, known.ended_why = at, actor.post_id, why.strip()[:200]
        known.save(update_fields=["ended_at", "ended_by", "ended_why"])
        audit.write(actor=actor, act=REPLACED, at=at, about=known.symbol)
    return link_for(case, at=at)
