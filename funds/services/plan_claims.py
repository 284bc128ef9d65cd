"""The rows that a case brings into a plan: its fee, and what each of its creditors is still to receive on the plan's day."""

from datetime import date
from decimal import Decimal

from cases import queries
from cases.kinds import EXECUTION_KINDS, OWING, PartyKind
from cases.models import Case, JudgmentItem, Participation, Party
from cases.papermaking import wording
from funds.kinds.distribution import DebtorKind, PlanRank
from funds.models import PlanClaim
from funds.services.splitting import FEE, ITEM
from kernel.money import ZERO
from law.appropriation import Component, Parts

FEE_LABEL = "申请执行费"
TREASURY_LABEL = "国库"
NOT_COMPANIES = ("个人独资", "合伙", "工作室", "经营部", "商店", "合作社", "协会", "村民委员会", "居民委员会")


def propose(*, case: Case, debtor: Party, on: date) -> list[PlanClaim]:
    """The rows of a case against a debtor as the law reckons them at the end of a day (yuan); not saved, not numbered."""
    owed = queries.debt(case.matter, on).by_item
    items = (
        JudgmentItem.objects.filter(matter=case.matter_id, payers=debtor).select_related("payee").order_by("ordinal")
    )
    sums: dict[Party | None, Parts] = {}
    for item in items:
        parts = owed.get(f"{ITEM}{item.pk}", Parts())
        sums[item.payee] = _add(sums.get(item.payee, Parts()), parts)
    basis = wording.basis(case)
    rows = [_fee(case, sum((parts.total for key, parts in owed.items() if key.startswith(FEE)), ZERO))]
    rows += [_row(case, party, parts, basis) for party, parts in sums.items()]
    return [row for row in rows if row is not None and row.amount + row.doubled > 0]


def kind_of(debtor: Party) -> DebtorKind:
    """What the debtor probably is; the executor decides (a credit code that begins with 91 is a business)."""
    if debtor.kind == PartyKind.PERSON:
        return DebtorKind.NATURAL_PERSON
    if any(word in debtor.name for word in NOT_COMPANIES):
        return DebtorKind.OTHER_ORGANISATION
    business = debtor.id_number.startswith("91") or "公司" in debtor.name
    return DebtorKind.COMPANY if business else DebtorKind.OTHER_ORGANISATION


def debtors(case: Case) -> list[Party]:
    """Those who owe in a case, in their order."""
    rows = Participation.objects.filter(case=case, role__in=OWING).select_related("party").order_by("ordinal")
    return [row.party for row in rows]


def others_against(debtor: Party, *, host: Case) -> "list[Case]":
    """The court's other open execution cases against the debtor: their creditors may ask to take part (解释506)."""
    rows = Case.objects.open().filter(
        court_id=host.court_id,
        kind__in=EXECUTION_KINDS,
        participations__party=debtor,
        participations__role__in=OWING,
    )
    found = rows.exclude(matter_id=host.matter_id).select_related("court", "matter", "officer__user")
    return list(found.distinct().order_by("filed_at", "pk")[:50])


def _fee(case: Case, amount: Decimal) -> PlanClaim | None:
    if not amount:
        return None
    basis = "诉讼费用交纳办法第38条"
    return PlanClaim(case=case, label=FEE_LABEL, rank=PlanRank.COSTS, amount=amount, basis=basis)


def _row(case: Case, party: Party | None, parts: Parts, basis: str) -> PlanClaim:
    doubled = parts.of(Component.DOUBLED_INTEREST)
    return PlanClaim(
        case=case,
        party=party,
        label=party.name if party else TREASURY_LABEL,
        rank=PlanRank.ORDINARY if party else PlanRank.FINE,
        amount=parts.total - doubled,
        doubled=doubled,
        basis=basis,
    )


def _add(one: Parts, other: Parts) -> Parts:
    return Parts(
        costs=one.costs + other.costs,
        general_interest=one.general_interest + other.general_interest,
        principal=one.principal + other.principal,
        doubled_interest=one.doubled_interest + other.doubled_interest,
    )
