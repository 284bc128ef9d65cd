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


@dataclass(frozen=True)
class Limited:
    """Facts of pressure.limited and pressure.limit_lifted."""

    debtor: str
    on: date
    reason: str = ""


def findings(case: Case, party: Party, at: datetime) -> Findings:
    """What the law says about limiting this debtor today."""
    day = clock.day_of(at)
    facts = consumption.LimitFacts(
        notice_served_on=standing.notice_served_on(case, party),
        perform_by=standing.perform_by(case),
        performed=standing.owed(case, at) <= 0,
        listed=Listing.objects.unended().filter(case=case, party=party).exists(),
        is_minor=standing.is_minor(party, day),
        enough_property_held=standing.enough_held(case, at),
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
    left = standing.require_debt(case, at)
    if ConsumptionLimit.objects.unended().filter(case=case, party=party).exists():
        raise LimitedAlready(name=party.name)
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
    """Lift a limit when the debt is discharged (限规9). Raises StillOwed, StillListed."""
    found = ConsumptionLimit.objects.filter(pk=limit_id, case__court_id=actor.court_id).values_list(
        "case_id", flat=True
    )
    case_id = found.first()
    if case_id is None:
        raise NotFound()
    case = access.locked_case_for(actor, case_id, Action.PROPOSE_PRESSURE)
    row = ConsumptionLimit.objects.select_for_update(of=("self",)).select_related("party").get(pk=limit_id)
    if row.ended_on is not None:
        raise LiftedAlready(day=row.ended_on)
    if Listing.objects.unended().filter(case=case, party=row.party).exists():
        raise StillListed(name=row.party.name)
    if standing.owed(case, at) > 0:
        raise StillOwed()
    return end(row=row, case=case, reason=reason, actor=actor, at=at)


class LiftedAlready(Refusal):
    """The limit has ended."""

    message = _("限制消费已于 %(day)s 解除。")


class StillOwed(Refusal):
    """Without performance a limit is lifted on security or the creditor's consent, by the president."""

    message = _("债务尚未清偿，不能直接解除限制消费。有担保或申请执行人同意的，请提请院长决定。")


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
