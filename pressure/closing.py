"""Closing checks of the pressure room."""

from datetime import datetime

from django.utils.translation import gettext as _

from cases.declaring import CLOSING, ClosingCheck
from cases.kinds import ClosedHow
from cases.models import Case
from kernel.refusals import Condition
from pressure.models import ConsumptionLimit, Sanction, SanctionState


def _limited(case: Case, at: datetime) -> Condition:
    return Condition(
        text=_("已对被执行人发出限制消费令"),
        met=ConsumptionLimit.objects.filter(case=case).exists(),
        cure=_("提请限制消费"),
        article="终本规定第1条",
    )


def _nobody_detained(case: Case, at: datetime) -> Condition:
    held = Sanction.objects.filter(case=case, state=SanctionState.CARRIED_OUT).exists()
    return Condition(text=_("没有在拘人员"), met=not held, cure=_("先办理解除拘留"))


CLOSING.declare(
    ClosingCheck("pressure.limited", frozenset({ClosedHow.ROUND_ENDED}), _limited),
    ClosingCheck("pressure.nobody_detained", frozenset({ClosedHow.PERFORMED, ClosedHow.TERMINATED}), _nobody_detained),
)
