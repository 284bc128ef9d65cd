"""The counts beside 案款, 不明款 and 发放, and the words of what the room's pages write into the journal."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from accounts import acts, policy, shell
from accounts.actors import Actor
from accounts.roles import Action
from accounts.shell import Rows
from cases.models import Duty
from funds.kinds import AT_BANK, PayoutState, ReceiptState
from funds.kinds.apart import MonthState
from funds.kinds.batches import BatchState
from funds.models import MonthClosing, PaymentBatch, Payout, Receipt
from kernel import clock

TARGET = timedelta(hours=72)
FUNDS_EXPORTED = "funds_exported"
acts.declare(FUNDS_EXPORTED, _("导出案款表"))


def receipts(actor: Actor) -> Rows:
    """Receipts that the actor sees and that are not wholly paid, and those older than three days."""
    rows = Receipt.objects.visible_to(actor).owned().filter(paid_at__isnull=True, deposited_at__isnull=True)
    return Rows(rows, rows.filter(received_at__lt=clock.now() - TARGET))


def unidentified(actor: Actor) -> Rows:
    """Unidentified money, and how much of it is past the limit of finding its case."""
    rows = Receipt.objects.visible_to(actor).filter(state=ReceiptState.SUSPENSE)
    late = Duty.objects.past(clock.now()).filter(court_id=actor.court_id, kind="funds.identify")
    return Rows(rows, late)


def payouts(actor: Actor) -> Rows:
    """Payouts that wait for the actor's own step, and those that the bank did not answer or returned."""
    states: list[str] = []
    if policy.may(actor, Action.CONFIRM_PAYOUT):
        states += [PayoutState.DRAFT, PayoutState.RETURNED]
    if policy.may(actor, Action.APPROVE_PAYOUT):
        states += [PayoutState.CONFIRMED]
    if policy.may(actor, Action.SEND_PAYOUT):
        states += [PayoutState.APPROVED, *AT_BANK]
    return Rows(Payout.objects.visible_to(actor).filter(state__in=states, replaced_by__isnull=True))


def batches(actor: Actor) -> Rows:
    """Payment batches that wait for the actor's own step: the keeper's release, or the payer's sending."""
    states: list[str] = []
    if policy.may(actor, Action.RELEASE_BATCH):
        states += [BatchState.MADE]
    if policy.may(actor, Action.SEND_PAYOUT):
        states += [BatchState.RELEASED]
    return Rows(PaymentBatch.objects.visible_to(actor).filter(state__in=states))


def months(actor: Actor) -> Rows:
    """Months that are over and not closed, and those past their last day."""
    today = clock.today()
    rows = MonthClosing.objects.filter(court_id=actor.court_id, month__lt=today.replace(day=1))
    rows = rows.exclude(state=MonthState.CONFIRMED)
    return Rows(rows, rows.filter(close_by__lt=today))


shell.COUNTS.update(receipts=receipts, unidentified=unidentified, payouts=payouts, batches=batches, months=months)
