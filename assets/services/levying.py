"""Levying frozen money to the case's own account; the money itself arrives as a receipt of kind LEVY (民诉253)."""

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from accounts.roles import Action
from assets import queries as asset_queries
from assets.models import FreezeOrder, Levy, Measure
from assets.models.measures import OrderState
from assets.services import taking_over
from assets.services.releasing import Amount, NotReleased
from assets.services.taking_over import NotInForce
from cases import facts, locks, queries
from cases.kinds import EXECUTION_KINDS
from cases.models import Case, Decision
from cases.services import deciding, issuing, recording
from gateways import payloads
from gateways.models import Message
from gateways.services import sending
from kernel import clock
from kernel.refusals import Refusal

ZERO = Decimal("0.00")


class MoreThanFrozen(Refusal):
    """A levy takes what is frozen at most; what other levies are taking is taken off."""

    message = _("扣划 %(amount)s 元，超过可扣划的冻结存款 %(frozen)s 元。")
    status = 400


class MoreThanOwed(Refusal):
    """A levy takes what is owed at most; what other levies bring is taken off."""

    message = _("扣划 %(amount)s 元，超过尚需扣划的欠款 %(owed)s 元。")
    status = 400


class NotInExecution(Refusal):
    """Preserved money is only kept; it is levied once there is an execution case."""

    message = _("%(number)s 是保全案件，只能冻结，不能扣划。立案执行后在执行案件中办理。")


class NoAccount(Refusal):
    """A levy needs the case's own account."""

    message = _("本案还没有案款账号，不能扣划。请先由案款人员开立。")


@transaction.atomic
def ask(*, order_id: UUID, amount: Decimal, actor: Actor, at: datetime) -> Levy:
    """Ask the judge to levy frozen money; one that was sent back is mended.

    Raises MoreThanFrozen, MoreThanOwed, NoAccount, NotInExecution, NotInForce.
    """
    row, case = taking_over.acting(
        order_id=order_id, states={OrderState.EFFECTIVE}, to=Action.FREEZE, actor=actor, at=at
    )
    _check(row, case, amount, at)
    levy = _returned(row) or Levy(order=row, case=case)
    levy.case, levy.amount = case, amount
    levy.save()
    levy.decision = deciding.ask(
        case=case, kind="assets.levy", subject=levy.symbol, actor=actor, at=at, amount=amount,
        proposal={"levy": str(levy.pk)},
    )  # fmt: skip
    levy.save(update_fields=["decision"])
    return levy


def _returned(order: FreezeOrder) -> Levy | None:
    rows = order.levies.filter(state=OrderState.ASKED).select_related("decision")
    return next((levy for levy in rows if levy.standing == OrderState.DROPPED), None)


def available(row: FreezeOrder, case: Case, at: datetime, *, without: UUID | None = None) -> tuple[Decimal, Decimal]:
    """What may be levied of the order, and of the debt (yuan), when levies on their way are taken off."""
    on_the_way = row.levies.on_the_way()
    taken = sum((levy.amount for levy in (on_the_way.exclude(pk=without) if without else on_the_way)), ZERO)
    owed = queries.debt(case.matter, clock.day_of(at)).total - asset_queries.being_levied(case, without=without)
    return max((row.frozen or ZERO) - taken, ZERO), max(owed, ZERO)


def _check(row: FreezeOrder, case: Case, amount: Decimal, at: datetime, *, without: UUID | None = None) -> None:
    if case.kind not in EXECUTION_KINDS or not case.is_open:
        raise NotInExecution(number=case.number)
    frozen, owed = available(row, case, at, without=without)
    if amount > frozen:
        raise MoreThanFrozen(amount=f"{amount:,.2f}", frozen=f"{frozen:,.2f}", field="amount")
    if amount > owed:
        raise MoreThanOwed(amount=f"{amount:,.2f}", owed=f"{owed:,.2f}", field="amount")
    if not facts.read(facts.SUB_ACCOUNT, case=case, at=at):
        raise NoAccount()


def carry_out(*, decision: Decision, case: Case, actor: Actor, at: datetime) -> None:
    """The judge approved: check once more; the ruling goes out and the bank moves the money to the case's account."""
    row = Levy.objects.select_for_update(of=("self",)).get(pk=decision.proposal["levy"])
    order = FreezeOrder.objects.select_for_update(of=("self",)).select_related("party").get(pk=row.order_id)
    if order.state != OrderState.EFFECTIVE:
        raise NotInForce(state=order.get_state_display())
    _check(order, case, row.amount, at, without=row.pk)
    ruling = issuing.issue(
        case=case, kind="assets.levy_ruling", subject=row.symbol, actor=actor, at=at, decision=decision,
        signer=actor.name, more={"amount": row.amount},
    )  # fmt: skip
    row.state = OrderState.ORDERED
    row.save(update_fields=["state"])
    account = facts.read(facts.SUB_ACCOUNT, case=case, at=at)
    issuing.issue(
        case=case, kind="assets.levy_notice", subject=row.symbol, actor=actor, at=at, decision=decision,
        more={"amount": row.amount, "ruling": ruling.number, "account": account},
    )  # fmt: skip
    sending.send(
        court=case.court,
        channel="bank.freeze",
        kind="levy",
        payload=payloads.Levy(
            freeze_key=order.key,
            ruling=ruling.number,
            amount=row.amount,
            to_sub_account=account,
            remark=f"法院扣划 {case.number}",
        ),
        key=f"levy:{row.pk}",
        about=row.symbol,
        at=at,
    )
    told = Amount(debtor=order.party.symbol, amount=row.amount)
    recording.record(case=case, verb="assets.levy_ordered", actor=actor, at=at, subject=row.symbol, facts=told)


def take_answer(*, message: Message, reply: payloads.OrderReply, actor: Actor, at: datetime) -> None:
    """The bank levied: the frozen amount falls; the money arrives as a receipt of its own. A refusal is told."""
    case = locks.lock(Levy.objects.values_list("case_id", flat=True).get(pk=message.about_key))
    row = Levy.objects.select_for_update(of=("self",)).get(pk=message.about_key)
    order = FreezeOrder.objects.select_for_update(of=("self",)).select_related("party").get(pk=row.order_id)
    if row.state != OrderState.ORDERED:
        return
    row.answered_at = at
    if reply.status != "DONE":
        row.state, row.refusal = OrderState.REFUSED, reply.reason[:200]
        row.save(update_fields=["state", "refusal", "answered_at"])
        told = NotReleased(debtor=order.party.symbol, amount=row.amount, reason=row.refusal)
        recording.record(case=case, verb="assets.levy_refused", actor=actor, at=at, subject=row.symbol, facts=told)
        return
    row.state = OrderState.EFFECTIVE
    row.save(update_fields=["state", "answered_at"])
    _lower(order, row.amount)
    done = Amount(debtor=order.party.symbol, amount=row.amount)
    recording.record(case=case, verb="assets.levied", actor=actor, at=at, subject=row.symbol, facts=done)


def _lower(order: FreezeOrder, amount: Decimal) -> None:
    order.frozen = max((order.frozen or ZERO) - amount, ZERO)
    order.save(update_fields=["frozen"])
    left = amount
    for measure in Measure.objects.select_for_update().filter(order=order).holding().order_by("-held", "id"):
        taken = min(measure.held, left)
        measure.held -= taken
        left -= taken
        measure.save(update_fields=["held"])
