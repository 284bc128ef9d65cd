"""Freezing deposits: asked, approved, sent to the bank; what it answers is taken by ``controlling`` (民诉253; 解释485)."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from accounts.models import Court
from accounts.roles import Action
from assets.models import FreezeOrder, Preservation
from assets.models.measures import OrderState
from assets.services import holding
from assets.services.holding import NothingOwed, OverSeizure
from cases import access, locks, queries
from cases.kinds import EXECUTION_KINDS, OWING, CaseKind
from cases.models import Case, Decision, Participation, Party
from cases.services import deciding, issuing, recording
from gateways import payloads
from gateways import queries as gateway_queries
from gateways.models import Message, MessageState
from gateways.services import sending
from kernel import clock
from kernel.refusals import NotFound, Refusal
from law import freezing

__all__ = ["NothingOwed", "OverSeizure"]


class NotADebtor(Refusal):
    """Only a debtor's property is frozen."""

    message = _("%(name)s 不是本案的被执行人或被申请人，不能冻结其财产。")


class NotFreezable(Refusal):
    """The case does not carry measures."""

    message = _("%(number)s 不是在办的执行或保全执行案件，不能冻结财产。")


class IdentityMissing(Refusal):
    """The bank needs the identity number."""

    message = _("%(name)s 没有登记证件号码，银行无法冻结。请先补录。")


class AskedAlready(Refusal):
    """One question at a time about a debtor's deposits."""

    message = _("对 %(name)s 的冻结已在%(where)s，请等待结果后再提请。")


@dataclass(frozen=True)
class Ordered:
    """Facts of assets.freeze_ordered (yuan, requested end)."""

    debtor: str
    limit: Decimal
    term_end: date


@dataclass(frozen=True)
class Withdrawn:
    """Facts of assets.freeze_withdrawn."""

    debtor: str
    limit: Decimal


@transaction.atomic
def order(*, case_id: UUID, party_id: UUID, limit: Decimal, actor: Actor, at: datetime, why: str = "") -> FreezeOrder:
    """Ask for a freeze of a debtor's deposits up to ``limit`` yuan; a request that was sent back is mended.

    In a preservation case the ruling is the authority and the order goes out at once; in execution the judge approves.
    Raises NotADebtor, AskedAlready, OverSeizure, NothingOwed, IdentityMissing, NotFreezable.
    """
    case = access.locked_case_for(actor, case_id, Action.FREEZE)
    party = _debtor(case, party_id)
    if not party.id_number:
        raise IdentityMissing(name=party.name)
    row = _mended(case, party) or FreezeOrder(case=case, party=party, state=OrderState.ASKED)
    holding.check(case, limit, at)
    day = clock.day_of(at)
    rules = queries.rulebook(case.court, day)
    row.limit, row.term_end = limit, freezing.end_of_term(kind=freezing.DEPOSIT, effective_on=day, rules=rules)
    if case.kind == CaseKind.PRESERVATION:
        row.preservation = Preservation.objects.get(carried_out_in=case)
        row.save()
        _dispatch(row, case, actor, at)
        return row
    row.save()
    row.decision = deciding.ask(
        case=case, kind="assets.freeze", subject=row.symbol, actor=actor, at=at, amount=limit, why=why,
        proposal={"order": str(row.pk)},
    )  # fmt: skip
    row.save(update_fields=["decision"])
    return row


def freezable(case: Case) -> bool:
    """Whether the case can carry measures."""
    return case.is_open and case.kind in {*EXECUTION_KINDS, CaseKind.PRESERVATION}


def _debtor(case: Case, party_id: UUID) -> Party:
    if not freezable(case):
        raise NotFreezable(number=case.number)
    row = Participation.objects.filter(case=case, party_id=party_id).select_related("party").first()
    if row is None:
        raise NotFound()
    if row.role not in OWING:
        raise NotADebtor(name=row.party.name)
    return row.party


def _mended(case: Case, party: Party) -> FreezeOrder | None:
    """The request about the debtor that came back; raises AskedAlready while one is open."""
    open_rows = FreezeOrder.objects.filter(case=case, party=party).select_related("decision")
    rows = list(open_rows.filter(state__in=[OrderState.ASKED, OrderState.ORDERED]))
    for row in rows:
        if row.standing != OrderState.DROPPED:
            where = _("审批中") if row.state == OrderState.ASKED else _("等待银行反馈")
            raise AskedAlready(name=party.name, where=where)
    return rows[0] if rows else None


def carry_out(*, decision: Decision, case: Case, actor: Actor, at: datetime) -> None:
    """The judge approved: check once more, issue the ruling and send the order."""
    row = FreezeOrder.objects.select_for_update(of=("self",)).select_related("party").get(pk=decision.proposal["order"])
    holding.check(case, row.limit, at, without=row.pk)
    _dispatch(row, case, actor, at, decision)


def _dispatch(row: FreezeOrder, case: Case, actor: Actor, at: datetime, decision: Decision | None = None) -> None:
    ruling = issuing.issue(
        case=case, kind="assets.freeze_ruling", subject=row.symbol, actor=actor, at=at, decision=decision,
        signer=actor.name, more={"limit": row.limit, "until": row.term_end},
    )  # fmt: skip
    issuing.issue(
        case=case, kind="assets.assistance_notice", subject=row.symbol, actor=actor, at=at, decision=decision,
        more={"limit": row.limit, "until": row.term_end, "ruling": ruling.number},
    )  # fmt: skip
    row.state, row.ordered_at, row.ruling = OrderState.ORDERED, at, ruling.number
    row.save(update_fields=["state", "ordered_at", "ruling"])
    facts = Ordered(debtor=row.party.symbol, limit=row.limit, term_end=row.term_end)
    recording.record(case=case, verb="assets.freeze_ordered", actor=actor, at=at, subject=row.symbol, facts=facts)
    sending.send(
        court=case.court,
        channel="bank.freeze",
        kind="freeze",
        payload=payloads.FreezeOrder(
            debtor_name=row.party.name,
            id_number=row.party.id_number,
            limit=row.limit,
            term_end=row.term_end,
            ruling=row.ruling,
        ),
        key=row.key,
        about=row.symbol,
        at=at,
    )


def still_wanted(message: Message) -> bool:
    """A freeze is not sent once the order is no longer open or the debt was paid in the meantime."""
    rows = FreezeOrder.objects.select_related("case__matter__court")
    row = rows.filter(pk=message.about_key).first()
    if row is None or row.state != OrderState.ORDERED or not row.case.is_open:
        return False
    return row.case.kind == CaseKind.PRESERVATION or queries.debt(row.case.matter, clock.today()).total > 0


@transaction.atomic
def withdraw_unsent(*, order_id: UUID, at: datetime) -> bool:
    """An order that never left (the debt was paid first) ends here, so that nobody waits for the bank's answer."""
    found = FreezeOrder.objects.filter(pk=order_id).values_list("case_id", flat=True).first()
    if found is None:
        return False
    case = locks.lock(found)
    row = FreezeOrder.objects.select_for_update(of=("self",)).select_related("party").get(pk=order_id)
    messages = gateway_queries.messages_about(row.symbol).filter(kind="freeze", state=MessageState.CANCELLED)
    if row.state != OrderState.ORDERED or not messages.exists():
        return False
    row.state, row.answered_at = OrderState.DROPPED, at
    row.save(update_fields=["state", "answered_at"])
    court = Court.objects.get(pk=case.court_id)
    recording.record(
        case=case,
        verb="assets.freeze_withdrawn",
        actor=Actor.system(court, "clock"),
        at=at,
        subject=row.symbol,
        facts=Withdrawn(debtor=row.party.symbol, limit=row.limit),
    )
    return True
