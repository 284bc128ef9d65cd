"""Transferring (移送执行): the property part of a criminal judgment is executed for the state and for the victims (刑事涉财执行规定).

Nobody applies: the criminal chamber hands the judgment over. Fines and confiscations have no private payee; no execution fee
is charged. The items stand in the order in which they are satisfied: restitution, fine, confiscation (DIST-CRIM).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts import policy
from accounts.actors import Actor
from accounts.models import Court
from accounts.roles import Action
from cases.kinds import CRIMINAL, CaseKind, ItemNature, ParticipationRole
from cases.models import Case, ItemPayer, JudgmentItem, Matter, Party
from cases.services import filing, parties, recording
from cases.services.parties import PartyInput
from kernel import clock, text
from kernel.refusals import Refusal
from law.case_number import Malformed, parse


class JudgmentUnclear(Refusal):
    """The judgment that is handed over must be named and in effect."""

    message = _("请填写刑事裁判的案号、罪名和不晚于今天的生效日。")
    status = 400


class NothingOrdered(Refusal):
    """A transfer executes at least one order about property."""

    message = _("请至少填写一项财产判项：责令退赔须写明被害人，金额须大于零。")
    status = 400


@dataclass(frozen=True)
class Order:
    """One order of the judgment about property (yuan); only restitution names a payee."""

    nature: ItemNature
    amount: Decimal
    payee: PartyInput | None = None


@dataclass(frozen=True)
class Transfer:
    """What the criminal chamber hands over."""

    judgment: str
    offence: str
    effective_on: date
    convict: PartyInput
    orders: Sequence[Order]


@dataclass(frozen=True)
class Transferred:
    """Facts of cases.transferred: the judgment's number, its day of effect, the sum ordered (yuan)."""

    judgment: str
    effective_on: date
    amount: Decimal


@transaction.atomic
def file(*, court: Court, given: Transfer, actor: Actor, at: datetime) -> Case:
    """File the execution of a criminal judgment's property part. Raises JudgmentUnclear, NothingOrdered, WrongIdentity."""
    policy.require(actor, Action.FILE)
    judgment, offence = _judgment(given, at)
    orders = sorted(given.orders, key=lambda order: CRIMINAL.index(order.nature))
    if not orders or not all(_is_clear(order) for order in orders):
        raise NothingOrdered()
    convict = parties.enter(court=court, given=given.convict)
    victims = {id(order): parties.enter(court=court, given=order.payee) for order in orders if order.payee}
    total = sum((order.amount for order in orders), Decimal("0.00"))
    matter = Matter.objects.create(court=court, cause=offence, opened_on=clock.day_of(at))
    creditors = list(dict.fromkeys(victims.values()))
    sides: dict[ParticipationRole, Sequence[Party]] = {ParticipationRole.DEBTOR: [convict]}
    if creditors:
        sides[ParticipationRole.CREDITOR] = creditors
    case = filing.open_case(
        matter=matter, kind=CaseKind.EXECUTION, sides=sides, actor=actor, at=at, claimed=total, fee=None
    )
    for ordinal, order in enumerate(orders, start=1):
        _item(case, ordinal, order, victims.get(id(order)), convict, given.effective_on, judgment)
    facts = Transferred(judgment=judgment, effective_on=given.effective_on, amount=total)
    recording.record(case=case, verb="cases.transferred", actor=actor, at=at, facts=facts)
    return case


def _judgment(given: Transfer, at: datetime) -> tuple[str, str]:
    offence = text.clean_name(given.offence)
    try:
        judgment = parse(given.judgment).text
    except Malformed as error:
        raise JudgmentUnclear() from error
    if not offence or given.effective_on > clock.day_of(at):
        raise JudgmentUnclear()
    return judgment, offence


def _is_clear(order: Order) -> bool:
    """Restitution goes to a victim, everything else to the state."""
    return order.amount > 0 and (order.payee is not None) == (order.nature == ItemNature.RESTITUTION)


def _item(
    case: Case, ordinal: int, order: Order, payee: Party | None, payer: Party, due_on: date, judgment: str
) -> None:
    row = JudgmentItem.objects.create(
        matter=case.matter,
        case=case,
        ordinal=ordinal,
        nature=order.nature,
        text=f"{judgment}刑事裁判：{ItemNature(order.nature).label}",
        payee=payee,
        amount=order.amount,
        due_on=due_on,
    )
    ItemPayer.objects.create(item=row, party=payer)
