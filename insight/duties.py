"""The answer that a supervision asks for."""

from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.roles import Role
from cases.declaring import DUTIES, OFFICER, DutyKind, Limit, Step
from cases.models import Duty
from insight.services.supervising import REPLY


def _reply(duty: Duty) -> str:
    return reverse("insight:reply", args=[duty.subject.partition(":")[2]])


DUTIES.declare(
    DutyKind(
        kind=REPLY,
        title=_("答复督办"),
        holder=OFFICER,
        limit=Limit(fact="reply_by"),
        opens=("insight.supervised",),
        closes=("insight.supervision_answered",),
        warn=timedelta(days=1),
        escalate=(Step(timedelta(0), (Role.BUREAU_DIRECTOR, Role.PRESIDENT)),),
        button=_("答复"),
        url=_reply,
        tags=frozenset({"decision"}),
        article="本院督办",
        survives_closing=True,
    )
)
