"""Notices before and after execution: acceptance, voluntary performance, closing, and the certificate."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from cases import queries
from cases.kinds import CaseKind, ClosedHow, ItemNature
from cases.models import Case, JudgmentItem, Performance
from cases.papermaking import paper, wording
from cases.papers import acts, addressing
from kernel import clock
from kernel.refusals import Refusal
from law import fees

PRESERVING = frozenset({CaseKind.PRE_SUIT_PRESERVATION, CaseKind.PRESERVATION})


class StillOpen(Refusal):
    """A case that is not closed has no closing notice."""

    message = _("%(number)s 尚未结案，不能制作结案通知书。")


class StillOwed(Refusal):
    """Full performance is certified only when nothing is owed."""

    message = _("尚欠 %(left)s 元，不能出具履行完毕证明书。")


def performance_notice(*, case: Case, subject: str, at: datetime, **_more: Any) -> paper.Sheet:
    """What voluntary performance brings and what refusal costs, for the defendants of a civil case (LOC-XX-NOTICE)."""
    debtors = addressing.debtors(case)
    you = wording.you(debtors)
    items = list(JudgmentItem.objects.filter(case=case))
    amount = sum((item.amount for item in items), Decimal("0.00")) or case.claimed or Decimal("0.00")
    due = max((item.due_on for item in items if item.due_on), default=None)
    claimants = wording.names(wording.claiming(case))
    if items:
        opening = f"{claimants}与{you}{case.cause}一案，本院已确定{you}应给付{wording.sum_of(amount)}"
        opening += f"，履行期至{wording.day(due)}。" if due else "。"
    else:
        opening = f"{claimants}诉{you}{case.cause}一案，本院已经受理"
        opening += f"，对方请求的金额为{wording.sum_of(amount)}。" if amount else "。"
    base = sum((item.amount for item in items if item.nature != ItemNature.COSTS), Decimal("0.00")) or amount
    fee = fees.execution_fee(amount=base).total if base else None
    return paper.sheet(
        paper.to(*(party.name for party in debtors)),
        paper.para(opening, "为帮助当事人在履行期内自动履行，减少不必要的损失，现将有关事项告知如下："),
        paper.head("一、自动履行的好处"),
        paper.numbered(
            "不产生迟延履行期间的加倍债务利息；",
            f"不进入强制执行程序，不负担申请执行费{f'（按上述金额计为{wording.yuan(fee)}）' if fee else ''}；",
            "不会因本案被限制消费或者纳入失信被执行人名单，出行、贷款、投标、经营不受影响；",
            "全部履行后，可以向本院申请出具自动履行证明书；",
            "一次履行有困难的，可以与对方协商分期、延期，或者申请本院主持调解、和解。",
            style="（一）",
        ),
        paper.head("二、不履行的后果"),
        paper.numbered(
            f"履行期届满后，未清偿的金钱债务按日万分之一点七五加倍计算利息（{acts.CIVIL_PROCEDURE}{wording.article(264)}）；",
            f"对方可以申请强制执行，本院将依法查询、冻结、划拨、查封、拍卖财产，申请执行费由被执行人负担（{acts.FEE_RULES}"
            f"{wording.article(38)}）；",
            f"本院可以限制消费；符合法定情形的，纳入失信被执行人名单并向社会公布（{acts.LIMIT_RULES}{wording.article(1)}，"
            f"{acts.LISTING_RULES}{wording.article(1)}）；",
            f"拒不履行的，可以予以罚款、拘留；有能力执行而拒不执行，情节严重的，依照《中华人民共和国刑法》{wording.article(313)}"
            "追究刑事责任。",
            style="（一）",
        ),
        paper.head("三、履行方式"),
        wording.account_box(case, at),
        paper.para("也可以按裁判文书确定的方式直接向对方履行，请保留凭证并告知本院。"),
        paper.closing(contact=addressing.contact(case)),
        court=case.court,
        amount=amount,
    )


def filing_notice(*, case: Case, subject: str, at: datetime, **_more: Any) -> paper.Sheet:
    """To those who claim: the case is accepted, its number, the fee, what they must and may do (民诉126; 费办20, 22)."""
    claimants = wording.claiming(case)
    execution = wording.is_execution(case)
    opposite = wording.names(wording.owing(case))
    word = "强制执行申请" if execution else ("保全申请" if case.kind in PRESERVING else "起诉")
    return paper.sheet(
        paper.to(*(party.name for party in claimants)),
        paper.para(
            f"{wording.you(claimants)}与{opposite}{case.cause}一案的{word}，经审查符合法定受理条件，本院于"
            f"{wording.day(case.filed_at)}立案，案号为",
            paper.strong(case.number),
            "。现将有关事项通知如下：",
        ),
        paper.numbered(*(_for_creditors() if execution else _for_plaintiffs(case)), style="一、"),
        paper.closing(contact=addressing.contact(case)),
        court=case.court,
        fee=case.fee,
    )


def closing_notice(*, case: Case, subject: str, at: datetime, **_more: Any) -> paper.Sheet:
    """To everybody: the case is closed, how, and what remains open to them (执规64; 解释517). Raises StillOpen."""
    if case.closed_at is None:
        raise StillOpen(number=case.number)
    creditors, debtors = wording.claiming(case), wording.owing(case)
    how = ClosedHow(case.closed_how)
    paid = sum(_performances(case).values_list("amount", flat=True), Decimal("0.00"))
    execution = wording.is_execution(case)
    return paper.sheet(
        paper.to(*(party.name for party in (*creditors, *debtors))),
        paper.para(
            f"本院办理的{wording.names(creditors)}与{wording.names(debtors)}{case.cause}一案，于{wording.day(case.filed_at)}立案，"
            f"于{wording.day(case.closed_at)}结案，结案方式为",
            paper.strong(str(how.label)),
            "。",
        ),
        *(
            [paper.para(f"执行依据为{wording.basis(case)}，至结案之日已履行{wording.sum_of(paid)}。")]
            if execution
            else []
        ),
        paper.para(_after_closing(how)),
        paper.para("特此通知。"),
        paper.closing(contact=addressing.contact(case)),
        court=case.court,
        how=how.value,
        paid=paid,
    )


def performance_certificate(*, case: Case, subject: str, at: datetime, **_more: Any) -> paper.Sheet:
    """Certifies full performance; before any execution it is the certificate of voluntary performance. Raises StillOwed."""
    debtors, today = addressing.debtors(case), clock.day_of(at)
    owed = queries.debt(case.matter, today)
    rows = list(_performances(case))
    if owed.total or not rows:
        raise StillOwed(left=f"{owed.total:,.2f}")
    paid = sum((row.amount for row in rows), Decimal("0.00"))
    voluntary = not wording.is_execution(case)
    manner = "在进入执行程序前自动" if voluntary else "在执行程序中"
    return paper.sheet(
        paper.para(
            f"{wording.names(wording.claiming(case))}与{wording.names(debtors)}{case.cause}一案，义务人依据{wording.basis(case)}应承担的"
            f"金钱给付义务，已由{wording.names(debtors)}{manner}全部履行完毕，共计{wording.sum_of(paid)}，最后一笔履行于"
            f"{wording.day(max(row.on for row in rows))}。"
        ),
        paper.para("特此证明。"),
        paper.note("本证明书仅证明上述案件的履行情况。核对真伪请联系本院，或凭案号在本院诉讼服务窗口查询。"),
        paper.closing(contact=addressing.contact(case)),
        court=case.court,
        heading="自动履行证明书" if voluntary else "履行完毕证明书",
        paid=paid,
    )


def _for_plaintiffs(case: Case) -> list[str]:
    fee = f"案件受理费{wording.yuan(case.fee)}，" if case.fee and case.kind == CaseKind.CIVIL else "应交纳的诉讼费用，"
    return [
        f"{fee}请自接到交纳费用通知的次日起七日内预交；逾期不交又未获准缓交、减交、免交的，按撤回处理（{acts.FEE_RULES}"
        f"{wording.article(22)}）。",
        "请在举证期限内提交证据，并填写送达地址确认书；地址或电话变更的，应及时书面告知。",
        f"认为对方可能转移财产，使将来的裁判难以执行的，可以依照{acts.CIVIL_PROCEDURE}{wording.article(103)}申请财产保全。请尽早提供对方的"
        "银行账户、车辆、不动产、股权、到期债权等财产线索。",
        "可以委托一至二人作为诉讼代理人；委托人放弃、变更请求或者进行和解的，授权委托书应写明特别授权。",
    ]


def _for_creditors() -> list[str]:
    return [
        f"申请执行费由被执行人负担，执行后交纳，无须预交（{acts.FEE_RULES}{wording.article(20)}、{wording.article(38)}）。",
        f"请在收到本通知后三日内提供被执行人的财产线索。提供的线索明确、具体的，本院在七日内核实，情况紧急的在三日内核实（{acts.PROPERTY_RULES}"
        f"{wording.article(2)}）。",
        "案款将汇入申请执行人本人名下的账户，请提供开户行和账号；由代理人代为领取的，授权委托书应写明特别授权。",
        "对方直接履行、双方达成和解的，请及时书面告知本院。",
        "经穷尽财产调查措施未发现被执行人有可供执行财产的，属于申请执行人应当承担的交易风险或者法律风险，本院可以依法终结本次执行程序；"
        "发现财产后可以再次申请执行，不受申请执行时效期间的限制。",
    ]


def _after_closing(how: ClosedHow) -> str:
    if how == ClosedHow.PERFORMED:
        return "生效法律文书确定的义务已全部履行完毕。本院对被执行人采取的执行措施、限制消费等措施，依法予以解除。"
    if how == ClosedHow.ROUND_ENDED:
        return (
            f"终结本次执行程序后，被执行人仍负有继续履行的义务。申请执行人发现被执行人有可供执行财产的，可以再次申请执行，不受申请执行时效"
            f"期间的限制（{acts.INTERPRETATION}{wording.article(517)}）。"
        )
    return "当事人对本案的处理有异议的，可以依法向本院提出。"


def _performances(case: Case) -> Any:
    return Performance.objects.filter(matter=case.matter, revokes__isnull=True, revoked_by__isnull=True)
