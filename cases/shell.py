"""The counts beside 待办, 待签批, 预警 and 我的案件, and the words of what the room writes into the journal."""

from django.utils.translation import gettext_lazy as _

from accounts import acts, shell
from accounts.actors import Actor
from accounts.shell import Rows
from cases.models import Case, Decision, Duty
from kernel import clock

CASES_EXPORTED = "cases.exported"
DUTIES_EXPORTED = "cases.duties_exported"
IDENTITY_READ = "cases.identity_read"
IDENTITY_SEARCHED = "cases.identity_searched"


def duties(actor: Actor) -> Rows:
    """The duties in the actor's tray, and how many of them are past."""
    rows = Duty.objects.held_by(actor).open()
    return Rows(rows, rows.filter(paused_at__isnull=True, due_at__lt=clock.now()))


def decisions(actor: Actor) -> Rows:
    """The questions that the actor can decide now."""
    return Rows(Decision.objects.awaiting(actor))


def warnings(actor: Actor) -> Rows:
    """Duties past or near their limit in the cases that the actor sees; all that are past are counted as such."""
    now = clock.now()
    rows = Duty.objects.visible_to(actor).open().filter(paused_at__isnull=True, warn_at__lte=now)
    return Rows(rows, rows.filter(due_at__lt=now))


def open_cases(actor: Actor) -> Rows:
    """The open cases that the actor sees."""
    return Rows(Case.objects.visible_to(actor).open())


shell.COUNTS.update(inbox=duties, decisions=decisions, warnings=warnings, cases=open_cases)
acts.declare(CASES_EXPORTED, _("导出案件清单"))
acts.declare(DUTIES_EXPORTED, _("导出待办清单"))
acts.declare(IDENTITY_READ, _("查看完整证件号"))
acts.declare(IDENTITY_SEARCHED, _("按证件号或电话搜索"))
