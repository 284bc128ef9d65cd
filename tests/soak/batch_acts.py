"""Payouts leave together: put in a batch, released by the keeper, sent by messages or as one file that is carried to the bank."""

from uuid import UUID

from funds.kinds import PayeeKind, PayoutState
from funds.kinds.batches import BatchState, BatchWay
from funds.models import BatchItem, PaymentBatch, Payout
from funds.payments import files, keys
from funds.services import batching, reporting
from tests.funds.conftest import MAIN
from tests.soak.acts import Act, Choose, Doing, What, one, some, texts
from tests.soak.court import Setting
from tests.soak.plan import Step

WAYS = tuple(BatchWay)


def _free(setting: Setting, step: Step) -> What | None:
    """Approved payouts that are in no batch, more of them than are sent singly."""
    rows = Payout.objects.filter(court=setting.court, state=PayoutState.APPROVED).exclude(payee_kind=PayeeKind.REWARD)
    free = rows.exclude(pk__in=BatchItem.objects.filter(out_at=None).values("payout")).order_by("pk")
    chosen = texts(free.values_list("pk", flat=True))
    picked = some(chosen, step) if step.count > 1 else chosen[:6]
    return {"payouts": picked} if picked else None


def _make(doing: Doing) -> str:
    ids = [UUID(text) for text in doing.what["payouts"]]
    payer = doing.setting.who("payer")
    return str(batching.make(payout_ids=ids, title="", actor=payer, at=doing.at, key=doing.step.key).pk)


def _batch(*states: BatchState) -> Choose:
    def choose(setting: Setting, step: Step) -> What | None:
        rows = PaymentBatch.objects.filter(court=setting.court, state__in=states).order_by("pk")
        chosen = one(texts(rows.values_list("pk", flat=True)), step)
        return {"batch": chosen, "way": WAYS[step.number % len(WAYS)]} if chosen else None

    return choose


def _release(doing: Doing) -> str:
    keeper = doing.setting.who("keeper")
    return str(batching.release(batch_id=UUID(doing.what["batch"]), actor=keeper, at=doing.at).pk)


def _send(doing: Doing) -> str:
    """What leaves as a file is carried to the bank in the same act: who was interrupted carries it again."""
    setting, way = doing.setting, doing.what["way"]
    batch = PaymentBatch.objects.get(pk=doing.what["batch"])
    if doing.first and doing.step.of_payments:
        for payout in _payouts(batch):
            key = payout.instruction_key
            named = key if way == BatchWay.GATEWAY else keys.shortened(key)
            setting.bank.misbehave(doing.step.of_payments, payment=named)
    batch = batching.send(batch_id=batch.pk, way=way, actor=setting.who("payer"), at=doing.at, key=doing.step.key)
    if way != BatchWay.GATEWAY:
        _carry(doing, batch)
    return str(batch.pk)


def _payouts(batch: PaymentBatch) -> list[Payout]:
    items = BatchItem.objects.filter(batch=batch, out_at=None).select_related("payout")
    return [item.payout for item in items.order_by("ordinal")]


def _carry(doing: Doing, batch: PaymentBatch) -> None:
    """The bank takes the file payment by payment, and reports what it does not take."""
    setting = doing.setting
    _name, content = batching.read_file(batch_id=batch.pk, actor=setting.who("payer"), at=doing.at)
    refused = []
    for payout in _payouts(batch):
        short = keys.shortened(payout.instruction_key)
        if short.encode() not in content:
            raise AssertionError(f"the file of {batch.number} lacks {short}")
        body = {
            "instruction_key": short,
            "amount": str(payout.amount),
            "payee_name": payout.payee_name,
            "payee_account": payout.payee_account,
            "account": MAIN,
        }
        if setting.bank.tell("POST", "/bank/payments", body)["answer"] == "REFUSED":
            refused.append(short)
    if refused:
        registrar = setting.who("registrar")
        reporting.take(name="回执.xml", content=_report(batch, refused), actor=registrar, at=doing.at)


def _report(batch: PaymentBatch, refused: list[str]) -> bytes:
    entries = "".join(
        f"<TxInfAndSts><OrgnlEndToEndId>{short}</OrgnlEndToEndId><TxSts>RJCT</TxSts></TxInfAndSts>" for short in refused
    )
    return f"""<?xml version="1.0"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.10"><CstmrPmtStsRpt>
<OrgnlGrpInfAndSts><OrgnlMsgId>{files.message_of(batch)}</OrgnlMsgId></OrgnlGrpInfAndSts>
<OrgnlPmtInfAndSts><OrgnlPmtInfId>{batch.number}</OrgnlPmtInfId>{entries}</OrgnlPmtInfAndSts>
</CstmrPmtStsRpt></Document>""".encode()


def _cancel(doing: Doing) -> str:
    payer = doing.setting.who("payer")
    return str(batching.cancel(batch_id=UUID(doing.what["batch"]), why="另行付款", actor=payer, at=doing.at).pk)


ACTS = {
    "make_batch": Act(_free, _make, keyed=True),
    "release_batch": Act(_batch(BatchState.MADE), _release),
    "send_batch": Act(_batch(BatchState.RELEASED), _send, keyed=True),
    "cancel_batch": Act(_batch(BatchState.MADE, BatchState.RELEASED), _cancel),
}
