"""Weighing the cases that were found for unidentified money: what is owed, what was served lately, what speaks against.

The sums come from the one account of the debt (``cases.queries.debt``), reckoned on the day of payment and today; the
whole list is weighed with the same few questions, whatever its length, except for the debts themselves.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from django.db.models import Max
from django.utils.translation import gettext as _

from accounts import policy
from accounts.actors import Actor
from accounts.roles import Action
from cases import facts, queries
from cases.models import Case, Service
from funds.kinds import SuspenseReason
from funds.models import Receipt
from funds.services import excluding
from kernel import clock, text
from kernel.templatetags import dates
from law.debt import Statement

ASKING_FOR_MONEY = ("cases.execution_notice", "cases.performance_notice", "pressure.warning")


@dataclass
class Suggestion:
    """A case to which the money may belong, and what speaks for and against it."""

    case: Case
    debtors: str
    reasons_for: list[str] = field(default_factory=list)
    reasons_against: list[str] = field(default_factory=list)
    weight: int = 0
    is_kin: bool = False

    def add(self, weight: int, reason: str) -> None:
        """A fact for the case, said once."""
        if reason not in self.reasons_for:
            self.weight += weight
            self.reasons_for.append(reason)

    def but(self, weight: int, reason: str) -> None:
        """A fact against the case."""
        self.weight -= weight
        self.reasons_against.append(reason)


def weigh(rows: Sequence[Suggestion], receipt: Receipt, *, actor: Actor, at: datetime) -> None:
    """Add to each suggestion what its case says about the money."""
    served = _served([row.case.pk for row in rows], receipt)
    rules = excluding.Rules({receipt.court_id})
    may_see_property = policy.may(actor, Action.SEE_PROPERTY)
    for row in rows:
        _amount(row, receipt, clock.day_of(at))
        if row.case.pk in served:
            days = (receipt.received_on - served[row.case.pk]).days
            row.add(10, _("催款文书 %(days)s 天前送达") % {"days": days} if days else _("催款文书当日送达"))
        if may_see_property:
            _employer(row, receipt, at)
        _against(row, receipt, rules)


def _served(case_ids: Sequence[UUID], receipt: Receipt) -> dict[UUID, date]:
    """The latest day, shortly before the payment (FUND-UNKNOWN.LATELY), on which a paper that asks for money was served."""
    on = receipt.received_on
    since = on - timedelta(days=queries.rulebook(receipt.court, on).count("FUND-UNKNOWN.LATELY"))
    rows = Service.objects.filter(
        case__in=case_ids, document__kind__in=ASKING_FOR_MONEY, served_on__lte=on, served_on__gte=since
    )
    return dict(rows.order_by().values_list("case_id").annotate(last=Max("served_on")))


def _amount(row: Suggestion, receipt: Receipt, today: date) -> None:
    """The amount is exactly what is owed today, what was owed on its day, the principal, or one part of the debt."""
    now = queries.debt(row.case.matter, today)
    then = now if receipt.received_on == today else queries.debt(row.case.matter, receipt.received_on)
    for amount, words in _sums(now, then, row.case.fee):
        if amount and amount == receipt.amount:
            row.add(35, _("金额等于%(what)s %(amount)s 元") % {"what": words, "amount": f"{amount:,.2f}"})
            return
    if receipt.amount > now.total:
        row.but(10, _("比尚欠的多 %(more)s 元") % {"more": f"{receipt.amount - now.total:,.2f}"})
    else:
        row.but(0, _("尚欠 %(left)s 元，与金额不等") % {"left": f"{now.total:,.2f}"})


def _sums(now: Statement, then: Statement, fee: Decimal | None) -> list[tuple[Decimal, str]]:
    return [
        (now.total, _("今天的全部欠款")),
        (then.total, _("到账当日的全部欠款")),
        (now.principal, _("尚欠本金")),
        (now.costs, _("尚欠的诉讼费用和执行费")),
        (fee or Decimal(0), _("申请执行费")),
    ]


def _employer(row: Suggestion, receipt: Receipt, at: datetime) -> None:
    """The payer is named by a registry as the one who pays the debtor's income."""
    payer = text.searchable(receipt.payer_name)
    if len(payer) < 2:
        return
    for found in facts.read(facts.FOUND, case=row.case, at=at):
        if found.income and payer in text.searchable(found.label):
            row.add(25, _("付款人是被执行人的收入来源（%(source)s）") % {"source": found.source})
            row.is_kin = True


def _against(row: Suggestion, receipt: Receipt, rules: excluding.Rules) -> None:
    if receipt.reason != SuspenseReason.RULE_OFF:
        row.but(0, _("没有用本案专属账号"))
    names = [text.searchable(name) for name in row.debtors.split("、")]
    if text.searchable(receipt.payer_name) not in names and not row.is_kin:
        row.but(0, _("付款人不是被执行人"))
    if rule := rules.keep_out(receipt.payer_name, receipt.payer_account, row.case):
        words = _("%(day)s起停用此付款人到本案的自动匹配：%(why)s")
        row.but(30, words % {"day": dates.full_day_text(clock.day_of(rule.from_at)), "why": rule.why})
