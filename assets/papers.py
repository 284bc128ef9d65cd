"""Papers of property: preservation ruling, freeze ruling, notice to the assisting body, release ruling."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from assets.models import FreezeOrder, Levy, Preservation
from cases.declaring import PAPERS, PaperKind
from cases.kinds import CaseKind
from cases.models import Case, Document
from cases.papermaking import paper, wording


def _order(subject: str) -> FreezeOrder:
    return FreezeOrder.objects.select_related("party", "case").get(pk=subject.partition(":")[2])


def _preservation(subject: str) -> Preservation:
    return Preservation.objects.select_related("applicant", "against").get(pk=subject.partition(":")[2])


def _must_sue(row: Preservation) -> list[dict[str, Any]]:
    text = "申请人应当在本院采取保全措施后三十日内依法提起诉讼或者申请仲裁，逾期未起诉或者申请仲裁的，本院将解除保全。"
    return [paper.para(text)] if row.is_pre_suit else []


def _preservation_ruling(*, case: Case, subject: str, at: datetime, signer: str = "", **_more: Any) -> dict[str, Any]:
    row = _preservation(subject)
    security = (
        f"申请人已提供担保，担保方式为{row.get_security_form_display()}。"
        if row.security_form
        else "本院审查认为本案符合可以不要求提供担保的情形。"
    )
    dispute = f"{wording.names([row.applicant])}与{wording.names([row.against])}{case.cause}"
    where = f"在{dispute}起诉前，" if row.is_pre_suit else f"本院在审理{dispute}一案中，"
    wish = "诉前财产保全" if row.is_pre_suit else "财产保全"
    return paper.sheet(
        *wording.party_lines(case),
        paper.para(
            f"{where}申请人{row.applicant.name}于{wording.day(row.applied_at)}向本院申请{wish}，请求冻结被申请人"
            f"{row.against.name}的银行存款，限额{wording.sum_of(row.amount)}。{security}"
        ),
        paper.para("本院经审查认为，申请符合法律规定。"),
        paper.para(
            f"依照《中华人民共和国民事诉讼法》{wording.article(104 if row.is_pre_suit else 103)}、{wording.article(105)}、"
            f"{wording.article(106)}的规定，裁定如下："
        ),
        paper.para(
            f"冻结被申请人{row.against.name}的银行存款，限额{wording.sum_of(row.amount)}；"
            "存款不足的，查封、扣押其相应价值的财产。"
        ),
        paper.para(f"案件申请费{wording.yuan(row.fee or Decimal('0.00'))}，由申请人预交。"),
        paper.para(
            "本裁定立即开始执行。不服本裁定的，可以自收到裁定书之日起五日内向本院申请复议一次，复议期间不停止裁定的执行。"
        ),
        *_must_sue(row),
        paper.closing(judges=[("审判员", signer or wording.officer(case))]),
        court=case.court,
        heading="民事裁定书",
    )


def _freeze_ruling(
    *, case: Case, subject: str, at: datetime, limit: Decimal, until: date, renewal: bool = False, **_more: Any
) -> dict[str, Any]:
    row = _order(subject)
    act = "继续冻结" if renewal else "冻结"
    preserving = case.kind == CaseKind.PRESERVATION
    basis = ["本院依据财产保全民事裁定"] if preserving else ["本院依据", wording.basis(case)]
    article = wording.article(106 if preserving else 253)
    return paper.sheet(
        *wording.party_lines(case),
        paper.para(*basis, f"，于{wording.day(case.filed_at)}立案办理本案。"),
        paper.para(
            f"依照《中华人民共和国民事诉讼法》{article}、《最高人民法院关于适用〈中华人民共和国民事诉讼法〉的解释》"
            f"{wording.article(485)}的规定，裁定如下："
        ),
        paper.para(
            f"{act}{row.party.name}的银行存款，限额{wording.sum_of(limit)}，期限至{wording.day(until)}止。"
            "超过限额的存款和账户的使用不受影响。"
        ),
        paper.para("需要续行冻结的，应当在期限届满七日前提出申请；逾期未办理续行手续的，冻结的效力消灭。"),
        paper.para("本裁定立即执行。"),
        paper.closing(judges=[("执行法官", wording.officer(case))]),
        court=case.court,
        heading="执行裁定书",
    )


def _assistance_notice(
    *, case: Case, subject: str, at: datetime, limit: Decimal, until: date, ruling: str, **_more: Any
) -> dict[str, Any]:
    row = _order(subject)
    return paper.sheet(
        paper.to("有关银行业金融机构"),
        paper.para("本院办理的", f"{wording.names(wording.claiming(case))}与{wording.names(wording.owing(case))}一案，"
                   f"{ruling}裁定书已发生效力。请协助办理以下事项："),
        paper.numbered(
            [f"冻结{row.party.name}（证件号码 ", paper.secret(row.party.id_number), "）的存款，限额", wording.sum_of(limit), "；"],
            f"冻结期限至{wording.day(until)}止；",
            "账户余额不足限额的，只收不付，至限额为止；超过限额的部分不予冻结；",
            "请将实际冻结的金额、账户、起止日期和顺位反馈本院。",
        ),
        paper.para(
            f"依照《中华人民共和国民事诉讼法》{wording.article(253)}的规定，负有协助义务的单位应当办理；"
            f"无故推拖、拒绝的，依照{wording.article(117)}处理。"
        ),
        paper.closing(contact=[("联系人", wording.officer(case))]),
        court=case.court,
        heading="协助冻结存款通知书",
    )  # fmt: skip


def _release_ruling(*, case: Case, subject: str, at: datetime, reason: str = "", **_more: Any) -> dict[str, Any]:
    row = _order(subject)
    return paper.sheet(
        *wording.party_lines(case),
        paper.para(f"本院此前以{row.ruling}裁定冻结{row.party.name}的银行存款，限额{wording.sum_of(row.limit)}。"),
        paper.para(f"现因{reason or '冻结的原因已经消失'}，依照《最高人民法院关于人民法院民事执行中查封、扣押、冻结财产的规定》"
                   f"{wording.article(28)}的规定，裁定如下："),
        paper.para(f"解除对{row.party.name}银行存款的冻结。"),
        paper.para("本裁定立即执行。"),
        paper.closing(judges=[("执行法官", wording.officer(case))]),
        court=case.court,
        heading="执行裁定书",
    )  # fmt: skip


def _levy(subject: str) -> Levy:
    return Levy.objects.select_related("order__party").get(pk=subject.partition(":")[2])


def _levy_ruling(*, case: Case, subject: str, at: datetime, amount: Decimal, **_more: Any) -> dict[str, Any]:
    row = _levy(subject)
    name = row.order.party.name
    return paper.sheet(
        *wording.party_lines(case),
        paper.para("本院依据", wording.basis(case), f"，于{wording.day(case.filed_at)}立案执行。"),
        paper.para(
            f"本院已以{row.order.ruling}裁定冻结被执行人{name}的银行存款。被执行人至今未履行生效法律文书确定的义务。"
        ),
        paper.para(f"依照《中华人民共和国民事诉讼法》{wording.article(253)}的规定，裁定如下："),
        paper.para(f"扣划被执行人{name}的银行存款{wording.sum_of(amount)}至本院案款账户。"),
        paper.para("本裁定立即执行。"),
        paper.closing(judges=[("执行法官", wording.officer(case))]),
        court=case.court,
        heading="执行裁定书",
    )


def _levy_notice(
    *, case: Case, subject: str, at: datetime, amount: Decimal, ruling: str, account: str, **_more: Any
) -> dict[str, Any]:
    party = _levy(subject).order.party
    return paper.sheet(
        paper.to("有关银行业金融机构"),
        paper.para(f"本院办理的{wording.names(wording.claiming(case))}与{wording.names(wording.owing(case))}一案，"
                   f"{ruling}裁定书已发生效力。请协助办理以下事项："),
        paper.numbered(
            [f"扣划{party.name}（证件号码 ", paper.secret(party.id_number), "）的存款", wording.sum_of(amount), "；"],
            ["划入本院案款账户，本案账号 ", paper.secret(account), "；"],
            "请将扣划结果反馈本院。",
        ),
        paper.para(
            f"依照《中华人民共和国民事诉讼法》{wording.article(253)}的规定，负有协助义务的单位应当办理；"
            f"无故推拖、拒绝的，依照{wording.article(117)}处理。"
        ),
        paper.closing(contact=[("联系人", wording.officer(case))]),
        court=case.court,
        heading="协助扣划存款通知书",
    )  # fmt: skip


def _both_sides(document: Document) -> Sequence[tuple[Any, str]]:
    case = document.case
    return wording.recipients([*wording.claiming(case), *wording.owing(case)])


def _bank(document: Document) -> Sequence[tuple[Any, str]]:
    return [(None, "有关银行业金融机构")]


PAPERS.declare(
    PaperKind(
        "assets.preservation_ruling", _("财产保全裁定书"), paper.TEMPLATE, _preservation_ruling, ruling=True, manual=False,
        to=_both_sides, article="民事诉讼法第103条",
    ),
    PaperKind(
        "assets.freeze_ruling", _("冻结裁定书"), paper.TEMPLATE, _freeze_ruling, ruling=True, manual=False,
        to=_both_sides, article="民事诉讼法第253条",
    ),
    PaperKind(
        "assets.assistance_notice", _("协助冻结存款通知书"), paper.TEMPLATE, _assistance_notice, manual=False, to=_bank,
        article="民事诉讼法第253条",
    ),
    PaperKind(
        "assets.release_ruling", _("解除冻结裁定书"), paper.TEMPLATE, _release_ruling, ruling=True, manual=False,
        to=_both_sides, article="查封规定第28条",
    ),
    PaperKind(
        "assets.levy_ruling", _("扣划裁定书"), paper.TEMPLATE, _levy_ruling, ruling=True, manual=False, to=_both_sides,
        article="民事诉讼法第253条",
    ),
    PaperKind(
        "assets.levy_notice", _("协助扣划存款通知书"), paper.TEMPLATE, _levy_notice, manual=False, to=_bank,
        article="民事诉讼法第253条",
    ),
)  # fmt: skip
