"""Suggestions for unidentified money: open cases with reasons for and against, each a fact; never a score shown, never
booked by itself.

Looked at: what payers said themselves, the payer's name (a party, its kin, its representative, somebody who paid for the
case before, somebody whom a note names), the remark (a name, part of a case number or of an account number), the case
that was meant. Each case found is then weighed: what is owed, the notice served lately, rules that were switched off.
"""

import re
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.actors import Actor
from cases import queries
from cases.kinds import EXECUTION_KINDS, OWING, CaseKind
from cases.models import Case, Note, Participation, Party
from funds.models import Receipt, SubAccount
from funds.services import payer_claims, payers, weighing
from funds.services.weighing import Suggestion
from kernel import clock, text
from kernel.templatetags import dates

MOST = 5
LOOKED_AT = 50
WEIGHED = 12
SHORTEST_PART = 6  # digits of an account number that say something
_SERIAL = re.compile(r"(?:执|执恢|执保)(?:字第)?(\d{1,6})(?!\d)")
_DIGITS = re.compile(rf"\d{{{SHORTEST_PART},}}")
_NOT_NAMES = frozenset({"还款", "案款", "执行款", "欠款", "货款", "转账", "付款", "履行", "往来款"})


Found = dict[UUID, Suggestion]


def suggest(receipt: Receipt, *, actor: Actor, at: datetime) -> list[Suggestion]:
    """At most five open execution cases that the actor may see, the most likely first."""
    found: Found = {}
    _by_claim(receipt, actor, found)
    _by_payer(receipt, actor, found)
    _by_history(receipt, actor, found)
    _by_remark(receipt, actor, found)
    _by_hint(receipt, actor, found)
    likely = sorted(found.values(), key=_rank)[:WEIGHED]
    weighing.weigh(likely, receipt, actor=actor, at=at)
    return sorted(likely, key=_rank)[:MOST]


def _rank(row: Suggestion) -> tuple[int, datetime]:
    return -row.weight, row.case.filed_at


def _cases(actor: Actor) -> "QuerySet[Case]":
    rows = Case.objects.visible_to(actor).filter(
        closed_at__isnull=True, kind__in=[*EXECUTION_KINDS, CaseKind.PRESERVATION]
    )
    return rows.select_related("court", "matter")


def _enter(found: Found, case: Case) -> Suggestion:
    if case.pk not in found:
        rows = Participation.objects.filter(case=case, role__in=OWING).select_related("party").order_by("ordinal")
        found[case.pk] = Suggestion(case, "、".join(row.party.name for row in rows))
    return found[case.pk]


def _by_claim(receipt: Receipt, actor: Actor, found: Found) -> None:
    """A payer said on the page of a case that it paid this amount about that day."""
    claims = list(payer_claims.fitting(receipt)[:LOOKED_AT])
    seen = set(_cases(actor).filter(pk__in=[claim.case_id for claim in claims]).values_list("pk", flat=True))
    for claim in claims:
        if claim.case_id in seen:
            agrees, differs = payer_claims.compare(claim, receipt)
            suggestion = _enter(found, claim.case)
            said = _("付款人自己申报：%(day)s付款 %(amount)s 元，%(agrees)s") % {
                "day": dates.full_day_text(claim.paid_on),
                "amount": f"{claim.amount:,.2f}",
                "agrees": "，".join(agrees),
            }
            suggestion.add(30 + 15 * len(agrees), said)
            for reason in differs:
                suggestion.but(10, reason)


def _by_payer(receipt: Receipt, actor: Actor, found: Found) -> None:
    """The payer bears the name of a party, is its kin or its representative, or the remark names a party."""
    for name, weight, sentence in (
        (receipt.payer_name, 40, _("付款人%(name)s是本案%(role)s")),
        *((word, 25, _("附言中有本案%(role)s%(name)s")) for word in _names(receipt.remark)),
    ):
        for row in _participations(receipt.court_id, name, actor):
            suggestion = _enter(found, row.case)
            suggestion.add(weight, sentence % {"name": row.party.name, "role": row.get_role_display()})
    if said := payers.related(receipt.payer_name):
        for row in _participations(receipt.court_id, said.name, actor):
            suggestion = _enter(found, row.case)
            words = _("付款人写明是本案%(role)s%(name)s的%(relation)s")
            suggestion.add(
                35, words % {"role": row.get_role_display(), "name": row.party.name, "relation": said.relation}
            )
            suggestion.is_kin = True
    _by_representative(receipt, actor, found)


def _by_representative(receipt: Receipt, actor: Actor, found: Found) -> None:
    name = text.clean_name(receipt.payer_name)
    if len(text.searchable(name)) < 2:
        return
    rows = Participation.objects.filter(
        party__court_id=receipt.court_id, party__legal_representative=name, case__in=_cases(actor)
    )
    for row in rows.select_related("case__court", "case__matter", "party")[:LOOKED_AT]:
        suggestion = _enter(found, row.case)
        words = _("付款人%(payer)s是本案%(role)s%(name)s的法定代表人")
        suggestion.add(30, words % {"payer": name, "role": row.get_role_display(), "name": row.party.name})
        suggestion.is_kin = True


def _participations(court_id: UUID, name: str, actor: Actor) -> list[Participation]:
    wanted = text.searchable(name)
    if len(wanted) < 2:
        return []
    parties = Party.objects.filter(court_id=court_id, name_grams__contains=text.grams(name))
    ids = [party.pk for party in parties[:LOOKED_AT] if text.searchable(party.name) == wanted]
    rows = Participation.objects.filter(party_id__in=ids, case__in=_cases(actor))
    return list(rows.select_related("case__court", "case__matter", "party")[:LOOKED_AT])


def _by_history(receipt: Receipt, actor: Actor, found: Found) -> None:
    """The payer paid for the case before, or a note of the case names the payer."""
    if len(text.searchable(receipt.payer_name)) < 2:
        return
    rules = queries.rulebook(receipt.court, receipt.received_on)
    since = receipt.received_on - timedelta(days=rules.count("FUND-UNKNOWN.KNOWN"))
    rows = Receipt.objects.owned().filter(
        court_id=receipt.court_id, payer_name=receipt.payer_name, received_on__gte=since, case__in=_cases(actor)
    )
    latest = rows.select_related("case__court", "case__matter").order_by("case", "-received_on").distinct("case")
    for row in latest[:MOST]:
        if row.case is None:
            continue
        words = _("此付款人 %(day)s 付过本案 %(amount)s 元") % {
            "day": dates.full_day_text(row.received_on),
            "amount": f"{row.amount:,.2f}",
        }
        _enter(found, row.case).add(30, words)
    notes = Note.objects.filter(case__in=_cases(actor), text__contains=receipt.payer_name, struck_at__isnull=True)
    for note in notes.select_related("case__court", "case__matter")[:MOST]:
        day = dates.full_day_text(clock.day_of(note.at))
        _enter(found, note.case).add(20, _("%(day)s的笔记提到付款人") % {"day": day})


def _names(remark: str) -> list[str]:
    """Runs of Chinese characters in the remark that may be a name."""
    return [word for word in re.findall(r"[\u4e00-\u9fff·]{2,20}", remark) if word not in _NOT_NAMES][:5]


def _by_remark(receipt: Receipt, actor: Actor, found: Found) -> None:
    """Part of a case number, or part of the account number of a case."""
    typed = text.narrow(receipt.remark)
    for serial in {int(number) for number in _SERIAL.findall(typed)}:
        for case in _cases(actor).filter(serial=serial).order_by("-year")[:MOST]:
            _enter(found, case).add(30, _("附言写有“%(serial)s”号") % {"serial": serial})
    for digits in dict.fromkeys(_DIGITS.findall(re.sub(r"(?<=\d)[\s-](?=\d)", "", typed))):
        rows = SubAccount.objects.filter(court_id=receipt.court_id, number__contains=digits, case__in=_cases(actor))
        for row in rows.select_related("case__court", "case__matter")[:MOST]:
            _enter(found, row.case).add(30, _("附言中的 %(digits)s 是本案账号的一部分") % {"digits": digits})


def _by_hint(receipt: Receipt, actor: Actor, found: Found) -> None:
    if receipt.hint is None:
        return
    for case in _cases(actor).filter(matter_id=receipt.hint.matter_id)[:MOST]:
        words = _("款项写明本案") if case.pk == receipt.hint_id else _("款项写给同一纠纷的 %(number)s")
        _enter(found, case).add(30, words % {"number": receipt.hint.number})
