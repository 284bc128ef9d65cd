"""The acts that the cases room offers on a case page, each shown when the role and the stage allow it."""

from collections.abc import Callable

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.roles import Action
from cases.declaring import ACTS, Act
from cases.kinds import EXECUTION_KINDS, CaseKind
from cases.models import Case
from cases.services import advancing, calling, closing

CIVIL = frozenset({CaseKind.CIVIL})
EXECUTION = frozenset(EXECUTION_KINDS)
OBJECTION = frozenset({CaseKind.OBJECTION})


def _page(name: str) -> Callable[[Case], str]:
    def url(case: Case) -> str:
        return reverse(name, args=[case.slug])

    return url


def _open(case: Case) -> bool:
    return case.is_open


def _may(*transitions: str) -> Callable[[Case], bool]:
    def open_to(case: Case) -> bool:
        return any(advancing.may(case, name) for name in transitions)

    return open_to


def _unexecuted(case: Case) -> bool:
    """Effective, and nobody executes it yet."""
    if case.effective_on is None or not case.items.exists():
        return False
    return not Case.objects.open().filter(matter_id=case.matter_id, kind__in=EXECUTION_KINDS).exists()


def _to_be_called(case: Case) -> bool:
    return case.is_open and bool(calling.waiting(case))


ACTS.declare(
    Act("cases.trial", _("移送审理"), _page("cases:trial"), Action.ASSIGN, CIVIL, _may("begin_trial"), order=10),
    Act("cases.judgment", _("录入裁判"), _page("cases:judgment"), Action.TRY, CIVIL, _may("judge", "mediate"), order=12),
    Act("cases.effect", _("登记判决生效日"), _page("cases:effect"), Action.TRY, CIVIL, _may("take_effect"), order=14),
    Act("cases.execute", _("申请执行立案"), _page("cases:execute"), Action.FILE, CIVIL, _unexecuted, order=16),
    Act(
        "cases.notify", _("发执行通知书和报告财产令"), _page("cases:notify"), Action.EXECUTE, EXECUTION,
        _may("notify"), order=20,
    ),
    Act(
        "cases.hand_over", _("移送执行实施"), _page("cases:hand_over"), Action.EXECUTE, EXECUTION,
        _may("implement"), order=24,
    ),
    Act("cases.call_on", _("启动补充责任"), _page("cases:call_on"), Action.EXECUTE, EXECUTION, _to_be_called, order=30),
    Act("cases.object", _("执行异议立案"), _page("cases:object"), Action.FILE, EXECUTION, _open, order=32),
    Act(
        "cases.review_objection", _("指定审查法官"), _page("cases:review_objection"), Action.ASSIGN, OBJECTION,
        _may("review"), order=10,
    ),
    Act(
        "cases.rule_objection", _("录入异议裁定"), _page("cases:rule_objection"), Action.RULE_OBJECTION, OBJECTION,
        _may("rule"), order=12, panel=False,
    ),
    Act("cases.follow", _("关注、取消关注"), _page("cases:follow"), Action.SEE_CASES, order=95),
    Act("cases.assign", _("分案与改派"), _page("cases:assign"), Action.ASSIGN, None, _open, order=60),
    Act("cases.clue", _("记录财产线索"), _page("cases:clue"), Action.NOTE, None, _open, order=64),
    Act("cases.agent", _("登记代理人"), _page("cases:agent"), Action.EDIT_CASE, None, _open, order=66),
    Act("cases.contact", _("记录联系"), _page("cases:contact"), Action.NOTE, order=70),
    Act("cases.note", _("记笔记"), _page("cases:note"), Action.NOTE, order=72),
    Act("cases.attach", _("附件入卷"), _page("cases:attach"), Action.NOTE, order=74),
    Act("cases.withdraw", _("撤诉结案"), _page("cases:withdraw"), Action.TRY, CIVIL, _may("withdraw"), order=80),
    Act(
        "cases.close", _("提请结案"), _page("cases:close"), Action.PROPOSE_CLOSING, EXECUTION,
        _may(*closing.TRANSITIONS.values()), order=90,
    ),
)  # fmt: skip
