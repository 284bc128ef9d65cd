"""Whose money is it? By the case's own account number, else by a case number in the remark; nothing is ever guessed.

Money to an earlier or closed case of a dispute goes to its one open execution case; what stays unclear goes to suspense
with a named reason (FUND-UNKNOWN).
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from cases.kinds import EXECUTION_KINDS, OWING
from cases.models import Case, Participation, Party
from funds import numbers
from funds.kinds import SuspenseReason
from funds.models import StatementLine, SubAccount
from funds.services import excluding, payers
from kernel import text
from law.case_number import Malformed, parse

_CASE_NUMBER = re.compile(r"\(?\d{4}\)?年?[\u4e00-\u9fff]\d{2,4}[\u4e00-\u9fff]{1,4}(?:字第)?\d{1,6}号?")
_BRACKETS = str.maketrans("〔〕[]【】", "()()()")


@dataclass(frozen=True)
class Match:
    """The case that owns the money; or the reason why none does, perhaps with the case that was meant."""

    case: Case | None
    reason: SuspenseReason | None = None
    meant: Case | None = None


def match(line: StatementLine) -> Match:
    """The owner of an incoming line."""
    found = numbers.find(f"{line.sub_account} {line.remark}", line.main.sub_prefix)
    other = numbers.find(f"{line.counterparty_name} {line.counterparty_account}", line.main.sub_prefix)
    wanted = {*found.right, *other.right}
    cases = _by_number(line, wanted) or _by_case_number(line)
    if cases:
        return _unless_switched_off(line, _one_of(cases), excluding.Rules({line.court_id}))
    if wanted or _case_numbers(line.remark):
        return Match(None, SuspenseReason.UNKNOWN_NUMBER)
    return Match(None, SuspenseReason.WRONG_CHECK if found.wrong else SuspenseReason.NO_REFERENCE)


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
    wanted = text.searchable(name)
    rows = Participation.objects.filter(case=case, role__in=OWING).select_related("party").order_by("ordinal")
    return next((row.party for row in rows if text.searchable(row.party.name) == wanted), None)


def relation_to(case: Case, name: str) -> str:
    """In which relation to a debtor of the case the payer says to stand (王某(妻) → 妻); empty when it says none."""
    said = payers.related(name)
    return said.relation if said and payer_of(case, said.name) else ""


def _one_of(cases: Iterable[Case]) -> Match:
    routed = [route(case) for case in cases]
    owners = {found.case.pk: found for found in routed if found.case}
    if len(owners) == 1:
        return next(iter(owners.values()))
    return Match(None, SuspenseReason.AMBIGUOUS, None) if owners else routed[0]


def _by_number(line: StatementLine, wanted: set[str]) -> list[Case]:
    rows = SubAccount.objects.filter(court_id=line.court_id, number__in=wanted) if wanted else ()
    found = [row.case_id for row in rows]
    missing = wanted - {row.number for row in rows}
    return _cases(pk__in=found) + [case for number in missing for case in _by_rule(line, number)]


def _by_rule(line: StatementLine, number: str) -> list[Case]:
    """A number that was told before it was stored: it follows from the case number."""
    prefix = line.main.sub_prefix
    body = number[len(prefix) : -2]
    kinds = [kind for kind, digit in numbers.KIND_DIGITS.items() if digit == body[2]]
    return _cases(court_id=line.court_id, year=2000 + int(body[:2]), kind__in=kinds, serial=int(body[3:]))


def _by_case_number(line: StatementLine) -> list[Case]:
    wanted = _case_numbers(line.remark)
    return _cases(court_id=line.court_id, number__in=wanted) if wanted else []


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
