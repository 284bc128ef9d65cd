"""What the court owes to whoever comes forward in the portal."""

from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.roles import Role
from cases.declaring import DUTIES, OFFICER, DutyKind, Limit
from cases.models import Duty


def _answer(duty: Duty) -> str:
    return reverse("approaches:answer", args=[duty.subject.partition(":")[2]])


def _submission(duty: Duty) -> str:
    return reverse("approaches:submission", args=[duty.subject.partition(":")[2]])


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
    DutyKind(
        kind="portal.answer_hurry",
        title=_("答复当事人的催办"),
        holder=OFFICER,
        limit=Limit(working_days=3, rule="DESK-HURRY"),
        opens=("portal.hurried",),
        closes=("portal.hurry_answered",),
        warn=timedelta(days=1),
        button=_("答复"),
        url=_submission,
        rule="DESK-HURRY",
        article="本院内控",
        survives_closing=True,
    ),
    DutyKind(
        kind="portal.take_objection",
        title=_("审查当事人网上提交的执行异议"),
        holder=Role.FILING_CLERK,
        limit=Limit(days=3, rule="OBJ-ACT.FILE"),
        opens=("portal.objection_handed_in",),
        closes=("portal.objection_taken", "portal.objection_turned_back"),
        warn=timedelta(days=1),
        button=_("审查"),
        url=_submission,
        rule="OBJ-ACT.FILE",
        article="法释〔2015〕10号第2条",
        survives_closing=True,
    ),
)
