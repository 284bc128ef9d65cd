"""What must happen next on the ladder: the end of grace, publication, repair, the duties of a detention."""

from collections.abc import Sequence
from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.roles import Role
from cases.declaring import DUTIES, OFFICER, DutyKind, Limit, Step
from cases.kinds import CaseKind
from cases.models import Case, Duty, Event
from law.listing import Ground
from pressure.models import ConsumptionLimit, Listing, ListingState, Sanction, SanctionState

AT_ONCE_TO_ALL = (
    Step(timedelta(0), (Role.BUREAU_DIRECTOR,)),
    Step(timedelta(days=1), (Role.PRESIDENT,)),
)


def _ladder(duty: Duty) -> str:
    return reverse("pressure:ladder", args=[duty.case.slug])


def _sanction(duty: Duty) -> str:
    return reverse("pressure:sanction", args=[duty.subject.partition(":")[2]])


def _debtor(event: Event) -> str:
    """One grace for each debtor, whatever the event is about."""
    return str((event.facts or {}).get("debtor") or event.subject)


def _open_limits(event: Event, case: Case) -> Sequence[str]:
    return [row.symbol for row in ConsumptionLimit.objects.unended().filter(case=case)]


def _of_ground_one(event: Event, case: Case) -> Sequence[str]:
    """Ground one, or decided and never published: removal in three working days."""
    rows = Listing.objects.unended().filter(case=case)
    return [row.symbol for row in rows if row.ground == Ground.ABLE_BUT_REFUSES or row.state == ListingState.DECIDED]


def _with_a_term(event: Event, case: Case) -> Sequence[str]:
    rows = Listing.objects.unended().filter(case=case, state=ListingState.PUBLISHED)
    return [row.symbol for row in rows.exclude(ground=Ground.ABLE_BUT_REFUSES)]


def _detained(event: Event, case: Case) -> Sequence[str]:
    return [row.symbol for row in Sanction.objects.filter(case=case, state=SanctionState.CARRIED_OUT)]


DUTIES.declare(
    DutyKind(
        kind="pressure.grace",
        title=_("履行宽限期届满，决定下一步"),
        holder=OFFICER,
        limit=Limit(fact="grace_until"),
        opens=("pressure.warned", "pressure.grace_extended", "pressure.grace_ended"),
        closes=("pressure.limited", "pressure.listed", "pressure.grace_extended", "pressure.grace_ended"),
        cancels=("cases.debt_discharged",),
        about=_debtor,
        warn=timedelta(days=3),
        button=_("看建议"),
        url=_ladder,
        tags=frozenset({"pressure"}),
        rule="LOC-XX-LADDER",
        article="善意文明执行意见第15条",
    ),
    DutyKind(
        kind="pressure.publish",
        title=_("失信宽限期届满，决定是否公布"),
        holder=OFFICER,
        limit=Limit(fact="grace_until"),
        opens=("pressure.listed",),
        closes=("pressure.published",),
        cancels=("pressure.listing_removed", "cases.debt_discharged"),
        warn=timedelta(days=3),
        button=_("办理公布"),
        url=_ladder,
        tags=frozenset({"pressure"}),
        rule="DIS-GRACE",
        article="善意文明执行意见第15条",
    ),
    DutyKind(
        kind="pressure.end_of_term",
        title=_("失信期限届满，三个工作日内删除失信信息"),
        holder=OFFICER,
        limit=Limit(fact="remove_by"),
        opens=("pressure.listed",),
        closes=("pressure.listing_removed",),
        when=lambda event, case: bool((event.facts or {}).get("remove_by")),
        warn=timedelta(days=7),
        escalate=AT_ONCE_TO_ALL,
        button=_("删除失信"),
        url=_ladder,
        tags=frozenset({"repair"}),
        rule="DIS-REMOVE",
        article="法释〔2017〕7号第10条",
        survives_closing=True,
    ),
    DutyKind(
        kind="pressure.end_sanction",
        title=_("执行罚款、拘留决定"),
        holder=OFFICER,
        limit=Limit(days=30, rule="DESK-SANCTION"),
        opens=("pressure.sanctioned",),
        closes=("pressure.sanction_ended",),
        when=lambda event, case: case.kind == CaseKind.SANCTION,
        warn=timedelta(days=7),
        button=_("看决定"),
        url=_sanction,
        tags=frozenset({"sanction"}),
        article="民事诉讼法第118条",
    ),
    DutyKind(
        kind="pressure.lift_limit",
        title=_("债务已清偿，解除限制消费"),
        holder=OFFICER,
        limit=Limit(working_days=3, rule="DESK-REPAIR"),
        opens=("cases.debt_discharged",),
        closes=("pressure.limit_lifted",),
        cancels=("cases.debt_revived",),
        for_each=_open_limits,
        warn=timedelta(days=2),
        escalate=AT_ONCE_TO_ALL,
        button=_("解除限制"),
        url=_ladder,
        tags=frozenset({"repair"}),
        rule="LIM-LIFT",
        article="限制消费规定第9条",
        survives_closing=True,
    ),
    DutyKind(
        kind="pressure.remove_listing",
        title=_("债务已清偿，三个工作日内删除失信信息"),
        holder=OFFICER,
        limit=Limit(working_days=3, rule="DIS-REMOVE"),
        opens=("cases.debt_discharged",),
        closes=("pressure.listing_removed",),
        cancels=("cases.debt_revived",),
        for_each=_of_ground_one,
        warn=timedelta(days=2),
        escalate=AT_ONCE_TO_ALL,
        button=_("删除失信"),
        url=_ladder,
        tags=frozenset({"repair"}),
        rule="DIS-REMOVE",
        article="法释〔2017〕7号第10条",
        survives_closing=True,
    ),
    DutyKind(
        kind="pressure.decide_early_removal",
        title=_("债务已清偿，决定是否提前删除失信信息"),
        holder=OFFICER,
        limit=Limit(working_days=3, rule="DESK-REPAIR"),
        opens=("cases.debt_discharged",),
        closes=("pressure.listing_removed",),
        cancels=("cases.debt_revived",),
        for_each=_with_a_term,
        warn=timedelta(days=2),
        escalate=AT_ONCE_TO_ALL,
        button=_("提请提前删除"),
        url=_ladder,
        tags=frozenset({"repair"}),
        rule="DIS-EARLY",
        article="法释〔2017〕7号第2条",
        survives_closing=True,
    ),
    DutyKind(
        kind="pressure.tell_family",
        title=_("通知被拘留人家属"),
        holder=Role.BAILIFF,
        limit=Limit(hours=24, rule="SAN-FAMILY"),
        opens=("pressure.detained",),
        closes=("pressure.family_told",),
        warn=timedelta(hours=20),
        escalate=AT_ONCE_TO_ALL,
        button=_("登记通知"),
        url=_ladder,
        tags=frozenset({"sanction"}),
        rule="SAN-FAMILY",
        article="民诉法解释第180条",
    ),
    DutyKind(
        kind="pressure.release_detained",
        title=_("解除拘留"),
        holder=OFFICER,
        limit=Limit(fact="until"),
        opens=("pressure.detained",),
        closes=("pressure.released",),
        warn=timedelta(days=1),
        escalate=AT_ONCE_TO_ALL,
        button=_("办理解除"),
        url=_ladder,
        tags=frozenset({"sanction"}),
        rule="SAN-DETAIN",
        article="民事诉讼法第118条",
        survives_closing=True,
    ),
    DutyKind(
        kind="pressure.release_on_payment",
        title=_("债务已清偿，审查提前解除拘留"),
        holder=OFFICER,
        limit=Limit(days=1, rule="DESK-RELEASE"),
        opens=("cases.debt_discharged",),
        closes=("pressure.released",),
        for_each=_detained,
        escalate=AT_ONCE_TO_ALL,
        button=_("办理解除"),
        url=_ladder,
        tags=frozenset({"sanction"}),
        rule="SAN-DETAIN",
        article="民诉法解释第182条",
        survives_closing=True,
    ),
)
