"""The two papers with which execution begins: the notice to perform and the order to report property."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from cases import facts, queries
from cases.models import Case, Party
from cases.papermaking import paper, wording
from cases.papers import acts, addressing
from cases.queries import liable
from kernel import clock
from law import citations
from law.debt import Statement
from law.reasons import Line

EXECUTION_FEE = "申请执行费"
REPORT_ROWS = (
    "收入、存款、现金、理财、证券",
    "土地使用权、房屋等不动产",
    "车辆、设备、存货等动产",
    "债权、股权、知识产权等权利",
    "其他财产（含他人代持）",
    "一年内的转让、担保、大额支出等",
)


def execution_notice(*, case: Case, subject: str, at: datetime, perform_by: date, **_more: Any) -> paper.Sheet:
    """Notice to perform within a time, with what is owed today and where to pay (民诉251; 解释480; 执规22; 失规5)."""
    debtors, today = addressing.debtors(case), clock.day_of(at)
    owed = queries.debt(case.matter, today)
    you = wording.you(debtors)
    return paper.sheet(
        paper.to(*(party.name for party in debtors)),
        paper.para(
            f"{wording.names(wording.claiming(case))}与{you}{case.cause}一案，{wording.basis(case)}已经发生法律效力，"
            f"{you}未在履行期内履行。经申请，本院于{wording.day(case.filed_at)}立案执行。依照{acts.CIVIL_PROCEDURE}"
            f"{wording.article(251)}、{wording.article(264)}，{acts.INTERPRETATION}{wording.article(480)}和{acts.WORK_RULES}"
            f"{wording.article(22)}的规定，责令{you}",
            paper.strong(f"在{wording.day(perform_by)}以前（含当日）"),
            "履行下列义务：",
        ),
        paper.numbered(*_duties(owed, today), style="（一）"),
        _sum(owed),
        *_shares(owed, debtors),
        paper.head("一、迟延履行的后果"),
        paper.para(
            f"履行期届满后仍未清偿的金钱债务（一般债务利息除外），按日万分之一点七五加倍计算迟延履行期间的债务利息，直至"
            f"清偿之日（{acts.DELAY_RULES}{wording.article(1)}）。以今日的欠款计，每迟延一日增加",
            paper.strong(wording.yuan(owed.daily_growth)),
            "。款项不足以清偿全部债务的，先清偿生效法律文书确定的金钱债务，再清偿加倍部分。",
        ),
        paper.para(
            f"逾期不履行的，本院将依法采取查询、冻结、划拨、查封、扣押、拍卖、变卖等执行措施。依照{acts.CIVIL_PROCEDURE}"
            f"{wording.article(251)}的规定，本院可以不待上述期限届满立即采取强制执行措施。"
        ),
        paper.head("二、信用风险提示"),
        _credit_warning(),
        paper.head("三、付款方式"),
        wording.account_box(case, at),
        paper.para("向申请执行人直接付款的，请在付款当日将凭证提交本院核对；未经核对的款项，本院不计入已履行金额。"),
        paper.closing(contact=addressing.contact(case)),
        court=case.court,
        total=owed.total,
        daily_growth=owed.daily_growth,
        as_of=today,
        perform_by=perform_by,
        sub_account=facts.read(facts.SUB_ACCOUNT, case=case, at=at)[-4:],
    )


def property_report_order(*, case: Case, subject: str, at: datetime, report_by: date, **_more: Any) -> paper.Sheet:
    """Order to report property, now and back to one year before the notice was received (民诉252; 财调3–10)."""
    debtors = addressing.debtors(case)
    you = wording.you(debtors)
    return paper.sheet(
        paper.to(*(party.name for party in debtors)),
        paper.para(
            f"本院执行{wording.names(wording.claiming(case))}与{you}{case.cause}一案，已向{you}发出执行通知书。依照"
            f"{acts.CIVIL_PROCEDURE}{wording.article(252)}和{acts.PROPERTY_RULES}{wording.article(3)}的规定，责令{you}",
            paper.strong(f"在{wording.day(report_by)}以前（含当日）"),
            "，向本院书面报告当前以及",
            paper.strong("收到执行通知之日前一年"),
            "的财产情况。有正当理由不能按期报告的，应在期满前向本院申请延长。",
        ),
        paper.head("一、应当报告的财产"),
        paper.numbered(
            "收入、银行存款、现金、理财产品、有价证券；",
            "土地使用权、房屋等不动产；",
            "交通运输工具、机器设备、产品、原材料等动产；",
            "债权、股权、投资权益、基金份额、信托受益权、知识产权等财产性权利；",
            "其他应当报告的财产，包括由他人代持、登记在他人名下而实际归属于报告人的财产。",
            style="（一）",
        ),
        paper.para("上述财产已出租、已设立担保物权等权利负担、为他人共有或者权属有争议的，应一并说明。"),
        paper.head("二、应当报告的变动"),
        paper.para(
            "自收到执行通知之日前一年至报告之日，有转让、出租财产，在财产上设立担保，放弃债权或延长债权清偿期，支出大额资金，"
            "以及其他影响申请执行人债权实现的变动的，应逐项报告时间、对象、金额和原因。"
        ),
        paper.para("报告后财产再有变动，影响债权实现的，应", paper.strong("自变动之日起十日内"), "补充报告。"),
        paper.head("三、不报告的后果"),
        paper.para(
            f"拒绝报告、虚假报告或者无正当理由逾期报告的，本院将依照{acts.CIVIL_PROCEDURE}{wording.article(252)}、"
            f"{wording.article(118)}的规定，根据情节轻重对报告义务人予以罚款、拘留；并依照{acts.PROPERTY_RULES}{wording.article(10)}"
            f"的规定纳入失信被执行人名单。构成犯罪的，依法追究刑事责任。"
        ),
        paper.closing(contact=addressing.contact(case)),
        *_report_form(),
        court=case.court,
        report_by=report_by,
    )


def _duties(owed: Statement, today: date) -> list[Sequence[paper.Part]]:
    on = wording.day(today)
    return [
        [f"给付截至{on}应履行的金额", paper.strong(wording.sum_of(owed.total)), "，明细见下表；"],
        ["自次日起至全部清偿之日止，继续加倍支付迟延履行期间的债务利息。"],
    ]


def _sum(owed: Statement) -> paper.Block:
    rows = [[_item(line), _source(line), f"{line.amount:,.2f}"] for line in owed.lines]
    total = [f"合计（截至{wording.day(owed.at)}）", "", f"{owed.total:,.2f}"]
    return paper.table(["项目与计算", "依据", "金额（元）"], rows, widths=[9, 5, 4], right=(2,), total=total)


def _item(line: Line) -> str:
    """The line with its days as papers write them; a fee has no last day of performance."""
    if line.label == EXECUTION_FEE:
        return EXECUTION_FEE
    values = {name: wording.day(value) if isinstance(value, date) else value for name, value in line.values.items()}
    return line.template.format(**values)


def _source(line: Line) -> str:
    return citations.full("费办14、38" if line.label == EXECUTION_FEE else line.basis)


def _shares(owed: Statement, debtors: Sequence[Party]) -> list[paper.Block]:
    """Where several debtors do not owe the same, what each of them can be asked for."""
    shares = [(party, liable.owed_by(owed, party)) for party in debtors]
    if len(debtors) < 2:
        return []
    if all(amount == owed.total for _party, amount in shares):
        return [paper.para("上述金额由各被执行人共同承担。任何一人履行后，其他人在该数额内不再履行。")]
    text = "；".join(f"{party.name}应履行{wording.yuan(amount)}" for party, amount in shares)
    return [paper.para(f"其中，{text}。各人共同负担的部分，任何一人履行后，其他人在该数额内不再履行。")]


def _credit_warning() -> paper.Block:
    return paper.para(
        f"未按本通知履行给付义务的，本院可以依照{acts.LIMIT_RULES}{wording.article(1)}限制消费。有履行能力而拒不履行，或者以伪造证据、"
        f"暴力威胁、虚假诉讼、隐匿转移财产等方法妨碍、抗拒、规避执行，违反财产报告制度，违反限制消费令，无正当理由拒不履行和解协议的，"
        f"本院将依照{acts.LISTING_RULES}{wording.article(1)}纳入失信被执行人名单，依法公布并由有关单位实施信用惩戒。"
    )


def _report_form() -> list[paper.Block]:
    rows = [[label, "", ""] for label in REPORT_ROWS]
    return [
        paper.page("被执行人财产报告表", number="same"),
        paper.table(["财产种类", "名称、数量、所在地", "价值与权利负担"], rows, widths=[6, 7, 5], roomy=True),
        paper.para("本人（单位）保证以上报告真实、完整。拒绝报告或者虚假报告的，愿承担法律责任。"),
        paper.blank_closing("报告人（签名或盖章）"),
    ]
