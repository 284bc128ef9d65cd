"""What must happen next in a case, by law or by the court's own target (rule ids of docs/law-coverage.md)."""

from collections.abc import Callable
from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.roles import Role
from cases.declaring import DUTIES, OFFICER, DutyKind, Limit, Step, of_case
from cases.kinds import EXECUTION_KINDS, CaseKind, ObjectionOutcome
from cases.models import Case, Duty, Event

DIRECTOR_THEN_PRESIDENT = (
    Step(timedelta(0), (Role.BUREAU_DIRECTOR,)),
    Step(timedelta(days=3), (Role.PRESIDENT,)),
)


def _is_execution(event: Event, case: Case) -> bool:
    return case.kind in EXECUTION_KINDS


def _is_civil(event: Event, case: Case) -> bool:
    return case.kind == CaseKind.CIVIL


def _of_tier(event: Event, case: Case) -> str:
    return str((event.facts or {}).get("tier"))


def _about(event: Event) -> str:
    return str((event.facts or {}).get("about"))


def _case_page(duty: Duty) -> str:
    return reverse("cases:case", args=[duty.case.slug])


def _act(name: str) -> Callable[[Duty], str]:
    def url(duty: Duty) -> str:
        return reverse(name, args=[duty.case.slug])

    return url


def _decision(duty: Duty) -> str:
    return reverse("cases:decision", args=[duty.subject.partition(":")[2]])


def _document(duty: Duty) -> str:
    return reverse("cases:document", args=[duty.case.slug, duty.subject.partition(":")[2]])


DUTIES.declare(
    DutyKind(
        kind="cases.assign",
        title=_("确定承办人"),
        holder=Role.FILING_CLERK,
        limit=Limit(days=7, rule="EXE-ASSIGN"),
        opens=("cases.filed",),
        closes=("cases.assigned",),
        about=of_case,
        when=lambda event, case: case.officer_id is None and case.kind in (*EXECUTION_KINDS, CaseKind.CIVIL),
        warn=timedelta(days=2),
        button=_("分案"),
        url=_act("cases:assign"),
        tags=frozenset({"filing"}),
        rule="EXE-ASSIGN",
        article="法发〔2006〕35号第2条",
    ),
    DutyKind(
        kind="cases.send_to_trial",
        title=_("移送审理"),
        holder=Role.FILING_CLERK,
        limit=Limit(days=3, rule="EXE-TRANSFER-FILE"),
        opens=("cases.filed",),
        closes=("cases.trial_begun",),
        about=of_case,
        when=_is_civil,
        button=_("移送"),
        url=_act("cases:trial"),
        tags=frozenset({"filing"}),
        rule="EXE-TRANSFER-FILE",
        article="法释〔2000〕29号第7条",
    ),
    DutyKind(
        kind="cases.try",
        title=_("审结案件"),
        holder=OFFICER,
        limit=Limit(months=6, rule="DESK-TRY"),
        opens=("cases.trial_begun",),
        closes=("cases.judged", "cases.mediated", "cases.withdrawn"),
        about=of_case,
        warn=timedelta(days=30),
        button=_("录入裁判"),
        url=_act("cases:judgment"),
        tags=frozenset({"trial"}),
        article="民事诉讼法第152条",
    ),
    DutyKind(
        kind="cases.record_effect",
        title=_("登记判决生效日"),
        holder=OFFICER,
        limit=Limit(days=30, rule="DESK-EFFECT"),
        opens=("cases.judged",),
        closes=("cases.judgment_effective",),
        about=of_case,
        warn=timedelta(days=10),
        button=_("登记生效"),
        url=_act("cases:effect"),
        tags=frozenset({"trial"}),
    ),
    DutyKind(
        kind="cases.notify",
        title=_("发执行通知书和报告财产令"),
        holder=Role.QUERY_OFFICER,
        limit=Limit(days=10, rule="EXE-NOTICE"),
        opens=("cases.filed",),
        closes=("cases.notified",),
        about=of_case,
        when=_is_execution,
        warn=timedelta(days=7),
        button=_("发通知"),
        url=_act("cases:notify"),
        tags=frozenset({"inquiry"}),
        rule="EXE-NOTICE",
        article="民诉法解释第480条",
        escalate=DIRECTOR_THEN_PRESIDENT,
    ),
    DutyKind(
        kind="cases.execute_in_time",
        title=_("六个月内执结"),
        holder=OFFICER,
        limit=Limit(months=6, rule="EXE-CLOSE"),
        opens=("cases.filed",),
        closes=("cases.closed",),
        about=of_case,
        when=_is_execution,
        warn=timedelta(days=30),
        button=_("看案件"),
        url=_case_page,
        tags=frozenset({"closing"}),
        rule="EXE-CLOSE",
        article="执行工作规定第63条",
        escalate=DIRECTOR_THEN_PRESIDENT,
    ),
    DutyKind(
        kind="cases.hand_over",
        title=_("移送执行实施团队"),
        holder=Role.QUERY_OFFICER,
        limit=Limit(days=3, rule="DESK-HAND-OVER"),
        opens=("assets.inquired",),
        closes=("cases.handed_over",),
        cancels=("cases.debt_discharged",),
        about=of_case,
        when=lambda event, case: case.kind in EXECUTION_KINDS and case.stage in {"NOTIFIED", "INQUIRED"},
        button=_("移送"),
        url=_act("cases:hand_over"),
        tags=frozenset({"inquiry"}),
    ),
    DutyKind(
        kind="cases.give_objection",
        title=_("指定审查异议的法官"),
        holder=Role.BUREAU_DIRECTOR,
        limit=Limit(days=3, rule="OBJ-ACT.FILE"),
        opens=("cases.filed",),
        closes=("cases.review_begun",),
        about=of_case,
        when=lambda event, case: case.kind == CaseKind.OBJECTION,
        button=_("指定法官"),
        url=_act("cases:review_objection"),
        rule="OBJ-ACT.FILE",
        article="法释〔2015〕10号第2条、第11条",
    ),
    DutyKind(
        kind="cases.review_objection",
        title=_("审查执行异议"),
        holder=OFFICER,
        limit=Limit(fact="rule_by"),
        opens=("cases.review_begun",),
        closes=("cases.objection_ruled",),
        about=of_case,
        warn=timedelta(days=5),
        button=_("录入裁定"),
        url=_act("cases:rule_objection"),
        rule="OBJ-ACT",
        article="民事诉讼法第236条、第238条",
        escalate=DIRECTOR_THEN_PRESIDENT,
    ),
    DutyKind(
        kind="cases.follow_objection",
        title=_("按异议裁定办理"),
        holder=OFFICER,
        limit=Limit(days=7, rule="OBJ-RELEASE"),
        opens=("cases.objection_answered",),
        closes=("cases.objection_followed",),
        when=lambda event, case: (event.facts or {}).get("outcome") != ObjectionOutcome.REJECTED,
        warn=timedelta(days=3),
        button=_("登记办理"),
        url=lambda duty: reverse("cases:follow_objection", args=[duty.subject.partition(":")[2]]),
        rule="OBJ-RELEASE",
        article="民诉法解释第314条",
        survives_closing=True,
    ),
    DutyKind(
        kind="cases.serve",
        title=_("送达文书"),
        holder=OFFICER,
        limit=Limit(days=5, rule="DESK-SERVE"),
        opens=("cases.document_issued",),
        closes=("cases.document_served",),
        when=lambda event, case: case.services.filter(document_id=event.subject.partition(":")[2]).exists(),
        warn=timedelta(days=2),
        button=_("登记送达"),
        url=_document,
        tags=frozenset({"service"}),
        article="民事诉讼法第87条",
        survives_closing=True,
    ),
    DutyKind(
        kind="cases.decide",
        title=_("审批"),
        holder=_of_tier,
        limit=Limit(days=1, rule="DESK-DECIDE"),
        opens=("cases.decision_asked", "cases.decision_passed_on"),
        closes=("cases.decision_approved", "cases.decision_sent_back", "cases.decision_passed_on"),
        cancels=("cases.decision_withdrawn",),
        warn=timedelta(hours=6),
        button=_("审批"),
        url=_decision,
        tags=frozenset({"decision"}),
        survives_closing=True,
    ),
    DutyKind(
        kind="cases.mend",
        title=_("按退回意见修改后重新提请"),
        holder=OFFICER,
        limit=Limit(days=3, rule="DESK-MEND"),
        opens=("cases.decision_sent_back",),
        closes=("cases.decision_asked",),
        about=_about,
        button=_("看意见"),
        url=lambda duty: reverse("cases:opinion", args=[duty.pk]),
        tags=frozenset({"decision"}),
    ),
    DutyKind(
        kind="cases.close_performed",
        title=_("债务已清偿，办理结案"),
        holder=OFFICER,
        limit=Limit(days=15, rule="DESK-CLOSE"),
        opens=("cases.debt_discharged",),
        closes=("cases.closed",),
        cancels=("cases.debt_revived",),
        about=of_case,
        when=_is_execution,
        warn=timedelta(days=5),
        button=_("提请结案"),
        url=_act("cases:close"),
        tags=frozenset({"closing"}),
    ),
)
