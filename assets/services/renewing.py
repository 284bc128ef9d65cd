"""Renewing a freeze before its last day: a judge rules, the bank's answer names the new end (解释485②③; 保规18)."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts import policy
from accounts.actors import Actor
from accounts.roles import Action
from assets.models import FreezeOrder, Measure
from assets.models.measures import OrderState
from assets.services import controlling, taking_over
from cases import queries
from cases.models import Case, Decision
from cases.services import deciding, issuing, recording
from gateways import payloads
from gateways import queries as gateway_queries
from gateways.models import OPEN, Message
from gateways.services import sending
from kernel import clock
from kernel.refusals import Refusal
from kernel.templatetags import dates
from law import freezing


class LapsedAlready(Refusal):
    """A renewal must be complete before the last day; a lapsed freeze takes a new rank (FRZ-EXPIRE)."""

    message = _("冻结已于 %(day)s 届满失效，不能续行，只能重新冻结并重新排队。")


class NothingToRenew(Refusal):
    """A waiting freeze runs no term (FRZ-WAIT-TERM)."""

    message = _("这项冻结都在轮候，轮候期间不计算期限，不需要续行。")


class RenewalOnItsWay(Refusal):
    """The bank has not answered the last renewal."""

    message = _("续行冻结已发银行，尚未反馈，不必重复办理。")


@dataclass(frozen=True)
class Renewed:
    """Facts of assets.renewal_ordered and assets.freeze_renewed."""

    debtor: str
    last_day: date


@dataclass(frozen=True)
class NotRenewed:
    """Facts of assets.renewal_refused: the end stays what it was."""

    debtor: str
    last_day: date | None
    reason: str


@transaction.atomic
def renew(*, order_id: UUID, actor: Actor, at: datetime) -> FreezeOrder | Decision:
    """Renew a freeze for another term from its old end.

    A judge of the field team orders it by the own authority; anybody else with the right to freeze asks the judge, and
    the decision is returned. Raises LapsedAlready, NothingToRenew, RenewalOnItsWay, NotInForce, AlreadyAsked.
    """
    row, case = taking_over.acting(
        order_id=order_id, states={OrderState.EFFECTIVE}, to=Action.FREEZE, actor=actor, at=at
    )
    until = new_end(row, at)
    if policy.may(actor, Action.APPROVE_MEASURE):
        _send(row, case, until, actor, at)
        return row
    return deciding.ask(
        case=case, kind="assets.renewal", subject=row.symbol, actor=actor, at=at, amount=row.frozen,
        proposal={"order": str(row.pk), "until": until},
    )  # fmt: skip


def new_end(row: FreezeOrder, at: datetime) -> date:
    """The last day of the next term: the old end and at most one year more."""
    if on_its_way(row):
        raise RenewalOnItsWay()
    measures = Measure.objects.filter(order=row).holding().filter(last_day__isnull=False)
    end = measures.order_by("last_day").values_list("last_day", flat=True).first()
    if end is None:
        raise NothingToRenew()
    day = clock.day_of(at)
    try:
        return freezing.renewed_end(
            kind=freezing.DEPOSIT, end=end, completed_on=day, rules=queries.rulebook(row.case.court, day)
        )
    except freezing.AlreadyLapsed as error:
        raise LapsedAlready(day=dates.full_day_text(end)) from error


def on_its_way(row: FreezeOrder) -> bool:
    """Whether the bank has a renewal that it has not answered."""
    return gateway_queries.messages_about(row.symbol).filter(kind="renew", state__in=OPEN).exists()


def carry_out(*, decision: Decision, case: Case, actor: Actor, at: datetime) -> None:
    """The judge approved the renewal."""
    row = FreezeOrder.objects.select_for_update(of=("self",)).select_related("party", "case__court").get(
        pk=decision.proposal["order"]
    )  # fmt: skip
    if row.state != OrderState.EFFECTIVE:
        raise taking_over.NotInForce(state=row.get_state_display())
    _send(row, case, new_end(row, at), actor, at, decision)


def _send(
    row: FreezeOrder, case: Case, until: date, actor: Actor, at: datetime, decision: Decision | None = None
) -> None:
    ruling = issuing.issue(
        case=case, kind="assets.freeze_ruling", subject=row.symbol, actor=actor, at=at, decision=decision,
        signer=actor.name, more={"limit": row.limit, "until": until, "renewal": True},
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
    facts = Renewed(debtor=row.party.symbol, last_day=until)
    recording.record(case=case, verb="assets.renewal_ordered", actor=actor, at=at, subject=row.symbol, facts=facts)


def take_answer(*, message: Message, reply: payloads.OrderReply, actor: Actor, at: datetime) -> None:
    """The bank renewed: the measures run on to the day that it named. A refusal leaves the end, and the duty, standing."""
    row, case = controlling.locked(message.about_key)
    if row.state != OrderState.EFFECTIVE:
        return
    measures = Measure.objects.filter(order=row).holding()
    if reply.status == "DONE":
        until = reply.end or message.payload_object.term_end
        measures.update(last_day=until)
        renewed = Renewed(debtor=row.party.symbol, last_day=until)
        recording.record(case=case, verb="assets.freeze_renewed", actor=actor, at=at, subject=row.symbol, facts=renewed)
        return
    end = measures.order_by("last_day").values_list("last_day", flat=True).first()
    refused = NotRenewed(debtor=row.party.symbol, last_day=end, reason=reply.reason[:200])
    recording.record(case=case, verb="assets.renewal_refused", actor=actor, at=at, subject=row.symbol, facts=refused)
