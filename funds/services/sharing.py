"""Who else may have a part in money that comes: asked once for many receipts, and only to say that nobody has."""

from collections.abc import Iterable
from uuid import UUID

from cases.kinds import EXECUTION_KINDS, OWING
from cases.models import Case, JudgmentItem
from kernel import reading

_DISPUTES = """
    SELECT part.party_id, count(DISTINCT pursued.matter_id)
      FROM cases_participation AS part
      JOIN cases_case AS pursued ON pursued.id = part.case_id
     WHERE part.party_id = ANY(%s) AND part.role = ANY(%s) AND pursued.closed_at IS NULL AND pursued.kind = ANY(%s)
     GROUP BY part.party_id
"""


class Alone:
    """The cases whose money is certainly one creditor's: no other open execution of the court has a debtor of theirs."""

    def __init__(self, debtors: Iterable[tuple[Case, UUID]]) -> None:
        pairs = list(debtors)
        disputes = _disputes({party for _case, party in pairs})
        itself = {case.pk: int(case.kind in EXECUTION_KINDS) for case, _party in pairs}
        self._pursued = {case.pk for case, party in pairs if disputes.get(party, 0) > itself[case.pk]}

    def is_sure(self, case: Case, rows: Iterable[JudgmentItem]) -> bool:
        """Whether the items name one payee at most and nobody else executes against a debtor of the case."""
        payees = {row.payee_id for row in rows if row.payee_id}
        return len(payees) < 2 and case.pk not in self._pursued


def _disputes(parties: Iterable[UUID]) -> dict[UUID, int]:
    """In how many disputes with an open execution each party owes."""
    roles, kinds = [str(role) for role in OWING], [str(kind) for kind in EXECUTION_KINDS]
    return dict(reading.answers(_DISPUTES, list(parties), roles, kinds))
