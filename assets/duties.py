"""What must happen next with property: rulings, inquiries, renewals, releases."""

from collections.abc import Callable, Sequence
from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.roles import Role
from assets.models import FreezeOrder
from assets.models.measures import OrderState
from cases.declaring import DUTIES, OFFICER, DutyKind, Limit, Step, of_case
from cases.kinds import EXECUTION_KINDS
from cases.models import Case, Duty, Event

DIRECTOR_THEN_PRESIDENT = (
    Step(timedelta(0), (Role.BUREAU_DIRECTOR,)),
    Step(timedelta(days=1), (Role.PRESIDENT,)),
)


def _page(name: str) -> Callable[[Duty], str]:
    def url(duty: Duty) -> str:
        return reverse(name, args=[duty.case.slug])

    return url


def _order_page(duty: Duty) -> str:
    return reverse("assets:order", args=[duty.subject.partition(":")[2]])


def _effective_orders(event: Event, case: Case) -> Sequence[str]:
    """Every freeze of the matter that is still in force and belongs to this case's chain of duties."""
    rows = FreezeOrder.objects.filter(case__matter_id=case.matter_id, state=OrderState.EFFECTIVE)
    return [row.symbol for row in rows]


DUTIES.declare(
    DutyKind(
        kind="assets.rule",
        title=_("裁定财产保全"),
        holder=Role.TRIAL_JUDGE,
        limit=Limit(fact="rule_by"),
        opens=("assets.preservation_applied",),
        closes=("assets.preservation_ruled",),
        warn=timedelta(hours=24),
        escalate=DIRECTOR_THEN_PRESIDENT,
        button=_("看保全申请"),
        url=_page("assets:preservation"),
        tags=frozenset({"property"}),
        rule="PRES-LIT-RULING",
        article="民事诉讼法第103条，保全规定第4条",
    ),
    DutyKind(
        kind="assets.carry_out",
        title=_("实施保全，冻结存款"),
        holder=OFFICER,
        limit=Limit(days=5, rule="PRES-EXEC-START"),
        opens=("assets.preservation_begun",),
        closes=("assets.freeze_ordered",),
        about=of_case,
        warn=timedelta(days=3),
        escalate=DIRECTOR_THEN_PRESIDENT,
        button=_("冻结存款"),
        url=_page("assets:freeze"),
        tags=frozenset({"property"}),
        rule="PRES-EXEC-START",
        article="保全规定第4条",
    ),
    DutyKind(
        kind="assets.inquire",
        title=_("网络查询被执行人财产"),
        holder=Role.QUERY_OFFICER,
        limit=Limit(days=2),
        opens=("cases.notified",),
        closes=("assets.inquiry_sent",),
        cancels=("cases.debt_discharged",),
        about=of_case,
        when=lambda event, case: case.kind in EXECUTION_KINDS,
        button=_("发起查询"),
        url=_page("assets:inquiry"),
        tags=frozenset({"inquiry"}),
        rule="LOC-XJ-2D",
        article="财产调查规定第12条；本院两日查询",
    ),
    DutyKind(
        kind="assets.answers_owed",
        title=_("网络查询待反馈"),
        holder=Role.QUERY_OFFICER,
        limit=Limit(days=3),
        opens=("assets.inquiry_sent",),
        closes=("assets.inquired",),
        about=of_case,
        button=_("看反馈"),
        url=_page("assets:inquiry"),
        tags=frozenset({"inquiry"}),
        rule="LOC-XJ-3D",
    ),
    DutyKind(
        kind="assets.freeze_answer_owed",
        title=_("冻结待银行反馈"),
        holder=OFFICER,
        limit=Limit(hours=24),
        opens=("assets.freeze_ordered",),
        closes=("assets.freeze_effective", "assets.freeze_refused"),
        warn=timedelta(hours=6),
        button=_("看冻结"),
        url=_order_page,
        tags=frozenset({"property"}),
        survives_closing=True,
    ),
    DutyKind(
        kind="assets.renew",
        title=_("续行冻结存款"),
        holder=OFFICER,
        limit=Limit(fact="last_day"),
        opens=("assets.freeze_effective", "assets.freeze_renewed"),
        closes=("assets.renewal_ordered",),
        cancels=("assets.freeze_released", "assets.freeze_lapsed", "assets.release_ordered"),
        when=lambda event, case: bool((event.facts or {}).get("last_day")),
        warn=timedelta(days=30),
        escalate=(Step(timedelta(days=-7), (Role.BUREAU_DIRECTOR,)), Step(timedelta(0), (Role.PRESIDENT,))),
        button=_("续行冻结"),
        url=_order_page,
        tags=frozenset({"expiring", "property"}),
        rule="FRZ-RENEW",
        article="民诉法解释第485条",
        survives_closing=True,
    ),
    DutyKind(
        kind="assets.release",
        title=_("债务已清偿，解除冻结"),
        holder=OFFICER,
        limit=Limit(days=5, rule="PRES-LIFT-TIME"),
        opens=("cases.debt_discharged",),
        closes=("assets.release_ordered",),
        cancels=("assets.freeze_lapsed", "assets.freeze_released", "cases.debt_revived"),
        for_each=_effective_orders,
        warn=timedelta(days=2),
        button=_("解除冻结"),
        url=_order_page,
        tags=frozenset({"property"}),
        rule="FRZ-RELEASE",
        article="查封规定第28条",
        survives_closing=True,
    ),
)
