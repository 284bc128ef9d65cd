"""Finding cases for money while the demo grows: a payer who tells of a payment, and a payer matched wrongly once.

Both begin with money that is paid now; what is done about it follows when the workers have booked it.
"""

import logging
from collections.abc import Sequence
from decimal import Decimal

from django.conf import settings
from django.db import transaction

from cases.kinds import CaseKind
from cases.models import Case
from enforcement.demo.court import identities
from enforcement.demo.court.telling import Telling
from funds.kinds import ReceiptState
from funds.models import PayerClaim, PayerExclusion, Receipt
from funds.services import claiming, opening, payer_claims, paylinks
from gateways.adapters.http import HttpTransport
from kernel import clock
from kernel.refusals import Refusal

log = logging.getLogger(__name__)
FORGETFUL, FORGOTTEN = "任某兰", Decimal("2600.00")
MISTAKEN, MISTOOK = "赵某芳", Decimal("880.00")


def work(told: Sequence[Telling]) -> None:
    """Begin each of the two once, and do the second half when its money has come; a refusal leaves it for the next time."""
    ours = [t for t in told if t.pays_now and t.story.plan == "晋1031"]
    try:
        for t in ours[:1]:
            _forgets_the_number(t)
        for t in _elsewhere(told)[:1]:
            _pays_the_wrong_case(t)
        for t in told[:1]:
            _switch_off(t)
    except Refusal as refusal:
        log.warning("not found: %s", refusal)


def _elsewhere(told: Sequence[Telling]) -> list[Telling]:
    """Those in execution whose debtor does not pay now, so that nothing is on its way out."""
    return [
        t for t in told
        if not t.pays_now and t.story.plan == "晋1031" and hasattr(t, "case") and t.case.kind == CaseKind.EXECUTION
    ]  # fmt: skip


def _forgets_the_number(t: Telling) -> None:
    """Somebody pays for the case without a reference and says so on the page behind the QR code."""
    if PayerClaim.objects.filter(court=t.court).exists() or not settings.SIMULATORS_URL:
        return
    now = clock.now()
    given = payer_claims.Given(
        paid_on=clock.day_of(now),
        amount=FORGOTTEN,
        payer_name=FORGETFUL,
        account_tail=identities.account(t.story.first_serial + 5)[-4:],
        words="替亲戚还的，忘了写案号。",
    )
    with transaction.atomic():
        link = paylinks.link_for(t.case, at=now)
    payer_claims.make(link=link, given=given, at=now)
    _pay(t, t.staff.plan.account, FORGOTTEN, FORGETFUL, "往来款", "forgets")


def _pays_the_wrong_case(t: Telling) -> None:
    """Somebody writes the number of a case that is not the one meant."""
    if not settings.SIMULATORS_URL or Receipt.objects.filter(court=t.court, payer_name=MISTAKEN).exists():
        return
    with transaction.atomic():
        number = opening.open_for(t.case, at=clock.now()).number
    _pay(t, number, MISTOOK, MISTAKEN, "还款", "mistakes")


def _switch_off(t: Telling) -> None:
    """The registrar re-books the money and asks to match this payer no more; the keeper confirms."""
    rows = Receipt.objects.filter(court=t.court, payer_name=MISTAKEN, state=ReceiptState.MATCHED)
    receipt = rows.select_related("case").first()
    if receipt is None or receipt.case is None or PayerExclusion.objects.filter(court=t.court).exists():
        return
    others = Case.objects.open().filter(court=t.court, kind=CaseKind.EXECUTION).exclude(matter=receipt.case.matter)
    meant = others.order_by("-filed_at").first()
    if meant is None:
        return
    now = clock.now()
    with transaction.atomic():
        claim = claiming.ask(
            receipt_id=receipt.pk, case_id=meant.pk, why="付款人来电：抄错了案号，款是还这个案件的", switch_off=True,
            actor=t.actor("deng"), at=now,
        )  # fmt: skip
        claiming.confirm(claim_id=claim.pk, actor=t.actor("bao"), at=now, key=f"claim:{claim.pk}")


def _pay(t: Telling, to: str, amount: Decimal, payer: str, remark: str, key: str) -> None:
    serial = t.story.first_serial + 5
    body = {
        "to_sub_account": to,
        "amount": str(amount),
        "payer_name": payer,
        "payer_account": identities.account(serial),
        "payer_bank": identities.bank(serial, t.staff.plan.county),
        "remark": remark,
        "account": t.staff.plan.account,
        "key": f"more:{key}",
    }
    HttpTransport(settings.SIMULATORS_URL).call("POST", "/bank/pay-in", body)
