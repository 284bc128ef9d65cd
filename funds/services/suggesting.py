"""Suggestions for unidentified money: open cases with reasons for and against, each a fact; never a score shown, never
booked by itself.

Looked at: the payer is a party of the case, the amount is what is owed, the remark has a part of the number, the name
of a party stands in the remark, the case was meant but is closed.
"""

import re
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.actors import Actor
from cases import queries
from cases.kinds import EXECUTION_KINDS, OWING, CaseKind
from cases.models import Case, Participation, Party
from funds.models import Receipt
from kernel import clock, text

MOST = 5
LOOKED_AT = 50
_SERIAL = re.compile(r"(?:执|执恢|执保)(?:字第)?(\d{1,6})(?!\d)")


@dataclass
class Suggestion:
    """A case to which the money may belong, and what speaks for and against it."""

    case: Case
    debtors: str
    reasons_for: list[str] = field(default_factory=list)
    reasons_against: list[str] = field(default_factory=list)
    weight: int = 0

    def add(self, weight: int, reason: str) -> None:
        """A fact for the case."""
        self.weight += weight
        self.reasons_for.append(reason)


def suggest(receipt: Receipt, *, actor: Actor, at: datetime) -> list[Suggestion]:
    """At most five open execution cases that the actor may see, the most likely first."""
    found: dict[UUID, Suggestion] = {}
    _by_payer(receipt, actor, found)
    _by_remark(receipt, actor, found)
    _by_hint(receipt, actor, found)
    for suggestion in found.values():
        _weigh_amount(suggestion, receipt, at)
        _say_what_is_missing(suggestion, receipt)
    return sorted(found.values(), key=lambda row: (-row.weight, row.case.filed_at))[:MOST]


def _cases(actor: Actor) -> "QuerySet[Case]":
    rows = Case.objects.visible_to(actor).filter(
        closed_at__isnull=True, kind__in=[*EXECUTION_KINDS, CaseKind.PRESERVATION]
    )
    return rows.select_related("court", "matter")


def _enter(found: dict[UUID, Suggestion], case: Case) -> Suggestion:
    if case.pk not in found:
        rows = Participation.objects.filter(case=case, role__in=OWING).select_related("party").order_by("ordinal")
        found[case.pk] = Suggestion(case, "、".join(row.party.name for row in rows))
    return found[case.pk]


def _by_payer(receipt: Receipt, actor: Actor, found: dict[UUID, Suggestion]) -> None:
    """The payer bears the name of a party, or the remark names one."""
    for name, weight, sentence in (
        (receipt.payer_name, 40, _("付款人%(name)s是本案%(role)s")),
        *((word, 25, _("附言中有本案%(role)s%(name)s")) for word in _names(receipt.remark)),
    ):
        for row in _participations(receipt.court_id, name, actor):
            suggestion = _enter(found, row.case)
            suggestion.add(weight, sentence % {"name": row.party.name, "role": row.get_role_display()})


def _participations(court_id: UUID, name: str, actor: Actor) -> list[Participation]:
    wanted = text.searchable(name)
    if len(wanted) < 2:
        return []
    parties = Party.objects.filter(court_id=court_id, name_grams__contains=text.grams(name))
    ids = [party.pk for party in parties[:LOOKED_AT] if text.searchable(party.name) == wanted]
    rows = Participation.objects.filter(party_id__in=ids, case__in=_cases(actor))
    return list(rows.select_related("case__court", "case__matter", "party")[:LOOKED_AT])


def _names(remark: str) -> list[str]:
    """Runs of Chinese characters in the remark that may be a name."""
    return [word for word in re.findall(r"[\u4e00-\u9fff·]{2,20}", remark) if word not in {"还款", "案款", "执行款"}][
        :5
    ]


def _by_remark(receipt: Receipt, actor: Actor, found: dict[UUID, Suggestion]) -> None:
    for serial in {int(number) for number in _SERIAL.findall(receipt.remark)}:
        for case in _cases(actor).filter(serial=serial).order_by("-year")[:MOST]:
            _enter(found, case).add(30, _("附言写有“%(serial)s”号") % {"serial": serial})


def _by_hint(receipt: Receipt, actor: Actor, found: dict[UUID, Suggestion]) -> None:
    if receipt.hint is None:
        return
    for case in _cases(actor).filter(matter_id=receipt.hint.matter_id)[:MOST]:
        _enter(found, case).add(30, _("款项写给同一纠纷的 %(number)s") % {"number": receipt.hint.number})


def _weigh_amount(suggestion: Suggestion, receipt: Receipt, at: datetime) -> None:
    statement = queries.debt(suggestion.case.matter, clock.day_of(at))
    owed = {statement.total: _("全部欠款"), statement.principal: _("尚欠本金")}
    for amount, words in owed.items():
        if amount and amount == receipt.amount:
            suggestion.add(35, _("金额等于%(what)s %(amount)s 元") % {"what": words, "amount": f"{amount:,.2f}"})
            return
    if receipt.amount > statement.total:
        _against_amount(suggestion, statement.total, receipt.amount)
    else:
        left = f"{statement.total:,.2f}"
        suggestion.reasons_against.append(_("尚欠 %(left)s 元，与金额不等") % {"left": left})


def _against_amount(suggestion: Suggestion, owed: Decimal, amount: Decimal) -> None:
    suggestion.weight -= 10
    more = f"{amount - owed:,.2f}"
    suggestion.reasons_against.append(_("比尚欠的多 %(more)s 元") % {"more": more})


def _say_what_is_missing(suggestion: Suggestion, receipt: Receipt) -> None:
    suggestion.reasons_against.append(_("没有用本案专属账号"))
    if text.searchable(receipt.payer_name) not in text.searchable(suggestion.debtors):
        suggestion.reasons_against.append(_("付款人不是被执行人"))
