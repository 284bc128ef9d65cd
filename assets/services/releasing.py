"""Renewing, releasing, levying and lapsing of freezes (解释485; 查规27, 28; 保规18, 23)."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from accounts.models import Court
from accounts.roles import Action
from assets.models import FreezeOrder, Levy, Measure, Preservation
from assets.models.measures import OrderState
from assets.models.preservations import PreservationState
from cases import access, facts, locks, queries
from cases.declaring import Symbol
from cases.models import Case, Decision
from cases.services import deciding, issuing, recording
from gateways import payloads
from gateways.models import Message
from gateways.services import sending
from kernel import clock
from kernel.refusals import NotFound, Refusal
from law import freezing


class NotInForce(Refusal):
    """The freeze is not in force."""

    message = _("这项冻结现在是“%(state)s”，不能办理。")


class MoreThanFrozen(Refusal):
    """A levy takes what is frozen at most."""

    message = _("扣划 %(amount)s 元，超过已冻结的 %(frozen)s 元。")
    status = 400


class MoreThanOwed(Refusal):
    """A levy takes what is owed at most."""

    message = _("扣划 %(amount)s 元，超过现欠的 %(owed)s 元。")
    status = 400


class LapsedAlready(Refusal):
    """A renewal must be complete before the last day; a lapsed freeze takes a new rank (FRZ-EXPIRE)."""

    message = _("冻结已于 %(day)s 届满失效，不能续行，只能重新冻结并重新排队。")


class NoAccount(Refusal):
    """A levy needs the case's own account."""

    message = _("本案还没有案款账号，不能扣划。请先由案款人员开立。")


@dataclass(frozen=True)
class Amount:
    """Facts of release and levy events (yuan)."""

    debtor: str
    amount: Decimal
    reason: str = ""


@dataclass(frozen=True)
class Renewed:
    """Facts of assets.freeze_renewed."""

    debtor: str
    last_day: date


@dataclass(frozen=True)
class Lapsed:
    """Facts of assets.freeze_lapsed."""

    debtor: str
    amount: Decimal
    last_day: date


def _order(actor: Actor, order_id: UUID, states: set[OrderState], to: Action) -> tuple[FreezeOrder, Case]:
    found = (
        FreezeOrder.objects.filter(pk=order_id, case__court_id=actor.court_id).values_list("case_id", flat=True).first()
    )
    if found is None:
        raise NotFound()
    case = access.locked_case_for(actor, found, to)
    row = FreezeOrder.objects.select_for_update(of=("self",)).select_related("party").get(pk=order_id)
    if row.state not in states:
        raise NotInForce(state=row.get_state_display())
    return row, case


@transaction.atomic
def ask_release(*, order_id: UUID, reason: str, actor: Actor, at: datetime) -> Decision:
    """Ask the judge to release a freeze (PRES-LIFT-COND, FRZ-RELEASE)."""
    row, case = _order(actor, order_id, {OrderState.EFFECTIVE}, Action.FREEZE)
    return deciding.ask(
        case=case, kind="assets.release", subject=row.symbol, actor=actor, at=at, amount=row.frozen, why=reason,
        proposal={"order": str(row.pk), "reason": reason},
    )  # fmt: skip


def release(*, decision: Decision, case: Case, actor: Actor, at: datetime) -> None:
    """The judge approved: the ruling goes out and the bank is told to release."""
    row = FreezeOrder.objects.select_for_update(of=("self",)).get(pk=decision.proposal["order"])
    if row.state != OrderState.EFFECTIVE:
        raise NotInForce(state=row.get_state_display())
    ruling = issuing.issue(
        case=case, kind="assets.release_ruling", subject=row.symbol, actor=actor, at=at, decision=decision,
        signer=actor.name, more={"reason": decision.proposal.get("reason", "")},
    )  # fmt: skip
    row.state = OrderState.RELEASING
    row.save(update_fields=["state"])
    sending.send(
        court=case.court,
        channel="bank.freeze",
        kind="release",
        payload=payloads.FreezeRelease(freeze_key=row.key, ruling=ruling.number),
        key=f"release:{row.pk}",
        about=row.symbol,
        at=at,
    )
    recording.record(
        case=case,
        verb="assets.release_ordered",
        actor=actor,
        at=at,
        subject=row.symbol,
        facts=Amount(debtor=row.party.symbol, amount=row.frozen or Decimal("0.00"), reason=decision.proposal["reason"]),
    )


def take_release(*, message: Message, reply: payloads.OrderReply, actor: Actor, at: datetime) -> None:
    """The bank released: the measures end, and a lifted preservation is marked so."""
    case = locks.lock(FreezeOrder.objects.values_list("case_id", flat=True).get(pk=message.about_key))
    row = FreezeOrder.objects.select_for_update(of=("self",)).select_related("party").get(pk=message.about_key)
    if row.state != OrderState.RELEASING:
        return
    if reply.status != "DONE":
        row.state, row.refusal = OrderState.EFFECTIVE, reply.reason[:200]
        row.save(update_fields=["state", "refusal"])
        return
    _end(row, clock.day_of(at), str(_("解除")), OrderState.RELEASED)
    Preservation.objects.filter(carried_out_in=case, state=PreservationState.RULED).update(
        state=PreservationState.LIFTED, lifted_at=at
    )
    recording.record(
        case=case,
        verb="assets.freeze_released",
        actor=actor,
        at=at,
        subject=row.symbol,
        facts=Amount(debtor=row.party.symbol, amount=row.frozen or Decimal("0.00")),
    )


def _end(row: FreezeOrder, on: date, why: str, state: OrderState) -> None:
    Measure.objects.filter(order=row, ended_on__isnull=True).update(ended_on=on, ended_why=why)
    row.state = state
    row.save(update_fields=["state"])


@transaction.atomic
def renew(*, order_id: UUID, actor: Actor, at: datetime) -> FreezeOrder:
    """Renew a freeze for another term from its old end (解释485). Raises LapsedAlready, NotInForce."""
    row, case = _order(actor, order_id, {OrderState.EFFECTIVE}, Action.FREEZE)
    end = Measure.objects.filter(order=row).holding().order_by("last_day").values_list("last_day", flat=True).first()
    day = clock.day_of(at)
    try:
        until = freezing.renewed_end(kind=freezing.DEPOSIT, end=end or day, completed_on=day)
    except freezing.AlreadyLapsed as error:
        raise LapsedAlready(day=end) from error
    ruling = issuing.issue(
        case=case, kind="assets.freeze_ruling", subject=row.symbol, actor=actor, at=at, signer=actor.name,
        more={"limit": row.limit, "until": until, "renewal": True},
    )  # fmt: skip
    row.renewals += 1
    row.term_end = until
    row.save(update_fields=["renewals", "term_end"])
    sending.send(
        court=case.court,
        channel="bank.freeze",
        kind="renew",
        payload=payloads.FreezeRenewal(freeze_key=row.key, term_end=until, ruling=ruling.number),
        key=f"renew:{row.pk}:{row.renewals}",
        about=row.symbol,
        at=at,
    )
    facts_ = Renewed(debtor=row.party.symbol, last_day=until)
    recording.record(case=case, verb="assets.renewal_ordered", actor=actor, at=at, subject=row.symbol, facts=facts_)
    return row


def take_renewal(*, message: Message, reply: payloads.OrderReply, actor: Actor, at: datetime) -> None:
    """The bank renewed: the measures run on to the day that it named."""
    case = locks.lock(FreezeOrder.objects.values_list("case_id", flat=True).get(pk=message.about_key))
    row = FreezeOrder.objects.select_for_update(of=("self",)).select_related("party").get(pk=message.about_key)
    if reply.status != "DONE" or row.state != OrderState.EFFECTIVE:
        return
    until = reply.end or row.term_end
    Measure.objects.filter(order=row).holding().update(last_day=until)
    facts_ = Renewed(debtor=row.party.symbol, last_day=until)
    recording.record(case=case, verb="assets.freeze_renewed", actor=actor, at=at, subject=row.symbol, facts=facts_)


@transaction.atomic
def ask_levy(*, order_id: UUID, amount: Decimal, actor: Actor, at: datetime) -> Levy:
    """Ask the judge to levy frozen money to the case's own account. Raises MoreThanFrozen, MoreThanOwed, NoAccount."""
    row, case = _order(actor, order_id, {OrderState.EFFECTIVE}, Action.FREEZE)
    _check_levy(row, case, amount, at)
    levy = Levy.objects.create(order=row, case=case, amount=amount)
    levy.decision = deciding.ask(
        case=case, kind="assets.levy", subject=levy.symbol, actor=actor, at=at, amount=amount,
        proposal={"levy": str(levy.pk)},
    )  # fmt: skip
    levy.save(update_fields=["decision"])
    return levy


def _check_levy(row: FreezeOrder, case: Case, amount: Decimal, at: datetime) -> None:
    frozen = row.frozen or Decimal("0.00")
    if amount > frozen:
        raise MoreThanFrozen(amount=f"{amount:,.2f}", frozen=f"{frozen:,.2f}")
    owed = queries.debt(case.matter, clock.day_of(at)).total
    if amount > owed:
        raise MoreThanOwed(amount=f"{amount:,.2f}", owed=f"{owed:,.2f}")
    if not facts.read(facts.SUB_ACCOUNT, case=case, at=at):
        raise NoAccount()


def levy(*, decision: Decision, case: Case, actor: Actor, at: datetime) -> None:
    """The judge approved: the bank moves the money to the case's own account."""
    row = Levy.objects.select_for_update(of=("self",)).select_related("order__party").get(pk=decision.proposal["levy"])
    order = FreezeOrder.objects.select_for_update(of=("self",)).get(pk=row.order_id)
    if order.state != OrderState.EFFECTIVE:
        raise NotInForce(state=order.get_state_display())
    _check_levy(order, case, row.amount, at)
    row.state = OrderState.ORDERED
    row.save(update_fields=["state"])
    sending.send(
        court=case.court,
        channel="bank.freeze",
        kind="levy",
        payload=payloads.Levy(
            freeze_key=order.key,
            ruling=order.ruling,
            amount=row.amount,
            to_sub_account=facts.read(facts.SUB_ACCOUNT, case=case, at=at),
            remark=case.number,
        ),
        key=f"levy:{row.pk}",
        about=row.symbol,
        at=at,
    )
    facts_ = Amount(debtor=order.party.symbol, amount=row.amount)
    recording.record(case=case, verb="assets.levy_ordered", actor=actor, at=at, subject=row.symbol, facts=facts_)


def take_levy(*, message: Message, reply: payloads.OrderReply, actor: Actor, at: datetime) -> None:
    """The bank levied: the frozen amount falls; the money arrives as a receipt of its own."""
    case = locks.lock(Levy.objects.values_list("case_id", flat=True).get(pk=message.about_key))
    row = Levy.objects.select_for_update(of=("self",)).get(pk=message.about_key)
    order = FreezeOrder.objects.select_for_update(of=("self",)).select_related("party").get(pk=row.order_id)
    if row.state != OrderState.ORDERED:
        return
    if reply.status != "DONE":
        row.state, row.refusal, row.answered_at = OrderState.REFUSED, reply.reason[:200], at
        row.save(update_fields=["state", "refusal", "answered_at"])
        return
    row.state, row.answered_at = OrderState.EFFECTIVE, at
    row.save(update_fields=["state", "answered_at"])
    _lower(order, row.amount)
    facts_ = Amount(debtor=order.party.symbol, amount=row.amount)
    recording.record(case=case, verb="assets.levied", actor=actor, at=at, subject=Symbol(row.symbol), facts=facts_)


def _lower(order: FreezeOrder, amount: Decimal) -> None:
    order.frozen = max((order.frozen or Decimal("0.00")) - amount, Decimal("0.00"))
    order.save(update_fields=["frozen"])
    left = amount
    for measure in Measure.objects.select_for_update().filter(order=order).holding().order_by("-held"):
        taken = min(measure.held, left)
        measure.held -= taken
        left -= taken
        measure.save(update_fields=["held"])


@transaction.atomic
def lapse(*, order_id: UUID, at: datetime) -> bool:
    """A freeze whose last day has passed has ended by itself; say so once (FRZ-EXPIRE)."""
    found = FreezeOrder.objects.filter(pk=order_id).values_list("case_id", flat=True).first()
    if found is None:
        return False
    case = locks.lock(found)
    row = FreezeOrder.objects.select_for_update(of=("self",)).select_related("party").get(pk=order_id)
    day = clock.day_of(at)
    rows = Measure.objects.filter(order=row).holding()
    last = max((measure.last_day for measure in rows if measure.last_day), default=None)
    if row.state != OrderState.EFFECTIVE or last is None or last >= day:
        return False
    amount = row.frozen or Decimal("0.00")
    _end(row, last, str(_("届满失效")), OrderState.LAPSED)
    court = Court.objects.get(pk=case.court_id)
    recording.record(
        case=case,
        verb="assets.freeze_lapsed",
        actor=Actor.system(court, "clock"),
        at=at,
        happened_at=min(clock.end_of(last), at),
        subject=row.symbol,
        facts=Lapsed(debtor=row.party.symbol, amount=amount, last_day=last),
    )
    return True
