"""期初数: the unidentified money from which its fall is counted, set by the court's leaders, dated, kept.

The balance of that day is what the ledger says, so that a list stands behind it; older money enters the ledger as the
opening balance of the court's account.
"""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import acts, audit, policy
from accounts.actors import Actor
from accounts.roles import Action
from insight.formulas import money
from insight.frames import INSTANT
from insight.models import Baseline
from kernel import clock
from kernel.money import ZERO
from kernel.refusals import BadInput, NotFound, Refusal
from kernel.templatetags.dates import full_day_text

SET = "baseline_set"
acts.declare(SET, gettext_lazy("设定不明款期初数"))


class NotOver(Refusal):
    """A baseline is the balance at the end of a day that is over."""

    message = gettext_lazy("期初日应早于今天。")
    status = 400


class NothingThen(Refusal):
    """Nothing can fall from nothing."""

    message = gettext_lazy("期初不明款余额应大于零。")
    status = 400


class BeforeTheLedger(Refusal):
    """Before the ledger's first day no list stands behind a balance."""

    message = gettext_lazy("系统从 %(day)s 起才有不明款账，期初日不能早于这一天。更早的余额请按专户期初余额登记。")


class LedgerDiffers(Refusal):
    """The balance is what the ledger says."""

    message = gettext_lazy("%(day)s 日终账面不明款余额是 %(ledger)s 元，与填写的不同，请核对。")


def set_baseline(*, amount: Decimal, on: date, why: str, actor: Actor, at: datetime) -> Baseline:
    """Set the balance (yuan) at the end of a day.

    Raises NotOver, NothingThen, BeforeTheLedger, LedgerDiffers, BadInput, NotAllowed, NotFound.
    """
    policy.require(actor, Action.LEAD)
    if actor.post_id is None:
        raise NotFound
    if on >= clock.day_of(at):
        raise NotOver(field="on")
    if amount <= ZERO:
        raise NothingThen(field="amount")
    if not why.strip():
        raise BadInput(reason=_("请写明期初数的依据。"), field="why")
    _check_with_ledger(actor.court_id, amount, on, at)
    row = Baseline.objects.create(
        court_id=actor.court_id, amount=amount, on=on, why=why.strip()[:200], set_by_id=actor.post_id, set_at=at
    )
    audit.write(actor=actor, act=SET, at=at, about=f"insight.baseline:{row.pk}", amount=str(amount), on=on.isoformat())
    return row


def _check_with_ledger(court_id: UUID, amount: Decimal, on: date, at: datetime) -> None:
    first = money.first_day(court_id) or clock.day_of(at)
    if on < first:
        raise BeforeTheLedger(day=full_day_text(first))
    ledger = sum(money.in_suspense(court_id, clock.end_of(on) - INSTANT).values(), ZERO)
    if ledger != amount:
        raise LedgerDiffers(day=full_day_text(on), ledger=f"{ledger:,.2f}")
