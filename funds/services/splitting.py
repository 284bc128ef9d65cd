"""The proposal by law: how one receipt is divided, line by line (DIST-ORDER, INT-ORDER, FUND-SURPLUS).

What a receipt pays is what the debt fell by on its day: the execution fee stays with the court, fines go to the
treasury, the rest to the creditors, several of them in proportion to their claims; what is more than the debt goes back
to the payer. The parts always add up to the receipt.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from cases.kinds import CLAIMING
from cases.models import Case, JudgmentItem, Participation, Party
from funds.kinds import LIVE, PayeeKind
from funds.models import Payout, Receipt
from kernel import text
from kernel.money import ZERO
from law import splitting
from law.appropriation import LEGAL_ORDER, Component, Parts
from law.debt import Statement

FEE = "fee:"
ITEM = "cases.judgment_item:"
BEFORE_JUDGMENT = "before_judgment"
SURPLUS = "surplus"
FEE_PART = "execution_fee"
BY_HAND = "by_hand"
BY_PLAN = "by_plan"
DEPOSIT_FEE = "deposit_fee"
RELIEF, REWARD = "relief", "reward"


@dataclass(frozen=True)
class Share:
    """What one payee receives of a receipt (yuan), by part of the debt, with the article or the reason."""

    kind: PayeeKind
    amount: Decimal
    parts: dict[str, Decimal]
    basis: str
    party: Party | None = None


@dataclass(frozen=True)
class Proposal:
    """The shares of a receipt; ``open_question`` says why a part or all of it has no payee yet."""

    shares: tuple[Share, ...]
    unassigned: Decimal = ZERO
    open_question: str = ""
    paid_by_item: Mapping[str, dict[str, Decimal]] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """The proposal as it is kept with the receipt; parties as symbols."""
        return {
            "shares": [
                {
                    "kind": share.kind.value,
                    "party": share.party.symbol if share.party else "",
                    "amount": share.amount,
                    "parts": share.parts,
                    "basis": share.basis,
                }
                for share in self.shares
            ],
            "unassigned": self.unassigned,
            "open_question": self.open_question,
            "items": {key: dict(parts) for key, parts in self.paid_by_item.items()},
        }


def propose(
    *, receipt: Receipt, case: Case, before: Statement, after: Statement, rows: Iterable[JudgmentItem] | None = None
) -> Proposal:
    """Divide a receipt by what it changed in the debt between ``before`` and ``after`` on its day.

    ``rows`` are the items of the judgment with their payees, when the caller holds them.
    """
    if rows is None:
        rows = JudgmentItem.objects.filter(matter_id=case.matter_id).select_related("payee")
    items = {item.pk: item for item in rows}
    if not items:
        return _before_judgment(receipt, case)
    paid = _paid(before, after)
    fees = {key: parts for key, parts in paid.items() if key.startswith(FEE)}
    rest = {key: parts for key, parts in paid.items() if key.startswith(ITEM)}
    shares = [*_fee_share(fees), *_treasury(rest, items), *_creditors(receipt, rest, items, before)]
    surplus = receipt.amount - sum((share.amount for share in shares), ZERO)
    if surplus:
        basis = _("清偿全部债务后的余款，退还付款人（执行工作规定第34条）")
        shares.append(Share(PayeeKind.PAYER, surplus, {SURPLUS: surplus}, basis))
    return Proposal(tuple(shares), paid_by_item=paid)


def _before_judgment(receipt: Receipt, case: Case) -> Proposal:
    """Money before a judgment: to the one claimant, unless it is the claimant's own or there are several."""
    rows = Participation.objects.filter(case=case, role__in=CLAIMING).select_related("party").order_by("ordinal")
    claimants = [row.party for row in rows]
    if any(text.searchable(party.name) == text.searchable(receipt.payer_name) for party in claimants):
        question = _("付款人是申请人一方，可能是担保金或者费用，须由承办人确定去向。")
        return Proposal((), receipt.amount, question)
    if len(claimants) != 1:
        return Proposal((), receipt.amount, _("还没有裁判，且权利人不止一人，须由承办人确定分配。"))
    basis = _("裁判前的主动履行，付给%(name)s；裁判后计入已履行") % {"name": claimants[0].name}
    share = Share(PayeeKind.PARTY, receipt.amount, {BEFORE_JUDGMENT: receipt.amount}, basis, claimants[0])
    return Proposal((share,))


def _paid(before: Statement, after: Statement) -> dict[str, dict[str, Decimal]]:
    """What fell, by item and part."""
    found: dict[str, dict[str, Decimal]] = {}
    for key, owed in before.by_item.items():
        left = after.by_item.get(key, Parts())
        fallen = {part.value: owed.of(part) - left.of(part) for part in LEGAL_ORDER}
        parts = {name: amount for name, amount in fallen.items() if amount > 0}
        if parts:
            found[key] = parts
    return found


def _fee_share(fees: Mapping[str, dict[str, Decimal]]) -> list[Share]:
    total = sum((amount for parts in fees.values() for amount in parts.values()), ZERO)
    basis = _("申请执行费由被执行人负担，从执行款中扣缴（诉讼费用交纳办法第38条）")
    return [Share(PayeeKind.COURT, total, {FEE_PART: total}, basis)] if total else []


def _treasury(rest: Mapping[str, dict[str, Decimal]], items: Mapping[UUID, JudgmentItem]) -> list[Share]:
    """Items without a payee are owed to the state: fines, confiscation."""
    total = _sum(parts for key, parts in rest.items() if items[_item(key)].payee is None)
    basis = _("罚金、没收等上缴国库")
    return [Share(PayeeKind.TREASURY, _total(total), total, basis)] if total else []


def _creditors(
    receipt: Receipt, rest: Mapping[str, dict[str, Decimal]], items: Mapping[UUID, JudgmentItem], before: Statement
) -> list[Share]:
    """One creditor takes all; several share in proportion to what each is still to receive (执行工作规定第55条)."""
    pool = _sum(parts for key, parts in rest.items() if items[_item(key)].payee is not None)
    creditors = list(dict.fromkeys(item.payee for item in items.values() if item.payee))
    if not pool or not creditors:
        return []
    if len(creditors) == 1:
        basis = _("依次清偿费用、一般利息、本金、加倍利息（法释〔2014〕8号第4条）")
        return [Share(PayeeKind.PARTY, _total(pool), pool, basis, creditors[0])]
    weights = _claims(receipt, creditors, items, before)
    basis = _("%(count)s 名债权人按债权比例受偿（执行工作规定第55条）") % {"count": len(creditors)}
    left, shares = dict(pool), []
    for party, amount in zip(creditors, splitting.split(_total(pool), weights), strict=True):
        if amount:
            shares.append(Share(PayeeKind.PARTY, amount, _take(left, amount), basis, party))
    return shares


def _take(left: dict[str, Decimal], amount: Decimal) -> dict[str, Decimal]:
    """A creditor's amount in the proportion of the parts that are left, which shrink by it; no part goes below zero."""
    cuts = splitting.split(amount, list(left.values()))
    parts = dict(zip(left, cuts, strict=True))
    for part, cut in parts.items():
        left[part] -= cut
    return {part: cut for part, cut in parts.items() if cut}


def _claims(
    receipt: Receipt, creditors: list[Party], items: Mapping[UUID, JudgmentItem], before: Statement
) -> list[Decimal]:
    """What each creditor is still to receive: what the debt says, corrected by what earlier receipts really gave them."""
    claims = dict.fromkeys((party.pk for party in creditors), ZERO)
    for key, owed in before.by_item.items():
        if key.startswith(ITEM) and (payee := items[_item(key)].payee):
            claims[payee.pk] += owed.total
    earlier = Receipt.objects.owned().filter(case__matter_id=_matter(items)).exclude(pk=receipt.pk)
    for split in earlier.values_list("split", flat=True):
        for key, parts in split.get("items", {}).items():
            item = items.get(_item(key)) if key.startswith(ITEM) else None
            if item and item.payee:
                claims[item.payee.pk] += sum((Decimal(amount) for amount in parts.values()), ZERO)
    paid = Payout.objects.filter(receipt__in=earlier, payee_kind=PayeeKind.PARTY, state__in=LIVE)
    paid = paid.exclude(parts__has_key=BEFORE_JUDGMENT)
    for party_id, amount in paid.values_list("payee_id", "amount"):
        if party_id in claims:
            claims[party_id] -= amount
    weights = [max(claims[party.pk], ZERO) for party in creditors]
    return weights if any(weights) else [Decimal(1)] * len(creditors)


def _matter(items: Mapping[UUID, JudgmentItem]) -> UUID:
    return next(iter(items.values())).matter_id


def _item(key: str) -> UUID:
    return UUID(key.removeprefix(ITEM))


def _sum(many: Any) -> dict[str, Decimal]:
    total: dict[str, Decimal] = {}
    for parts in many:
        for part, amount in parts.items():
            total[part] = total.get(part, ZERO) + amount
    return total


def _total(parts: Mapping[str, Decimal]) -> Decimal:
    return sum(parts.values(), ZERO)


def part_label(part: str) -> str:
    """The words of a part of the debt on pages and papers."""
    own = {
        FEE_PART: _("申请执行费"),
        SURPLUS: _("余款"),
        BEFORE_JUDGMENT: _("裁判前履行"),
        BY_HAND: _("承办人确定"),
        BY_PLAN: _("按分配方案"),
        DEPOSIT_FEE: _("提存费用"),
        RELIEF: _("司法救助"),
        REWARD: _("悬赏"),
    }
    return own.get(part) or Component(part).label
