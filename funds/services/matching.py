"""Whose money is it? By the case's own account number, else by a case number in the remark; nothing is ever guessed.

Money to an earlier or closed case of a dispute goes to its one open execution case; what stays unclear goes to suspense
with a named reason (FUND-UNKNOWN).
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from cases.kinds import EXECUTION_KINDS, OWING
from cases.models import Case, Party
from funds import numbers
from funds.kinds import SuspenseReason
from funds.models import StatementLine
from funds.services import excluding, payers
from kernel import reading
from kernel.reading import Columns
from law.case_number import Malformed, parse

_CASE_NUMBER = re.compile(r"\(?\d{4}\)?年?[\u4e00-\u9fff]\d{2,4}[\u4e00-\u9fff]{1,4}(?:字第)?\d{1,6}号?")
_BRACKETS = str.maketrans("〔〕[]【】", "()()()")
_OWNER = Columns(Case, "owner", "matter", "court", "kind", "number", "closed_at")
_BY_ACCOUNT = f"""
    SELECT {_OWNER}, sub.number
      FROM funds_subaccount AS sub
      JOIN cases_case AS owner ON owner.id = sub.case_id
     WHERE sub.number = ANY(%s)
"""
_DEBTOR = Columns(Party, "party", "name", "court")
_DEBTORS = f"""
    SELECT {_DEBTOR}, part.case_id
      FROM cases_participation AS part
      JOIN cases_party AS party ON party.id = part.party_id
     WHERE part.case_id = ANY(%s) AND part.role = ANY(%s)
     ORDER BY part.ordinal
"""


@dataclass(frozen=True)
class Match:
    """The case that owns the money; or the reason why none does, perhaps with the case that was meant."""

    case: Case | None
    reason: SuspenseReason | None = None
    meant: Case | None = None


@dataclass(frozen=True)
class _Read:
    """What a line names: account numbers whose check digits agree, whether one does not, numbers of cases."""

    line: StatementLine
    accounts: frozenset[str]
    wrong: bool
    cases: frozenset[str]


def match(line: StatementLine) -> Match:
    """The owner of an incoming line."""
    return match_all([line])[0]


def match_all(lines: Sequence[StatementLine]) -> list[Match]:
    """The owners of incoming lines of one court, in their order; every table is asked once for all of them."""
    reads = [_read(line) for line in lines]
    by_account = _by_account({number for read in reads for number in read.accounts})
    by_number = _by_number({(read.line.court_id, number) for read in reads for number in read.cases})
    rules = excluding.Rules({line.court_id for line in lines})
    return [_unless_switched_off(read.line, _owner(read, by_account, by_number), rules) for read in reads]


def _read(line: StatementLine) -> _Read:
    prefix = line.main.sub_prefix
    found = numbers.find(f"{line.sub_account} {line.remark}", prefix)
    other = numbers.find(f"{line.counterparty_name} {line.counterparty_account}", prefix)
    return _Read(
        line, frozenset((*found.right, *other.right)), bool(found.wrong), frozenset(_case_numbers(line.remark))
    )


def _owner(read: _Read, by_account: Mapping[str, Case], by_number: Mapping[tuple[UUID, str], Case]) -> Match:
    court_id = read.line.court_id
    found = [case for number in read.accounts for case in _with_account(read.line, number, by_account)]
    cases = found or [by_number[court_id, number] for number in read.cases if (court_id, number) in by_number]
    if cases:
        return _one_of(cases)
    if read.accounts or read.cases:
        return Match(None, SuspenseReason.UNKNOWN_NUMBER)
    return Match(None, SuspenseReason.WRONG_CHECK if read.wrong else SuspenseReason.NO_REFERENCE)


def _with_account(line: StatementLine, number: str, by_account: Mapping[str, Case]) -> list[Case]:
    known = by_account.get(number)
    if known is None:
        return _by_rule(line, number)
    return [known] if known.court_id == line.court_id else []


def _unless_switched_off(line: StatementLine, found: Match, rules: excluding.Rules) -> Match:
    """The match, unless two persons switched it off for this payer after an earlier mistake."""
    if found.case and rules.keep_out(line.counterparty_name, line.counterparty_account, found.case):
        return Match(None, SuspenseReason.RULE_OFF, found.case)
    return found


def route(case: Case) -> Match:
    """Where money for a case goes now: to itself while it is open, else to the dispute's one open execution case."""
    if case.is_open and case.kind in EXECUTION_KINDS:
        return Match(case)
    running = list(
        Case.objects.open()
        .select_related("court", "matter")
        .filter(matter_id=case.matter_id, kind__in=EXECUTION_KINDS)[:2]
    )
    if len(running) == 1:
        return Match(running[0])
    if len(running) > 1:
        return Match(None, SuspenseReason.AMBIGUOUS, case)
    return Match(case) if case.is_open else Match(None, SuspenseReason.CASE_CLOSED, case)


def payer_of(case: Case, name: str) -> Party | None:
    """The debtor of the case that bears the payer's name; None means that somebody paid on behalf."""
    return Debtors([case]).named(case, name)


def relation_to(case: Case, name: str) -> str:
    """In which relation to a debtor of the case the payer says to stand (王某(妻) → 妻); empty when it says none."""
    return Debtors([case]).relation(case, name) if payers.related(name) else ""


class Debtors:
    """The debtors of some cases, read once."""

    def __init__(self, cases: Iterable[Case]) -> None:
        self._of: dict[UUID, list[Party]] = defaultdict(list)
        for *values, case_id in reading.answers(_DEBTORS, [case.pk for case in cases], [str(role) for role in OWING]):
            self._of[case_id].append(_DEBTOR.row(values))

    def of(self, case: Case) -> list[tuple[Case, UUID]]:
        """The case with each of its debtors."""
        return [(case, party.pk) for party in self._of[case.pk]]

    def named(self, case: Case, name: str) -> Party | None:
        """The debtor of a case that bears a name."""
        return next((party for party in self._of[case.pk] if payers.same_name(party.name, name)), None)

    def relation(self, case: Case, name: str) -> str:
        """The relation, as written, to a debtor of a case that a payer names in its own name."""
        said = payers.related(name)
        return said.relation if said and self.named(case, said.name) else ""


def _one_of(cases: Iterable[Case]) -> Match:
    routed = [route(case) for case in cases]
    owners = {found.case.pk: found for found in routed if found.case}
    if len(owners) == 1:
        return next(iter(owners.values()))
    return Match(None, SuspenseReason.AMBIGUOUS, None) if owners else routed[0]


def _by_account(wanted: set[str]) -> dict[str, Case]:
    rows = reading.answers(_BY_ACCOUNT, list(wanted)) if wanted else []
    return {number: _OWNER.row(values) for *values, number in rows}


def _by_number(wanted: set[tuple[UUID, str]]) -> dict[tuple[UUID, str], Case]:
    numbers_of = {number for _court, number in wanted}
    return {(case.court_id, case.number): case for case in _cases(number__in=numbers_of)} if numbers_of else {}


def _by_rule(line: StatementLine, number: str) -> list[Case]:
    """A number that was told before it was stored: it follows from the case number."""
    prefix = line.main.sub_prefix
    body = number[len(prefix) : -2]
    kinds = [kind for kind, digit in numbers.KIND_DIGITS.items() if digit == body[2]]
    return _cases(court_id=line.court_id, year=2000 + int(body[:2]), kind__in=kinds, serial=int(body[3:]))


def _cases(**where: object) -> list[Case]:
    return list(Case.objects.select_related("court", "matter").filter(**where))


def _case_numbers(remark: str) -> set[str]:
    tidy = re.sub(r"\s+", "", unicodedata.normalize("NFKC", remark)).translate(_BRACKETS)
    found = set()
    for typed in _CASE_NUMBER.findall(tidy):
        try:
            found.add(parse(typed).text)
        except Malformed:
            continue
    return found
