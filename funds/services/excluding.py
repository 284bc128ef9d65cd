"""Switching automatic matching off for a payer: money that was booked wrongly once is not booked wrongly again.

A rule is made when two persons re-book an automatic match and ask for it: the first asks, the second confirms. The
payer's next money then waits in suspense with its reason (RULE_OFF) until a person says whose it is. A rule is ended,
never deleted.
"""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import acts, audit, policy
from accounts.actors import Actor
from accounts.roles import Action
from cases.models import Case
from funds.models import Claim, PayerExclusion, Receipt
from kernel import reading, text
from kernel.encryption import digest
from kernel.refusals import BadInput, NotFound, Refusal

SWITCHED_OFF, SWITCHED_ON = "payer_matching_off", "payer_matching_on"
acts.declare(SWITCHED_OFF, gettext_lazy("停用付款人自动匹配"))
acts.declare(SWITCHED_ON, gettext_lazy("恢复付款人自动匹配"))
_IN_FORCE = """
    SELECT court_id, payer_digest, case_id, from_at, why
      FROM funds_payerexclusion
     WHERE court_id = ANY(%s) AND ended_at IS NULL
     ORDER BY id
"""


class PayerUnknown(Refusal):
    """A rule needs somebody whom it is for."""

    message = gettext_lazy("这笔款没有付款人户名和账号，不能按付款人停用自动匹配。")


class EndedAlready(Refusal):
    """The rule is no longer in force."""

    message = gettext_lazy("这条规则已经恢复自动匹配。")


def payer_digest(*, name: str, account: str) -> str:
    """The payer's identity: a keyed digest of account and name; empty when neither is known."""
    digits = "".join(sign for sign in text.narrow(account) if sign.isalnum())
    known = text.searchable(name)
    return digest(f"payer:{digits}:{known}") if digits or known else ""


class InForce(NamedTuple):
    """What booking needs of a rule; without a case it is meant for every case."""

    court_id: UUID
    payer_digest: str
    case_id: UUID | None
    from_at: datetime
    why: str


class Rules:
    """The rules in force of some courts, read once."""

    def __init__(self, courts: Collection[UUID]) -> None:
        self._of: dict[tuple[UUID, str], list[InForce]] = defaultdict(list)
        for row in map(InForce._make, reading.answers(_IN_FORCE, list(courts))):
            self._of[row.court_id, row.payer_digest].append(row)

    def keep_out(self, name: str, account: str, case: Case) -> InForce | None:
        """The rule that keeps a payer's money from being booked to a case by itself."""
        if not self._of:
            return None
        rows = self._of.get((case.court_id, payer_digest(name=name, account=account)), [])
        return next((row for row in rows if row.case_id in (None, case.pk)), None)


def require_payer(receipt: Receipt) -> None:
    """Raise PayerUnknown when a receipt names nobody."""
    if not payer_digest(name=receipt.payer_name, account=receipt.payer_account):
        raise PayerUnknown()


def switch_off(*, claim: Claim, receipt: Receipt, case: Case, actor: Actor, at: datetime) -> PayerExclusion:
    """Make the rule that a confirmed re-booking asked for: this payer, the case that was wrong. Once in force it stays."""
    row = PayerExclusion(
        court_id=receipt.court_id,
        payer_digest=payer_digest(name=receipt.payer_name, account=receipt.payer_account),
        payer=text.mask_name(receipt.payer_name) or _("账号尾号 %(tail)s") % {"tail": receipt.payer_account[-4:]},
        case=case,
        receipt=receipt,
        why=claim.why,
        asked_by=claim.asked_by,
        confirmed_by_id=actor.post_id,
        from_at=at,
    )
    PayerExclusion.objects.bulk_create([row], ignore_conflicts=True)
    kept = PayerExclusion.objects.in_force().get(court_id=receipt.court_id, payer_digest=row.payer_digest, case=case)
    audit.write(actor=actor, act=SWITCHED_OFF, at=at, about=kept.symbol, case=case.symbol, receipt=receipt.symbol)
    return kept


@transaction.atomic
def end(*, rule_id: UUID, why: str, actor: Actor, at: datetime) -> PayerExclusion:
    """Match the payer's money by itself again. Raises NotAllowed, NotFound, BadInput, EndedAlready."""
    policy.require(actor, Action.CONFIRM_CLAIM)
    if not why.strip():
        raise BadInput(reason=_("请写明恢复自动匹配的原因。"))
    rows = PayerExclusion.objects.visible_to(actor).select_for_update(no_key=True, of=("self",))
    row = rows.filter(pk=rule_id).first()
    if row is None:
        raise NotFound()
    if row.ended_at is not None:
        raise EndedAlready()
    row.ended_at, row.ended_by_id, row.ended_why = at, actor.post_id, why.strip()[:300]
    row.save(update_fields=["ended_at", "ended_by", "ended_why"])
    audit.write(actor=actor, act=SWITCHED_ON, at=at, about=row.symbol)
    return row
