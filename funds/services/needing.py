"""Whether money that came must be distributed: several creditors share in it and it does not suffice (解释506, 509; 执规55)."""

from cases import queries
from cases.models import Case, JudgmentItem
from funds.kinds.distribution import DebtorKind
from funds.models import Receipt
from funds.services import plan_claims


def plan(*, receipt: Receipt, case: Case) -> bool:
    """Whether the executor has to ask himself: others execute against the debtor, or the judgment's creditors stay unpaid."""
    if others(receipt, case=case):
        return True
    return several_creditors(case) and queries.debt(case.matter, receipt.received_on).total > 0


def several_creditors(case: Case) -> bool:
    """Whether the items of the dispute have more than one payee."""
    rows = JudgmentItem.objects.filter(matter=case.matter_id, payee__isnull=False).order_by()
    return len(set(rows.values_list("payee_id", flat=True))) > 1


def others(receipt: Receipt, *, case: Case) -> list[Case]:
    """The court's other open execution cases against the debtor; none for a company, whose creditors do not share."""
    debtors = plan_claims.debtors(case)
    debtor = next((party for party in debtors if party.pk == receipt.payer_id), debtors[0] if debtors else None)
    if debtor is None or plan_claims.kind_of(debtor) == DebtorKind.COMPANY:
        return []
    return plan_claims.others_against(debtor, host=case)
