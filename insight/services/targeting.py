"""The court's own targets: set by its leaders, dated, kept."""

from datetime import date, datetime
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from accounts import acts, audit, policy
from accounts.actors import Actor
from accounts.roles import Action
from insight.indicators import DEFINITIONS, PERCENT
from insight.models import Target
from kernel import clock
from kernel.refusals import NotFound, Refusal

SET = "target_set"
acts.declare(SET, _("设定指标目标"))


class NotAShare(Refusal):
    """A share lies between 0 and 100 per cent."""

    message = _("比率的目标应在 0 至 100 之间。")
    status = 400


class AlreadyPast(Refusal):
    """A target does not reach back: what was judged stays judged."""

    message = _("目标不能从过去的日期起算。")
    status = 400


def set_target(*, key: str, value: Decimal, from_on: date, actor: Actor, at: datetime) -> Target:
    """Set a target from a day on (today or later). Raises NotAShare, AlreadyPast, NotAllowed, NotFound."""
    policy.require(actor, Action.LEAD)
    if key not in DEFINITIONS or actor.post_id is None:
        raise NotFound
    if DEFINITIONS[key].unit == PERCENT and not 0 <= value <= 100:
        raise NotAShare(field="value")
    if from_on < clock.day_of(at):
        raise AlreadyPast(field="from_on")
    row = Target.objects.create(
        court_id=actor.court_id, key=key, value=value, from_on=from_on, set_by_id=actor.post_id, set_at=at
    )
    audit.write(actor=actor, act=SET, at=at, about=f"insight.{key}", value=str(value), from_on=from_on.isoformat())
    return row
