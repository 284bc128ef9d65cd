"""What the court owes to whoever comes forward in the portal."""

from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cases.declaring import DUTIES, OFFICER, DutyKind, Limit
from cases.models import Duty


def _answer(duty: Duty) -> str:
    return reverse("approaches:answer", args=[duty.subject.partition(":")[2]])


DUTIES.declare(
    DutyKind(
        kind="portal.answer_approach",
        title=_("答复主动联系的义务人"),
        holder=OFFICER,
        limit=Limit(working_days=2, rule="DESK-APPROACH"),
        opens=("portal.approached",),
        closes=("portal.approach_answered",),
        warn=timedelta(days=1),
        button=_("答复"),
        url=_answer,
        rule="DESK-APPROACH",
        article="本院内控",
    ),
)
