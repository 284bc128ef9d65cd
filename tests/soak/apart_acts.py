"""What is kept apart: deposits and who claims them, relief and rewards out of funds, fees handed over, changed payee accounts."""

from decimal import Decimal
from uuid import UUID

from accounts.actors import Actor
from accounts.services.proving import Proof
from cases.models import Case
from funds.kinds import AccountKind, PayeeKind, ReceiptState
from funds.kinds.apart import DepositReason, DepositState, FundSource, Hardship, IntakeState, RemittanceState
from funds.models import Deposit, FundMoney, PayeeAccount, Payout, Receipt, Remittance
from funds.services import depositing, funding, payees, releasing, relieving, remitting
from kernel import clock
from kernel.money import ZERO
from tests.soak.acts import Act, Choose, Doing, What, one, texts
from tests.soak.court import Setting
from tests.soak.plan import Step

R = RemittanceState
FUNDS = (AccountKind.RELIEF, AccountKind.REWARD)
SCAN = depositing.Evidence("笔录.pdf", b"%PDF-1.4 refuses to take the money")


def _depositable(setting: Setting, step: Step) -> What | None:
    rows = Payout.objects.filter(court=setting.court, state__in=depositing.FROM, payee_kind=PayeeKind.PARTY)
    chosen = one(texts(rows.order_by("pk").values_list("pk", flat=True)), step)
    return {"payout": chosen} if chosen else None


def _deposit(doing: Doing) -> str:
    row = depositing.ask(
        payout_id=UUID(doing.what["payout"]),
        reason=DepositReason.REFUSES,
        why="两次通知，拒绝领取",
        evidence=SCAN,
        actor=doing.setting.who("executor"),
        at=doing.at,
    )
    return str(row.pk)


def _deposited(setting: Setting, step: Step) -> What | None:
    rows = Deposit.objects.filter(court=setting.court, state=DepositState.DEPOSITED).order_by("pk")
    chosen = one(texts(rows.values_list("pk", flat=True)), step)
    return {"deposit": chosen} if chosen else None


def _claim_deposit(doing: Doing) -> str:
    executor, key = doing.setting.who("executor"), doing.step.key
    row = releasing.claim(
        deposit_id=UUID(doing.what["deposit"]), why="本人到院领取", actor=executor, at=doing.at, key=key
    )
    return str(row.pk)


def _unidentified(setting: Setting, step: Step) -> What | None:
    rows = Receipt.objects.filter(court=setting.court, state=ReceiptState.SUSPENSE).order_by("pk")
    chosen = one(texts(rows.values_list("pk", flat=True)), step)
    return {"receipt": chosen, "fund": FUNDS[step.number % 2]} if chosen else None


def _fund_money(doing: Doing) -> str:
    row = funding.ask(
        receipt_id=UUID(doing.what["receipt"]),
        fund=doing.what["fund"],
        source=FundSource.FISCAL,
        why="财政拨款文件",
        actor=doing.setting.who("registrar"),
        at=doing.at,
    )
    return str(row.pk)


def _intakes(setting: Setting, step: Step) -> What | None:
    rows = FundMoney.objects.filter(court=setting.court, state=IntakeState.ASKED).order_by("pk")
    chosen = one(texts(rows.values_list("pk", flat=True)), step)
    return {"intake": chosen} if chosen else None


def _confirm_fund(doing: Doing) -> str:
    keeper, key = doing.setting.who("keeper"), doing.step.key
    return str(funding.confirm(intake_id=UUID(doing.what["intake"]), actor=keeper, at=doing.at, key=key).pk)


def _grantable(setting: Setting, step: Step) -> What | None:
    """As much as the step says, or all that a fund has; sometimes more than it will have when it is approved."""
    fund = FUNDS[step.number % 2]
    left = funding.available(setting.court.pk, fund, FundSource.FISCAL)
    rows = Case.objects.open().filter(court=setting.court, sub_account__isnull=False).order_by("pk")
    case = one(texts(rows.values_list("pk", flat=True)), step)
    return {"case": case, "fund": fund, "amount": str(min(step.amount, left))} if case and left else None


def _grant(doing: Doing) -> str:
    fund, amount = AccountKind(doing.what["fund"]), Decimal(doing.what["amount"])
    case = Case.objects.get(pk=doing.what["case"])
    relief = fund == AccountKind.RELIEF
    given = relieving.GrantInput(
        fund=fund,
        source=FundSource.FISCAL,
        amount=amount,
        why="生活困难" if relief else "举报线索查证属实",
        payee=doing.setting.vault.creditor(case) if relief else None,
        payee_name="" if relief else "举报人",
        payee_account="" if relief else "6217009999999999999",
        payee_bank="" if relief else "中国农业银行",
        hardship=Hardship.SUPPORT if relief else "",
        wage=Decimal("6000.00") if relief else ZERO,
        debtor_unable=relief,
        recovered=ZERO if relief else amount * 10,
    )
    return str(relieving.ask(case_id=case.pk, given=given, actor=doing.setting.who("executor"), at=doing.at).pk)


def _fees(setting: Setting, step: Step) -> What | None:
    return {} if remitting.waiting_fees(setting.court.pk).exists() else None


def _remit(doing: Doing) -> str:
    keeper = doing.setting.who("keeper")
    return str(remitting.ask_fees(until=clock.today(), why="按期上缴", actor=keeper, at=doing.at).pk)


def _remittance(*states: RemittanceState) -> Choose:
    def choose(setting: Setting, step: Step) -> What | None:
        rows = Remittance.objects.filter(court=setting.court, state__in=states).order_by("pk")
        chosen = one(texts(rows.values_list("pk", flat=True)), step)
        return {"remittance": chosen} if chosen else None

    return choose


def _approve_remittance(doing: Doing) -> str:
    director, key = doing.setting.who("director"), doing.step.key
    return str(remitting.approve(remittance_id=_id(doing), actor=director, at=doing.at, key=key).pk)


def _send_remittance(doing: Doing) -> str:
    if doing.first and doing.step.of_payments:
        doing.setting.bank.misbehave(doing.step.of_payments, payment=f"remit:{_id(doing)}")
    payer, key = doing.setting.who("payer"), doing.step.key
    return str(remitting.send(remittance_id=_id(doing), actor=payer, at=doing.at, key=key).pk)


def _void_remittance(doing: Doing) -> str:
    keeper, key = doing.setting.who("keeper"), doing.step.key
    return str(remitting.void(remittance_id=_id(doing), why="漏列", actor=keeper, at=doing.at, key=key).pk)


def _id(doing: Doing) -> UUID:
    return UUID(doing.what["remittance"])


def _used(setting: Setting, step: Step) -> What | None:
    rows = PayeeAccount.objects.usable().filter(court=setting.court).order_by("pk")
    chosen = one(texts(rows.values_list("party", flat=True)), step)
    return {"party": chosen, "account": f"62170088{step.worker:03d}{step.number:08d}"} if chosen else None


def _proved(actor: Actor, doing: Doing) -> Proof:
    return Proof(by=actor.symbol, at=doing.at, way="password")


def _change_payee(doing: Doing) -> str:
    clerk, party = doing.setting.who("clerk"), UUID(doing.what["party"])
    holder = PayeeAccount.objects.filter(party=party).values_list("holder", flat=True)[0]
    row = payees.enter(
        party_id=party,
        bank="中国建设银行隰县支行",
        account=doing.what["account"],
        holder=holder,
        actor=clerk,
        at=doing.at,
        proof=_proved(clerk, doing),
    )
    return str(row.pk)


def _entered(setting: Setting, step: Step) -> What | None:
    rows = PayeeAccount.objects.filter(court=setting.court, confirmed_at=None, ended_at=None).order_by("pk")
    chosen = one(texts(rows.values_list("pk", flat=True)), step)
    return {"account": chosen} if chosen else None


def _confirm_payee(doing: Doing) -> str:
    executor, key = doing.setting.who("executor"), UUID(doing.what["account"])
    return str(payees.confirm(payee_account_id=key, actor=executor, at=doing.at, proof=_proved(executor, doing)).pk)


ACTS = {
    "deposit": Act(_depositable, _deposit),
    "claim_deposit": Act(_deposited, _claim_deposit, keyed=True),
    "fund_money": Act(_unidentified, _fund_money),
    "confirm_fund": Act(_intakes, _confirm_fund, keyed=True),
    "grant": Act(_grantable, _grant),
    "remit": Act(_fees, _remit),
    "approve_remit": Act(_remittance(R.ASKED), _approve_remittance, keyed=True),
    "send_remit": Act(_remittance(R.APPROVED), _send_remittance, keyed=True),
    "void_remit": Act(_remittance(R.ASKED, R.APPROVED), _void_remittance, keyed=True),
    "change_payee": Act(_used, _change_payee),
    "confirm_payee": Act(_entered, _confirm_payee),
}
