"""Money, as payers, the executor, the director, the president and the three persons of finance move it."""

from decimal import Decimal

from cases.models import Case, Party
from enforcement.demo.court import identities
from enforcement.demo.court.acts import deciding
from enforcement.demo.court.acts.execution import crew
from enforcement.demo.court.telling import Telling
from funds.kinds import PayoutState
from funds.models import Payout, Receipt
from funds.services import claiming, identifying, mending, noticing, opening, payees, paying


def number(t: Telling, case: Case | None = None) -> str:
    """The case's own account number."""
    return opening.open_for(case or t.case, at=t.at).number


def pay(t: Telling, amount: str, *, payer: Party | None = None, case: Case | None = None, remark: str = "") -> None:
    """A debtor pays into the case's own account."""
    who = payer or t.debtor
    _pay_in(t, amount, who.name, number(t, case), remark or "履行执行案款")


def pay_unnamed(t: Telling, amount: str, payer: str, remark: str) -> None:
    """Somebody pays into the court's account and names no case that can be understood."""
    _pay_in(t, amount, payer, t.staff.plan.account, remark)


def _pay_in(t: Telling, amount: str, payer: str, to: str, remark: str) -> None:
    serial = t.story.first_serial + 7
    body = {
        "to_sub_account": to,
        "amount": str(Decimal(amount).quantize(Decimal("0.01"))),
        "payer_name": payer,
        "payer_account": identities.account(serial),
        "payer_bank": identities.bank(serial, t.staff.plan.county),
        "remark": remark,
        "account": t.staff.plan.account,
        "key": f"{t.story.key}:{t.at:%Y%m%d%H%M%S}:{amount}",
    }
    t.outside.tell("POST", "/bank/pay-in", body)
    t.outside.money_moved_at = t.court


def payee_account(t: Telling, party: Party | None = None) -> None:
    """The creditor says where the money shall go: entered by the clerk, checked by the executor."""
    whom = party or t.creditor
    serial = t.story.first_serial + 6
    row = payees.enter(
        party_id=whom.pk,
        bank=identities.bank(serial, t.staff.plan.county),
        account=identities.account(serial),
        holder=whom.name,
        actor=t.actor(crew(t).clerk),
        at=t.at,
    )
    payees.confirm(payee_account_id=row.pk, actor=t.actor(crew(t).executor), at=t.at)


def _waiting(t: Telling, state: PayoutState) -> list[Payout]:
    return list(Payout.objects.filter(case=t.case, state=state).order_by("drafted_at", "pk"))


def _key(t: Telling, what: str) -> str:
    return f"demo:{t.story.key}:{what}:{t.at:%Y%m%d%H%M}"


def confirm(t: Telling) -> None:
    """The executor confirms every draft of the case."""
    rows = _waiting(t, PayoutState.DRAFT)
    paying.confirm(
        payout_ids=[row.pk for row in rows], actor=t.actor(crew(t).executor), at=t.at, key=_key(t, "confirm")
    )


def approve(t: Telling) -> None:
    """The director approves, above the limit the president after him."""
    deciding.agree(t, t.case, paying.KIND, "yu", "song")


def send(t: Telling) -> None:
    """Finance pays."""
    rows = _waiting(t, PayoutState.APPROVED)
    if rows:
        paying.send(payout_ids=[row.pk for row in rows], actor=t.actor("fa"), at=t.at, key=_key(t, "send"))
    t.outside.money_moved_at = t.court


def replace(t: Telling) -> None:
    """The executor draws a returned payout up again."""
    for row in _waiting(t, PayoutState.RETURNED):
        mending.replace(payout_id=row.pk, actor=t.actor(crew(t).executor), at=t.at)


def bank_will(t: Telling, fault: str, operation: str) -> None:
    """The next such operation at the bank goes wrong."""
    t.outside.tell("POST", "/control/force", {"fault": fault, "operation": operation, "times": 1})


def ask_claim(t: Telling, why: str) -> None:
    """The executor says that the oldest unidentified money belongs to the case."""
    receipt = Receipt.objects.filter(court=t.court, state="SUSPENSE").order_by("-received_at")[0]
    t.claim = claiming.ask(receipt_id=receipt.pk, case_id=t.case.pk, why=why, actor=t.actor(crew(t).executor), at=t.at)


def ask_notice(t: Telling) -> None:
    """The registrar asks to tell the public of money whose limit has passed."""
    rows = noticing.due(t.court, at=t.at)
    noticing.ask(
        receipt_ids=[row.pk for row in rows], why="已按附言、付款人和金额查找，未找到所属案件", actor=t.actor("deng"),
        at=t.at,
    )  # fmt: skip


def publish_notice(t: Telling) -> None:
    """The director approves."""
    carrying = identifying.case_of(t.court.pk)
    if carrying:
        deciding.agree(t, carrying, noticing.KIND, "yu")


def confirm_claim(t: Telling) -> None:
    """The keeper of case funds confirms."""
    claiming.confirm(claim_id=t.claim.pk, actor=t.actor("bao"), at=t.at, key=f"claim:{t.claim.pk}")
