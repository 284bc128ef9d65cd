"""Papers of pressure: warning, consumption limit order, listing decision, fine and detention decisions."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from cases import queries
from cases.declaring import PAPERS, PaperKind
from cases.models import Case, Document, Party
from cases.papermaking import paper, wording
from cases.queries import liable
from kernel import clock
from law import consumption
from law.listing import Ground
from pressure.models import ConsumptionLimit, CreditWarning, Listing, Sanction


def _warning(
    *, case: Case, subject: str, at: datetime, party: Party, grace_until: date, owed: Decimal, **_more: Any
) -> dict[str, Any]:
    return paper.sheet(
        paper.to(party.name),
        paper.para("本院执行的", wording.names(wording.claiming(case)), "申请执行一案，截至今日你（单位）尚有",
                   wording.sum_of(owed), "未履行。"),
        paper.para(f"现给予履行宽限期，至{wording.day(grace_until)}止。宽限期内履行完毕的，本院不因本案对你采取信用惩戒措施。"),
        paper.para("宽限期届满仍不履行，且有下列情形的，本院将依法决定限制消费、纳入失信被执行人名单："),
        paper.numbered("有履行能力而拒不履行；", "隐匿、转移财产规避执行；", "拒不报告或者虚假报告财产；", "其他依法应当惩戒的情形。"),
        paper.para("你可以一次付清、提出分期履行方案或者提供担保；确有困难的，请在宽限期内向承办人书面说明。"),
        wording.account_box(case, at),
        paper.closing(contact=[("承办人", wording.officer(case))]),
        court=case.court,
        heading="失信预警通知书",
    )  # fmt: skip


def _limit_order(*, case: Case, subject: str, at: datetime, party: Party, **_more: Any) -> dict[str, Any]:
    unit = (
        []
        if party.is_person
        else [
            paper.para(
                "被限制消费的单位，其法定代表人、主要负责人、影响债务履行的直接责任人员、实际控制人不得实施前述行为。"
            )
        ]
    )
    owed = liable.owed_by(queries.debt(case.matter, clock.day_of(at)), party)
    return paper.sheet(
        *wording.party_lines(case),
        paper.para(
            f"本院于{wording.day(case.filed_at)}立案执行", wording.names(wording.claiming(case)),
            f"申请执行{party.name}{case.cause}一案，因你（单位）未按执行通知书指定的期间履行给付义务，截至今日尚有",
            wording.sum_of(owed), "未履行，"
            "依照《最高人民法院关于限制被执行人高消费及有关消费的若干规定》"
            f"{wording.article(1)}、{wording.article(3)}的规定，对你（单位）采取限制消费措施，不得实施下列行为："
        ),
        paper.numbered(*(f"{item}；" for item in consumption.ITEMS)),
        *unit,
        paper.para("因生活或者经营必需而进行上述消费的，应当事先向本院申请，获得批准后方可进行。"),
        paper.para("违反本令的，本院将依法予以拘留、罚款；情节严重，构成犯罪的，追究刑事责任。"),
        paper.para("本令自签发之日起生效，至履行完毕或者本院解除时止。"),
        paper.closing(judges=[("院长", "")]),
        court=case.court,
        heading="限制消费令",
        owed=owed,
    )  # fmt: skip


def _listing(*, case: Case, subject: str, at: datetime, party: Party, row: Listing, **_more: Any) -> dict[str, Any]:
    term = f"，纳入期限至{wording.day(row.last_day)}止" if row.last_day else ""
    return paper.sheet(
        *wording.party_lines(case),
        paper.para(f"本院在执行{case.number}一案中查明，{party.name}{Ground(row.ground).label}。"),
        paper.para(
            "依照《最高人民法院关于公布失信被执行人名单信息的若干规定》"
            f"{wording.article(1)}第（{wording.number(row.ground)}）项、{wording.article(2)}、{wording.article(5)}的规定，决定如下："
        ),
        paper.para(f"将{party.name}纳入失信被执行人名单{term}。"),
        paper.para(f"本院给予宽限期至{wording.day(row.grace_until)}，宽限期内暂不公布；届满仍未履行的，予以公布。"),
        paper.para("被纳入失信被执行人名单的，认为决定有错误，可以向本院书面申请纠正。"),
        paper.para("本决定书自作出之日起生效。"),
        paper.closing(judges=[("院长", "")]),
        court=case.court,
        heading="失信决定书",
    )


def _sanction(*, case: Case, subject: str, at: datetime, row: Sanction, **_more: Any) -> dict[str, Any]:
    fine = row.amount is not None
    measure = f"罚款{wording.sum_of(row.amount)}，限收到本决定书之日起七日内交纳" if fine else f"拘留{row.days}日"
    return paper.sheet(
        paper.para(f"被{'罚款' if fine else '拘留'}人：{row.person}。"),
        paper.para(f"本院在执行{row.case.number}一案中，查明{row.person}{row.conduct}，妨害了执行。"),
        paper.para(
            f"依照《中华人民共和国民事诉讼法》{wording.article(114)}、{wording.article(118)}、{wording.article(119)}的规定，决定如下："
        ),
        paper.para(f"对{row.person}{measure}。"),
        paper.para(
            "如不服本决定，可以在收到决定书之日起三日内，向上一级人民法院申请复议一次。复议期间，不停止本决定的执行。"
        ),
        paper.closing(judges=[("院长", "")]),
        court=case.court,
        heading="罚款决定书" if fine else "拘留决定书",
    )


MODELS = {
    "pressure.warning": CreditWarning,
    "pressure.limit": ConsumptionLimit,
    "pressure.listing": Listing,
    "pressure.sanction": Sanction,
}


def _to_the_debtor(document: Document) -> Sequence[tuple[Any, str]]:
    model, _colon, key = document.subject.partition(":")
    row = MODELS[model].objects.select_related("party").get(pk=key)
    return wording.recipients([row.party])


def _paper(kind: str, title: object, data: Any) -> PaperKind:
    return PaperKind(kind=kind, title=title, template=paper.TEMPLATE, data=data, to=_to_the_debtor, manual=False)  # type: ignore[arg-type]


PAPERS.declare(
    _paper("pressure.credit_warning", _("失信预警通知书"), _warning),
    _paper("pressure.consumption_limit_order", _("限制消费令"), _limit_order),
    _paper("pressure.listing_decision", _("失信决定书"), _listing),
    _paper("pressure.fine_decision", _("罚款决定书"), _sanction),
    _paper("pressure.detention_decision", _("拘留决定书"), _sanction),
)
