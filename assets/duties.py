"""What must happen next with property: rulings, inquiries, answers owed, renewals, releases, suits after preservation."""

from collections.abc import Callable, Sequence
from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.roles import Role
from assets.models import FreezeOrder, Preservation
from assets.models.measures import OrderState
from assets.models.preservations import PreservationStage, PreservationState
from cases import queries
from cases.declaring import DUTIES, OFFICER, DutyKind, Limit, Step, of_case
from cases.kinds import EXECUTION_KINDS
from cases.models import Case, Duty, Event
from kernel import clock

DIRECTOR_THEN_PRESIDENT = (
    Step(timedelta(0), (Role.BUREAU_DIRECTOR,)),
    Step(timedelta(days=1), (Role.PRESIDENT,)),
)


def _page(name: str) -> Callable[[Duty], str]:
    def url(duty: Duty) -> str:
        return reverse(name, args=[duty.case.slug])

    return url


def _by_subject(name: str) -> Callable[[Duty], str]:
    def url(duty: Duty) -> str:
        return reverse(name, args=[duty.subject.partition(":")[2]])

    return url


def _asked_about(event: Event) -> str:
    """The subject of a decision, or of the event itself."""
    return str((event.facts or {}).get("about") or event.subject)


def _preservation_of(event: Event) -> str:
    """The preservation behind a freeze; other events name it themselves."""
    model, _colon, key = event.subject.partition(":")
    if model != "assets.freeze_order":
        return event.subject
    row = FreezeOrder.objects.select_related("preservation").get(pk=key)
    return row.preservation.symbol if row.preservation else ""


def _trying(event: Event, case: Case) -> str:
    """The judge who tries the case; before there is one, the trial judges' tray."""
    tried = case.officer is not None and case.officer.role == Role.TRIAL_JUDGE
    return OFFICER if tried else Role.TRIAL_JUDGE


def _must_be_sued_on(event: Event, case: Case) -> bool:
    rows = Preservation.objects.filter(carried_out_in=case, stage=PreservationStage.PRE_SUIT, sued_in__isnull=True)
    return rows.exists()


def _preservations(event: Event, case: Case) -> Sequence[str]:
    return [row.symbol for row in Preservation.objects.filter(case=case, state=PreservationState.RULED)]


def _to_release(event: Event, case: Case) -> Sequence[str]:
    """Every freeze of the matter in force; after a refusal of the bank the one freeze, when nothing is owed."""
    if event.verb == "assets.release_refused":
        owed = queries.debt(case.matter, clock.day_of(event.recorded_at)).total
        return [event.subject] if owed <= 0 and case.kind in EXECUTION_KINDS else []
    rows = FreezeOrder.objects.filter(case__matter_id=case.matter_id, state=OrderState.EFFECTIVE)
    return [row.symbol for row in rows.order_by("id")]


def _answer_owed(name: str, title: object, opens: str, closes: tuple[str, ...], **more: object) -> DutyKind:
    return DutyKind(
        kind=name,
        title=title,  # type: ignore[arg-type]
        holder=OFFICER,
        limit=Limit(hours=24, rule="DESK-BANK-ANSWER"),
        opens=(opens,),
        closes=closes,
        warn=timedelta(hours=6),
        button=_("看冻结"),
        url=_by_subject("assets:order"),
        tags=frozenset({"property"}),
        survives_closing=True,
        **more,  # type: ignore[arg-type]
    )


DUTIES.declare(
    DutyKind(
        kind="assets.rule",
        title=_("裁定财产保全"),
        holder=_trying,
        limit=Limit(fact="rule_by"),
        opens=("assets.preservation_applied",),
        closes=("assets.preservation_ruled",),
        cancels=("cases.decision_sent_back", "cases.decision_withdrawn"),
        about=_asked_about,
        warn=timedelta(hours=24),
        escalate=DIRECTOR_THEN_PRESIDENT,
        button=_("看保全申请"),
        url=_by_subject("assets:application"),
        tags=frozenset({"property"}),
        rule="PRES-LIT-RULING",
        article="民事诉讼法第103、104条，保全规定第4条",
    ),
    DutyKind(
        kind="assets.carry_out",
        title=_("实施保全，冻结存款"),
        holder=OFFICER,
        limit=Limit(fact="begin_by"),
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
        kind="assets.sue",
        title=_("诉前保全：等申请人起诉，逾期未诉应当解除"),
        holder=OFFICER,
        limit=Limit(days=30, rule="PRES-PRE-LAPSE"),
        opens=("assets.freeze_effective",),
        closes=("assets.preservation_sued",),
        cancels=("assets.freeze_released", "assets.freeze_lapsed"),
        about=_preservation_of,
        when=_must_be_sued_on,
        warn=timedelta(days=5),
        escalate=DIRECTOR_THEN_PRESIDENT,
        button=_("看保全"),
        url=_by_subject("assets:application"),
        tags=frozenset({"property"}),
        rule="PRES-PRE-LAPSE",
        article="民事诉讼法第104条第3款",
        survives_closing=True,
    ),
    DutyKind(
        kind="assets.lift",
        title=_("已撤诉，解除保全"),
        holder=Role.EXECUTION_JUDGE,
        limit=Limit(days=5, rule="PRES-LIFT-TIME"),
        opens=("cases.withdrawn",),
        closes=("assets.preservation_lifted",),
        for_each=_preservations,
        warn=timedelta(days=2),
        escalate=DIRECTOR_THEN_PRESIDENT,
        button=_("看保全"),
        url=_by_subject("assets:application"),
        tags=frozenset({"property"}),
        rule="PRES-LIFT-TIME",
        article="保全规定第23条",
        survives_closing=True,
    ),
    DutyKind(
        kind="assets.inquire",
        title=_("网络查询被执行人财产"),
        holder=Role.QUERY_OFFICER,
        limit=Limit(days=2, rule="DESK-INQUIRE"),
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
        limit=Limit(days=3, rule="DESK-ANSWERS"),
        opens=("assets.inquiry_sent",),
        closes=("assets.inquired",),
        about=of_case,
        button=_("看反馈"),
        url=_page("assets:inquiry"),
        tags=frozenset({"inquiry"}),
        rule="LOC-XJ-3D",
    ),
    DutyKind(
        kind="assets.check_clue",
        title=_("核查财产线索"),
        holder=OFFICER,
        limit=Limit(days=7, rule="EXE-CLUE-CHECK"),
        opens=("cases.clue_given",),
        closes=("assets.clue_checked",),
        cancels=("cases.debt_discharged",),
        button=_("核查线索"),
        url=_page("assets:clues"),
        tags=frozenset({"inquiry", "property"}),
        article="财产调查规定第1条",
    ),
    _answer_owed(
        "assets.freeze_answer_owed",
        _("冻结待银行反馈"),
        "assets.freeze_ordered",
        ("assets.freeze_effective", "assets.freeze_refused"),
        cancels=("assets.freeze_withdrawn",),
    ),
    _answer_owed(
        "assets.renewal_answer_owed",
        _("续行冻结待银行反馈"),
        "assets.renewal_ordered",
        ("assets.freeze_renewed", "assets.renewal_refused"),
        cancels=("assets.freeze_lapsed", "assets.freeze_released"),
    ),
    _answer_owed(
        "assets.release_answer_owed",
        _("解除冻结待银行反馈"),
        "assets.release_ordered",
        ("assets.freeze_released", "assets.release_refused"),
        cancels=("assets.freeze_lapsed",),
    ),
    DutyKind(
        kind="assets.levy_answer_owed",
        title=_("扣划待银行反馈"),
        holder=OFFICER,
        limit=Limit(hours=24, rule="DESK-BANK-ANSWER"),
        opens=("assets.levy_ordered",),
        closes=("assets.levied", "assets.levy_refused"),
        warn=timedelta(hours=6),
        button=_("看扣划"),
        url=_by_subject("assets:levied"),
        tags=frozenset({"property"}),
        survives_closing=True,
    ),
    DutyKind(
        kind="assets.renew",
        title=_("续行冻结存款"),
        holder=OFFICER,
        limit=Limit(fact="last_day"),
        opens=(
            "assets.freeze_effective",
            "assets.freeze_renewed",
            "assets.renewal_refused",
            "assets.measure_taken_over",
            "assets.measure_moved_up",
        ),
        closes=("assets.renewal_ordered",),
        cancels=("assets.freeze_released", "assets.freeze_lapsed", "assets.measure_handed_on"),
        when=lambda event, case: bool((event.facts or {}).get("last_day")),
        warn=timedelta(days=30),
        escalate=(Step(timedelta(days=-7), (Role.BUREAU_DIRECTOR,)), Step(timedelta(0), (Role.PRESIDENT,))),
        button=_("续行冻结"),
        url=_by_subject("assets:order"),
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
        opens=("cases.debt_discharged", "assets.release_refused"),
        closes=("assets.release_ordered",),
        cancels=("assets.freeze_lapsed", "assets.freeze_released", "cases.debt_revived"),
        for_each=_to_release,
        warn=timedelta(days=2),
        button=_("解除冻结"),
        url=_by_subject("assets:order"),
        tags=frozenset({"property"}),
        rule="FRZ-RELEASE",
        article="查封规定第28条",
        survives_closing=True,
    ),
)
