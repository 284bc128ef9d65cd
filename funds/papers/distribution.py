"""Papers of a distribution: the plan with its table, the notice of an objection, the notice of opposition (解释508–510)."""

from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from cases.declaring import PaperKind
from cases.models import Case, Document, Party
from cases.papermaking import paper, wording
from cases.papers import acts, addressing
from funds.kinds.distribution import DebtorKind, PlanRank
from funds.models import DistributionPlan, PlanObjection
from funds.services import plan_windows, planning
from funds.services.distributing import PAPER
from funds.services.objecting import NOTICE, OPPOSITION_NOTICE
from funds.services.shares import Division

HEAD = ("序号", "债权人、案号", "顺位", "债权额（元）", "分得（元）", "清偿率")


def _plan(subject: str) -> DistributionPlan:
    rows = DistributionPlan.objects.select_related("debtor", "case__matter", "court")
    return rows.get(pk=subject.partition(":")[2])


def _objection(subject: str) -> PlanObjection:
    rows = PlanObjection.objects.select_related("party", "plan__debtor", "plan__case", "plan__court", "plan__document")
    return rows.get(pk=subject.partition(":")[2])


def _sheet_of_plan(*, case: Case, subject: str, at: datetime, why: str = "", **_more: Any) -> dict[str, Any]:
    plan = _plan(subject)
    found = planning.division(plan, list(planning.claims_of(plan)), at)
    return paper.sheet(
        *wording.party_lines(case),
        paper.para(
            f"本院在执行{wording.names(wording.claiming(case))}与{plan.debtor.name}{case.cause}一案（{case.number}）中，收到"
            f"被执行人{plan.debtor.name}的执行款{wording.sum_of(plan.pool)}。该款须由下列债权人分配，债权计算至"
            f"{wording.day(plan.cutoff)}。依照{acts.INTERPRETATION}{wording.article(508)}、{wording.article(509)}的规定，"
            "制作分配方案如下：",
        ),
        *([paper.para(why, "。本方案为修正后的方案，请依此分配。")] if why else []),
        paper.head("一、分配顺序"),
        paper.para(_order(plan, found)),
        paper.head("二、分配表"),
        _table(found),
        *_grounds(found),
        paper.head("三、计算"),
        paper.numbered(*(row.line.text for row in found.rows), style="1."),
        *_rest(found),
        paper.head("四、异议"),
        paper.para(
            "债权人或者被执行人对本方案有异议的，应当",
            paper.strong("自收到本方案之日起十五日内"),
            f"向本院提出书面异议，写明对哪一项债权、哪一部分金额或者顺位有异议。逾期未提出的，按本方案分配；有异议的，只预留"
            f"争议部分，其余照常发放（{acts.INTERPRETATION}{wording.article(510)}）。",
        ),
        paper.closing(contact=addressing.contact(case)),
        court=case.court,
        pool=plan.pool,
        rate=str(found.ordinary_rate or ""),
    )


def _order(plan: DistributionPlan, found: Division) -> str:
    first = "执行费用、优先受偿的债权依次受偿后，"
    if plan.debtor_kind != DebtorKind.COMPANY:
        rate = found.ordinary_rate
        ratio = f"，清偿率{rate:.4%}" if rate is not None else ""
        return f"{first}普通债权按照其占全部申请参与分配债权数额的比例受偿{ratio}；加倍部分债务利息最后受偿。"
    return (
        f"{first}{plan.ground}，普通债权按照采取查封措施的先后顺序受偿（{acts.INTERPRETATION}{wording.article(514)}）。"
    )


def _table(found: Division) -> Any:
    rows = [
        [
            str(place),
            f"{row.claim.label}　{row.claim.case.number}",
            str(row.claim.get_rank_display()),
            f"{row.whole:,.2f}",
            f"{row.share:,.2f}",
            f"{row.rate:.2%}",
        ]
        for place, row in enumerate(found.rows, start=1)
    ]
    given = sum((row.share for row in found.rows), Decimal("0.00"))
    claimed = sum((row.whole for row in found.rows), Decimal("0.00"))
    total = ["", "合计", "", f"{claimed:,.2f}", f"{given:,.2f}", ""]
    return paper.table(HEAD, rows, widths=[2, 8, 4, 6, 6, 4], right=(3, 4, 5), total=total)


def _grounds(found: Division) -> list[Any]:
    rows = [f"{row.claim.label}：{row.claim.ground}" for row in found.rows if row.claim.rank == PlanRank.PRIORITY]
    return [paper.note("优先依据：", "；".join(rows), "。")] if rows else []


def _rest(found: Division) -> list[Any]:
    if found.surplus:
        return [paper.para(f"清偿全部债权后的余款{wording.sum_of(found.surplus)}，退还被执行人。")]
    return [paper.para("未受清偿的债权，被执行人应当继续清偿；债权人发现被执行人有其他财产的，可以随时请求本院执行。")]


def _sheet_of_objection(*, case: Case, subject: str, at: datetime, **_more: Any) -> dict[str, Any]:
    row = _objection(subject)
    others = [party for party in plan_windows.people(row.plan) if party.pk != row.party_id]
    return paper.sheet(
        paper.to(*(party.name for party in others)),
        paper.para(
            f"本院{wording.day(row.plan.issued_at or at)}作出的分配方案，{row.party.name}于{wording.day(row.made_on)}提出书面异议："
        ),
        paper.para(row.grounds),
        paper.numbered(*_wanted(row), style="1."),
        paper.para(
            f"依照{acts.INTERPRETATION}{wording.article(510)}的规定，你（单位）对上述异议如有反对意见，应当",
            paper.strong("自收到本通知之日起十五日内"),
            "向本院书面提出。逾期未提出的，本院按异议审查修正后进行分配。",
        ),
        paper.closing(contact=addressing.contact(case)),
        court=case.court,
    )


def _wanted(row: PlanObjection) -> list[str]:
    claims = {claim.pk: claim for claim in planning.claims_of(row.plan)}
    found = []
    for key, want in row.wants.items():
        claim = claims[UUID(key)]
        found.append(
            f"{claim.label}（{claim.get_rank_display()}，{wording.yuan(claim.amount)}）应为"
            f"{PlanRank(want['rank']).label}、{wording.yuan(Decimal(want['amount']))}"
        )
    return found


def _sheet_of_opposition(*, case: Case, subject: str, at: datetime, **_more: Any) -> dict[str, Any]:
    row = _objection(subject)
    against = list(row.oppositions.select_related("party"))
    return paper.sheet(
        paper.to(row.party.name),
        paper.para(
            f"你（单位）于{wording.day(row.made_on)}对本院分配方案提出的异议，下列债权人或者被执行人提出反对意见："
        ),
        paper.numbered(*(f"{one.party.name}：{one.grounds}" for one in against), style="1."),
        paper.para(
            f"依照{acts.INTERPRETATION}{wording.article(510)}的规定，你（单位）可以",
            paper.strong("自收到本通知之日起十五日内"),
            "，以提出反对意见的债权人、被执行人为被告，向本院提起诉讼。逾期未起诉的，本院按照原分配方案进行分配；诉讼期间，本院"
            "提存与争议债权数额相应的款项，其余照常分配。",
        ),
        paper.closing(contact=addressing.contact(case)),
        court=case.court,
    )


def _to_everybody(document: Document) -> list[tuple[Party, str]]:
    return wording.recipients(plan_windows.people(_plan(document.subject)))


def _to_the_others(document: Document) -> list[tuple[Party, str]]:
    row = _objection(document.subject)
    return wording.recipients([party for party in plan_windows.people(row.plan) if party.pk != row.party_id])


def _to_the_objector(document: Document) -> list[tuple[Party, str]]:
    return wording.recipients([_objection(document.subject).party])


ROWS = (
    PaperKind(
        kind=PAPER,
        title=_("执行款分配方案"),
        template=paper.TEMPLATE,
        data=_sheet_of_plan,
        to=_to_everybody,
        manual=False,
        article="民事诉讼法解释第509条",
    ),
    PaperKind(
        kind=NOTICE,
        title=_("分配方案异议通知书"),
        template=paper.TEMPLATE,
        data=_sheet_of_objection,
        to=_to_the_others,
        manual=False,
        article="民事诉讼法解释第510条",
    ),
    PaperKind(
        kind=OPPOSITION_NOTICE,
        title=_("反对意见通知书"),
        template=paper.TEMPLATE,
        data=_sheet_of_opposition,
        to=_to_the_objector,
        manual=False,
        article="民事诉讼法解释第510条",
    ),
)
