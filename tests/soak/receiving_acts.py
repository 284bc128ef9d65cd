"""Money comes in: by transfer, without a reference, in cash, out of a statement; it is claimed, re-booked, reversed."""

from uuid import UUID

from cases.models import Case
from funds.kinds import ReceiptSource, ReceiptState
from funds.models import Claim, Receipt, SubAccount
from funds.services import cash, claiming, importing, reconciling, reversing
from kernel import clock
from kernel.money import ZERO
from tests.funds.conftest import MAIN
from tests.soak import court
from tests.soak.acts import Act, Doing, What, one, texts
from tests.soak.court import Setting
from tests.soak.plan import Step

PAYERS_ACCOUNT = {"payer_account": "6228480000000000001", "payer_bank": "中国农业银行"}
PAYERS = ("某环保科技公司", "任某兰", "某物流公司")


def _numbers(setting: Setting) -> list[str]:
    return list(SubAccount.objects.filter(court=setting.court).order_by("opened_at").values_list("number", flat=True))


def _pay_in(setting: Setting, step: Step) -> What | None:
    number = one(_numbers(setting), step)
    return {"to_sub_account": number, "payer_name": PAYERS[step.number % len(PAYERS)]} if number else None


def _pay_in_blind(setting: Setting, step: Step) -> What | None:
    number = one(_numbers(setting), step) or "0"
    wrong = number[:-1] + str((int(number[-1]) + 1) % 10)
    return {"to_sub_account": wrong if step.number % 2 else "0", "payer_name": "任某兰", "remark": "还款"}


def _transfer(doing: Doing) -> str:
    bank, step = doing.setting.bank, doing.step
    if doing.first and step.of_credits:
        bank.misbehave(step.of_credits)
    body = {"account": MAIN, "amount": str(step.amount), "key": step.key, **PAYERS_ACCOUNT, **doing.what}
    return str(bank.tell("POST", "/bank/pay-in", body)["bank_reference"])


def _cash_of(setting: Setting) -> list[Receipt]:
    rows = Receipt.objects.filter(court=setting.court, source=ReceiptSource.CASH, deposit_line=None)
    return list(rows.exclude(state=ReceiptState.REVERSED).order_by("pk"))


def _hand_in_cash(setting: Setting, step: Step) -> What | None:
    receipt = one(_cash_of(setting), step)
    if receipt is None:
        return None
    body = {"to_sub_account": "0", "payer_name": "隰县人民法院", "remark": receipt.number}
    return {**body, "amount": str(receipt.amount), "key": f"deposit:{receipt.number}"}


def _case(setting: Setting, step: Step) -> Case | None:
    rows = Case.objects.open().filter(court=setting.court, sub_account__isnull=False).order_by("pk")
    return one(list(rows), step)


def _some_case(setting: Setting, step: Step) -> What | None:
    case = _case(setting, step)
    return {"case": str(case.pk)} if case else None


def _take_cash(doing: Doing) -> str:
    receipt = cash.take(
        case_id=UUID(doing.what["case"]),
        amount=doing.step.amount,
        payer="刘某",
        second=doing.setting.cast.bailiff,
        remark="",
        actor=doing.setting.who("executor"),
        at=doing.at,
        key=doing.step.key,
    )
    return str(receipt.pk)


def _file(setting: Setting, step: Step) -> What | None:
    return {"format": "csv" if step.number % 2 else "camt053"}


def _import(doing: Doing) -> str:
    """As the page does: the file is taken, booked, and compared when its day may be compared."""
    wanted, setting = doing.what["format"], doing.setting
    content = setting.bank.fetch("GET", f"/bank/statement?account={MAIN}&format={wanted}")
    name = "statement.csv" if wanted == "csv" else "statement.xml"
    actor = setting.who("registrar")
    row = importing.take_and_book(court=setting.court, name=name, content=content, actor=actor, at=doing.at)
    reconciling.after_import(imported=row, actor=actor, at=doing.at)
    return str(row.pk)


def _claim(setting: Setting, step: Step) -> What | None:
    """Every third time a receipt of a case, which is then to be re-booked; else money in suspense."""
    rows = Receipt.objects.filter(court=setting.court).exclude(claims__state="ASKED").order_by("pk")
    mine = rows.owned() if step.number % 3 == 0 else rows.filter(state=ReceiptState.SUSPENSE)
    receipt, case = one(texts(mine.values_list("pk", flat=True)), step), _case(setting, step)
    return {"receipt": receipt, "case": str(case.pk)} if receipt and case else None


def _ask(doing: Doing) -> str:
    claim = claiming.ask(
        receipt_id=UUID(doing.what["receipt"]),
        case_id=UUID(doing.what["case"]),
        why="付款人说明",
        actor=doing.setting.who("registrar"),
        at=doing.at,
    )
    return str(claim.pk)


def _asked(setting: Setting, step: Step) -> What | None:
    claim = one(texts(Claim.objects.filter(state="ASKED").order_by("pk").values_list("pk", flat=True)), step)
    return {"claim": claim} if claim else None


def _confirm_claim(doing: Doing) -> str:
    keeper, key = doing.setting.who("keeper"), doing.step.key
    return str(claiming.confirm(claim_id=UUID(doing.what["claim"]), actor=keeper, at=doing.at, key=key).pk)


def _refuse_claim(doing: Doing) -> str:
    keeper = doing.setting.who("keeper")
    return str(claiming.refuse(claim_id=UUID(doing.what["claim"]), opinion="不符", actor=keeper, at=doing.at).pk)


def _reversible(setting: Setting, step: Step) -> What | None:
    receipt = one(_cash_of(setting), step)
    return {"receipt": str(receipt.pk)} if receipt else None


def _reverse(doing: Doing) -> str:
    receipt = reversing.reverse(
        receipt_id=UUID(doing.what["receipt"]),
        why="退回交款人",
        actor=doing.setting.who("keeper"),
        at=doing.at,
        key=doing.step.key,
    )
    return str(receipt.pk)


def _derive(doing: Doing) -> str:
    keeper = doing.setting.who("keeper")
    row = reconciling.reconcile(court=doing.setting.court, on=clock.today(), actor=keeper, at=doing.at)
    if row.wrong_accounts or row.difference != ZERO:
        raise AssertionError(f"the books differ: {row.wrong_accounts}")
    return str(row.pk)


def _open_case(doing: Doing) -> str:
    step = doing.step
    return str(court.open_case(doing.setting, seed=1_000 * (step.worker + 1) + step.number, amount=step.amount * 3).pk)


def _nothing_needed(setting: Setting, step: Step) -> What | None:
    return {}


ACTS = {
    "pay_in": Act(_pay_in, _transfer),
    "pay_in_blind": Act(_pay_in_blind, _transfer),
    "hand_in_cash": Act(_hand_in_cash, _transfer),
    "take_cash": Act(_some_case, _take_cash, keyed=True),
    "import_statement": Act(_file, _import),
    "claim": Act(_claim, _ask),
    "confirm_claim": Act(_asked, _confirm_claim, keyed=True),
    "refuse_claim": Act(_asked, _refuse_claim),
    "reverse": Act(_reversible, _reverse, keyed=True),
    "derive": Act(_nothing_needed, _derive),
    "open_case": Act(_nothing_needed, _open_case),
}
