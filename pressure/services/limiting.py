"""限制消费: proposed, signed by the president, lifted on performance (法释〔2015〕17号)."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from accounts.roles import Action
from cases import access, queries
from cases.models import Case, Decision, Party
from cases.services import deciding, issuing, recording
from gateways import payloads
from gateways.models import Message
from gateways.services import sending
from kernel import clock, lawful
from kernel.refusals import NotFound, Refusal
from law import consumption
from law.reasons import Findings
from pressure.models import ConsumptionLimit, Listing
from pressure.services import standing


class NotLimitable(Refusal):
    """The law does not allow the limit now."""

    message = _("现在不能对 %(name)s 限制消费：%(missing)s 项条件未满足。")


class LimitedAlready(Refusal):
    """One limit at a time."""

    message = _("%(name)s 已被限制消费。")


class StillListed(Refusal):
    """A listed debtor must stay limited (限规1)."""

    message = _("%(name)s 仍在失信名单上，应当限制消费。请先办理失信名单的删除。")


class LiftedAlready(Refusal):
    """The limit has ended."""

    message = _("限制消费已于 %(day)s 解除。")


class StillOwed(Refusal):
    """Without performance a limit is lifted on security or the creditor's consent, by the president."""

    message = _("债务尚未清偿，不能直接解除限制消费。有担保或申请执行人同意的，请提请院长决定。")


class NotLiftable(Refusal):
    """The law knows no such reason for lifting."""

    message = _("不能解除对 %(name)s 的限制消费：%(missing)s 项条件未满足。")


class ReasonMissing(Refusal):
    """The president decides on a reason."""

    message = _("请写明解除的理由和依据。")
    status = 400


@dataclass(frozen=True)
class Limited:
    """Facts of pressure.limited and pressure.limit_lifted."""

    debtor: str
    on: date
    reason: str = ""


def findings(case: Case, party: Party, at: datetime, *, read: standing.Read | None = None) -> Findings:
    """What the law says about limiting this debtor today; ``read`` spares reading the same again."""
    day, found = clock.day_of(at), read or standing.read(case, party, at)
    facts = consumption.LimitFacts(
        notice_served_on=found.served_on,
        perform_by=found.perform_by,
        performed=found.owed <= 0,
        listed=found.listed,
        is_minor=standing.is_minor(party, day),
        enough_property_held=found.enough,
    )
    return consumption.may_limit(facts=facts, at=day, rules=queries.rulebook(case.court, day))


@transaction.atomic
def propose(*, case_id: UUID, party_id: UUID, why: str, actor: Actor, at: datetime) -> Decision:
    """Ask the president for a consumption limit. Raises DebtDischarged, NotLimitable, LimitedAlready."""
    case = access.locked_case_for(actor, case_id, Action.PROPOSE_PRESSURE)
    party = standing.debtor(case, party_id)
    left = _check(case, party, at)
    return deciding.ask(
        case=case, kind="pressure.limit", subject=f"pressure.limited:{case.pk}:{str(party.pk)[-12:]}", actor=actor, at=at,
        amount=left, why=why, proposal={"party": str(party.pk)},
    )  # fmt: skip


def _check(case: Case, party: Party, at: datetime) -> Decimal:
    left = standing.require_debt(case, party, at)
    if ConsumptionLimit.objects.unended().filter(case=case, party=party).exists():
        raise LimitedAlready(name=party.name)
    standing.require_no_grace(case, party, at)
    lawful.check(findings(case, party, at), NotLimitable, name=party.name)
    return left


def carry_out(*, decision: Decision, case: Case, actor: Actor, at: datetime) -> None:
    """The president signed: check once more and impose the limit."""
    party = Party.objects.get(pk=decision.proposal["party"])
    _check(case, party, at)
    impose(case=case, party=party, decision=decision, actor=actor, at=at)


def impose(*, case: Case, party: Party, decision: Decision, actor: Actor, at: datetime) -> ConsumptionLimit:
    """Put the limit in force, issue the order and tell the centre; listing calls it too, for listing implies limiting."""
    day = clock.day_of(at)
    row = ConsumptionLimit.objects.create(case=case, party=party, decision=decision, from_on=day)
    issuing.issue(
        case=case, kind="pressure.consumption_limit_order", subject=row.symbol, actor=actor, at=at, decision=decision,
        signer=actor.name, more={"party": party},
    )  # fmt: skip
    recording.record(
        case=case, verb="pressure.limited", actor=actor, at=at, subject=row.symbol,
        facts=Limited(debtor=party.symbol, on=day),
    )  # fmt: skip
    sending.send(
        court=case.court,
        channel="list.centre",
        kind="put",
        payload=payloads.ListingPut(
            list="CONSUMPTION",
            name=party.name,
            id_number=party.id_number,
            case_number=case.number,
            court=case.court.name,
        ),
        key=f"limit:{row.pk}",
        about=row.symbol,
        at=at,
    )
    return row


@transaction.atomic
def lift(*, limit_id: UUID, reason: str, actor: Actor, at: datetime) -> ConsumptionLimit:
    """Lift a limit when the debt is discharged (限规9). Raises StillOwed, StillListed, LiftedAlready."""
    row, case = _liftable(limit_id, actor)
    if standing.owed(case, row.party, at) > 0:
        raise StillOwed()
    return end(row=row, case=case, reason=reason, actor=actor, at=at)


@transaction.atomic
def propose_lift(*, limit_id: UUID, cause: str, why: str, actor: Actor, at: datetime) -> Decision:
    """Ask the president to lift a limit on security, the creditor's consent or another cause (限规9; 法发〔2019〕35号17).

    Raises NotLiftable, StillListed, LiftedAlready, AlreadyAsked.
    """
    row, case = _liftable(limit_id, actor)
    found = consumption.LiftCause(cause)
    lawful.check(consumption.may_lift(facts=consumption.LiftFacts(cause=found, not_controller_shown=bool(why.strip()))),
                 NotLiftable, name=row.party.name)  # fmt: skip
    if not why.strip():
        raise ReasonMissing(field="why")
    return deciding.ask(
        case=case, kind="pressure.lift", subject=row.symbol, actor=actor, at=at, why=why,
        proposal={"limit": str(row.pk), "cause": found},
    )  # fmt: skip


def carry_out_lift(*, decision: Decision, case: Case, actor: Actor, at: datetime) -> None:
    """The president agreed to lift."""
    row = ConsumptionLimit.objects.select_for_update(of=("self",)).select_related("party").get(
        pk=decision.proposal["limit"]
    )  # fmt: skip
    if row.ended_on is not None:
        raise LiftedAlready(day=row.ended_on)
    _refuse_listed(row, case)
    end(row=row, case=case, reason=decision.why, actor=actor, at=at)


def _liftable(limit_id: UUID, actor: Actor) -> tuple[ConsumptionLimit, Case]:
    found = ConsumptionLimit.objects.filter(pk=limit_id, case__court_id=actor.court_id)
    case_id = found.values_list("case_id", flat=True).first()
    if case_id is None:
        raise NotFound()
    case = access.locked_case_for(actor, case_id, Action.PROPOSE_PRESSURE)
    row = ConsumptionLimit.objects.select_for_update(of=("self",)).select_related("party").get(pk=limit_id)
    if row.ended_on is not None:
        raise LiftedAlready(day=row.ended_on)
    _refuse_listed(row, case)
    return row, case


def _refuse_listed(row: ConsumptionLimit, case: Case) -> None:
    if Listing.objects.unended().filter(case=case, party=row.party).exists():
        raise StillListed(name=row.party.name)


def end(*, row: ConsumptionLimit, case: Case, reason: str, actor: Actor, at: datetime) -> ConsumptionLimit:
    """End the limit and take it off the list."""
    row.ended_on, row.ended_why = clock.day_of(at), reason[:100]
    row.save(update_fields=["ended_on", "ended_why"])
    recording.record(
        case=case,
        verb="pressure.limit_lifted",
        actor=actor,
        at=at,
        subject=row.symbol,
        facts=Limited(debtor=row.party.symbol, on=row.ended_on, reason=reason),
    )
    sending.send(
        court=case.court,
        channel="list.centre",
        kind="remove",
        payload=payloads.ListingRemove(listing_key=f"limit:{row.pk}", reason=reason),
        key=f"limit-lift:{row.pk}",
        about=row.symbol,
        at=at,
    )
    return row


def still_wanted(message: Message) -> bool:
    """A limit that was lifted before it left is not sent."""
    return ConsumptionLimit.objects.filter(pk=message.about_key, ended_on__isnull=True).exists()
