"""A court's own figures: within the bounds that the law itself names, from a day on, written once, entered in the journal.

What is set today binds what begins from its day on; duties and decisions keep the figure under which they were opened.
"""

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts import acts, audit, policy
from accounts.actors import Actor
from accounts.models import Court
from accounts.roles import Action
from cases import queries
from cases.models import RuleOverride
from cases.queries.figures import plain, told
from kernel import clock
from kernel.refusals import BadInput, NotFound, Refusal
from law.rulebook import NotOverridable, OutOfBounds, Rule, Unit, UnknownRule
from law.rules import NATIONAL

SET = "rule_set"
acts.declare(SET, _("设定本院规则"))
BROKEN = frozenset({Unit.RATIO, Unit.YUAN})
"""Units in which a figure may have decimals."""


class OutsideTheLaw(Refusal):
    """The figure lies outside the bounds that the rule allows."""

    message = _("“%(title)s”依%(article)s只能设为 %(low)s 至 %(high)s。")
    status = 400


class FixedByLaw(Refusal):
    """The law leaves the court no room."""

    message = _("“%(title)s”由%(article)s规定，本院不能另设。")


class NothingNew(Refusal):
    """The figure is in force already."""

    message = _("“%(title)s”自 %(day)s 起已是 %(value)s，无须再设。")


@transaction.atomic
def set_figure(*, rule: str, value: Decimal, from_on: date, why: str, actor: Actor, at: datetime) -> RuleOverride:
    """Set the court's own figure from a day on, today at the earliest.

    Raises OutsideTheLaw, FixedByLaw, NothingNew, BadInput, NotFound, NotAllowed.
    """
    policy.require(actor, Action.SET_RULES)
    found, court = _rule(rule, from_on), Court.objects.get(pk=actor.court_id)
    _within(found, value)
    if from_on < clock.day_of(at):
        raise BadInput(reason=str(_("施行日不能早于今天；已经开始的期限仍按原数值。")), field="from_on")
    if not why.strip():
        raise BadInput(reason=str(_("请写明依据，例如本院会议纪要。")), field="why")
    if queries.rulebook(court, from_on).figure(rule, at=from_on) == value:
        raise NothingNew(title=found.title, day=from_on.isoformat(), value=plain(value))
    row = RuleOverride.objects.create(
        court=court,
        rule=rule,
        value=plain(value),
        from_on=from_on,
        why=why.strip()[:200],
        set_by_id=actor.post_id,
        set_at=at,
    )
    audit.write(actor=actor, act=SET, at=at, about=f"law.rule:{rule}", value=row.value, from_on=from_on.isoformat())
    return row


def _rule(name: str, on: date) -> Rule:
    try:
        return NATIONAL.rule(name, at=on)
    except (UnknownRule, LookupError) as error:
        raise NotFound() from error


def _within(found: Rule, value: Decimal) -> None:
    if found.unit not in BROKEN and value != value.to_integral_value():
        raise BadInput(reason=str(_("请填写整数。")), field="value")
    try:
        NATIONAL.with_overrides({found.id: value})
    except NotOverridable as error:
        raise FixedByLaw(title=found.title, article=found.article) from error
    except OutOfBounds as error:
        low, high = found.override_bounds or (value, value)
        raise OutsideTheLaw(
            title=found.title, article=found.article, low=told(found, low), high=told(found, high), field="value"
        ) from error
