"""Money goes out: confirmed, approved or sent back, held, sent, returned and paid anew, taken back."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings

from accounts.actors import Actor
from cases.models import Decision, DecisionStep
from cases.services import deciding
from funds.kinds import PayeeKind, PayoutState
from funds.models import BatchItem, Hold, Payout, Receipt
from funds.services import drafting, holding, mending, paying
from gateways.adapters.files import write_letters
from gateways.models import Message, MessageState
from gateways.services import ferrying, parking
from kernel import clock
from tests.funds.conftest import CREDITOR_ACCOUNT
from tests.soak.acts import Act, Choose, Doing, What, one, some, texts
from tests.soak.court import Setting
from tests.soak.plan import Step

TIERS = {"BUREAU_DIRECTOR": "director", "PRESIDENT": "president"}


def _payouts(setting: Setting, *states: PayoutState) -> list[str]:
    rows = Payout.objects.filter(court=setting.court, state__in=states).order_by("pk")
    return texts(rows.values_list("pk", flat=True))


def _batch(*states: PayoutState) -> Choose:
    def choose(setting: Setting, step: Step) -> What | None:
        chosen = some(_payouts(setting, *states), step)
        return {"payouts": chosen} if chosen else None

    return choose


def _sendable(setting: Setting, step: Step) -> What | None:
    """What waits in a batch goes with it; now and then somebody tries to send it alone."""
    rows = _payouts(setting, PayoutState.APPROVED)
    if step.number % 5:
        batched = set(texts(BatchItem.objects.filter(out_at=None).values_list("payout_id", flat=True)))
        rows = [row for row in rows if row not in batched]
    chosen = some(rows, step)
    return {"payouts": chosen} if chosen else None


def _single(*states: PayoutState) -> Choose:
    def choose(setting: Setting, step: Step) -> What | None:
        chosen = one(_payouts(setting, *states), step)
        return {"payout": chosen} if chosen else None

    return choose


def _ids(doing: Doing) -> list[UUID]:
    return [UUID(text) for text in doing.what["payouts"]]


def _confirm(doing: Doing) -> str:
    """The executor; the judge where one of them is cash that the executor took."""
    cash = Payout.objects.filter(pk__in=_ids(doing), receipt__source="CASH").exists()
    actor = doing.setting.who("judge" if cash else "executor")
    return _of(paying.confirm(payout_ids=_ids(doing), actor=actor, at=doing.at, key=doing.step.key))


def _send(doing: Doing) -> str:
    if doing.first and doing.step.of_payments:
        for key in doing.what["payouts"]:
            doing.setting.bank.misbehave(doing.step.of_payments, payment=f"payout:{key}")
    payer = doing.setting.who("payer")
    return _of(paying.send(payout_ids=_ids(doing), actor=payer, at=doing.at, key=doing.step.key))


def _of(payouts: list[Payout]) -> str:
    return ",".join(texts(payout.pk for payout in payouts))


def _questions(setting: Setting, step: Step) -> What | None:
    rows = Decision.objects.filter(court=setting.court, state="ASKED").order_by("pk")
    chosen = some(list(rows.values_list("pk", "tier_role", "tier")), step)
    same = [row for row in chosen if row[1:] == chosen[0][1:]]
    return {"decisions": texts(row[0] for row in same), "by": TIERS[same[0][1]], "tier": same[0][2]} if same else None


def _approve(doing: Doing) -> str:
    """One, or a batch; what this person approved before the connection broke is not approved again."""
    actor, ids = doing.setting.who(doing.what["by"]), [UUID(text) for text in doing.what["decisions"]]
    if DecisionStep.objects.filter(decision__in=ids, actor=actor.symbol, act="APPROVED").count() == len(ids):
        return "known"
    if len(ids) == 1:
        return str(deciding.approve(decision_id=ids[0], actor=actor, at=doing.at).pk)
    return ",".join(texts(row.pk for row in deciding.approve_all(decision_ids=ids, actor=actor, at=doing.at)))


def _send_back(doing: Doing) -> str:
    actor, key = doing.setting.who(doing.what["by"]), UUID(doing.what["decisions"][0])
    return str(deciding.send_back(decision_id=key, actor=actor, at=doing.at, opinion="请补充依据").pk)


def _sent_back(setting: Setting, step: Step) -> What | None:
    rows = Payout.objects.filter(court=setting.court, state=PayoutState.CONFIRMED, decision__state="SENT_BACK")
    chosen = one(texts(rows.order_by("pk").values_list("pk", flat=True)), step)
    return {"payout": chosen} if chosen else None


def _resubmit(doing: Doing) -> str:
    actor = _confirmer(doing)
    return str(mending.resubmit(payout_id=_payout(doing), why="已补充", actor=actor, at=doing.at).pk)


def _confirmer(doing: Doing) -> Actor:
    payout = Payout.objects.select_related("confirmed_by").get(pk=doing.what["payout"])
    return doing.setting.cast.actor(payout.confirmed_by or doing.setting.cast.executor)


def _payout(doing: Doing) -> UUID:
    return UUID(doing.what["payout"])


def _void(doing: Doing) -> str:
    actor, key = _confirmer(doing), doing.step.key
    return str(mending.void(payout_id=_payout(doing), why="另行安排", actor=actor, at=doing.at, key=key).pk)


def _replace(doing: Doing) -> str:
    return str(mending.replace(payout_id=_payout(doing), actor=doing.setting.who("executor"), at=doing.at).pk)


def _refunds(setting: Setting, step: Step) -> What | None:
    rows = Payout.objects.filter(court=setting.court, state=PayoutState.DRAFT, payee_kind=PayeeKind.PAYER)
    chosen = one(texts(rows.order_by("pk").values_list("pk", flat=True)), step)
    return {"payout": chosen} if chosen else None


def _readdress(doing: Doing) -> str:
    row = mending.readdress(
        payout_id=_payout(doing),
        holder="刘某",
        account=CREDITOR_ACCOUNT,
        bank="中国农业银行",
        actor=doing.setting.who("executor"),
        at=doing.at,
    )
    return str(row.pk)


def _receipts(setting: Setting, step: Step) -> What | None:
    rows = Receipt.objects.owned().filter(court=setting.court, paid_at=None).order_by("pk")
    chosen = one(texts(rows.values_list("pk", flat=True)), step)
    return {"receipt": chosen} if chosen else None


def _redraft(doing: Doing) -> str:
    executor = doing.setting.who("executor")
    return _of(drafting.redraft(receipt_id=UUID(doing.what["receipt"]), actor=executor, at=doing.at))


def _hold(doing: Doing) -> str:
    hold = holding.ask(
        receipt_id=UUID(doing.what["receipt"]),
        reason="DISTRIBUTION",
        why="另有债权人申请参与分配",
        review_on=clock.today() + timedelta(days=20),
        actor=doing.setting.who("executor"),
        at=doing.at,
    )
    return str(hold.pk)


def _holds(setting: Setting, step: Step) -> What | None:
    rows = Hold.objects.filter(court=setting.court, from_at__isnull=False, ended_at=None).order_by("pk")
    chosen = one(texts(rows.values_list("pk", flat=True)), step)
    return {"hold": chosen} if chosen else None


def _end_hold(doing: Doing) -> str:
    executor = doing.setting.who("executor")
    return str(holding.end(hold_id=UUID(doing.what["hold"]), why="分配完毕", actor=executor, at=doing.at).pk)


def _parked(setting: Setting, step: Step) -> What | None:
    rows = Message.objects.filter(court=setting.court, state=MessageState.PARKED).order_by("pk")
    chosen = one(texts(rows.values_list("pk", flat=True)), step)
    return {"message": chosen} if chosen else None


def _unpark(doing: Doing) -> str:
    message = Message.objects.get(pk=doing.what["message"])
    parking.retry(message=message, actor=doing.setting.who("director"), at=doing.at)
    return str(message.pk)


def _since(setting: Setting, step: Step) -> What | None:
    """From some earlier push on: what was carried before is carried again, in another order than it was asked for."""
    last = setting.bank.tell("GET", "/answers?limit=10000&topic=bank.payment")["next"]
    return {"since": int(step.pick * last)} if last else None


def _carry(doing: Doing) -> str:
    """The bank's pushed answers come by file as well, late, twice and out of order, while the same is asked for."""
    pushed = doing.setting.bank.tell("GET", f"/answers?limit=10000&topic=bank.payment&since={doing.what['since']}")
    bodies = [one["body"] for one in pushed["answers"] if not one["body"]["instruction_key"].startswith("PO")]
    answers = [body for body in bodies if body["status"] in FINAL]  # what went as a file is told by the statement
    folder = settings.VAR_DIR / "ferry" / doing.step.key.replace(":", "-")
    write_letters(folder / "in", "answers.jsonl", (_letter(body) for body in answers))
    done = list(ferrying.take_files(court=doing.setting.court, folder=folder, at=doing.at))
    return ",".join(f"{one.taken} new, {one.repeated} known, {one.wrong} untaken" for one in done)


def _letter(body: dict[str, Any]) -> dict[str, Any]:
    key, reference = body["instruction_key"], body["bank_reference"] or ""
    return {
        "channel": "bank.payment",
        "key": key,
        "state": FINAL[body["status"]],
        "reference": reference,
        "reply": {name: body[name] for name in ("status", "bank_reference", "reason", "at", "amount")},
    }


S = PayoutState
FINAL = {"SETTLED": "DONE", "RETURNED": "DONE", "REFUSED": "REFUSED"}
ACTS = {
    "confirm": Act(_batch(S.DRAFT), _confirm, keyed=True),
    "send": Act(_sendable, _send, keyed=True),
    "approve": Act(_questions, _approve),
    "send_back": Act(_questions, _send_back),
    "resubmit": Act(_sent_back, _resubmit),
    "void": Act(_single(*S), _void, keyed=True),
    "replace": Act(_single(S.RETURNED), _replace),
    "readdress": Act(_refunds, _readdress),
    "redraft": Act(_receipts, _redraft),
    "hold": Act(_receipts, _hold),
    "end_hold": Act(_holds, _end_hold),
    "carry_answers": Act(_since, _carry),
    "unpark": Act(_parked, _unpark),
}
