"""Judicial relief, bounties, bankruptcy referral, cross-court execution (AID-*, RWD-*, BKR-*, XEX-*)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from law import clocks, money, periods
from law.calendar import CHINA, Calendar
from law.reasons import Findings, Line, Reckoning
from law.rules import NATIONAL, Rulebook


def relief_ceiling(
    *, monthly_wage: Decimal, award_unpaid: Decimal, months: int | None = None, rules: Rulebook = NATIONAL
) -> Reckoning:
    """The most relief in yuan: 36 average monthly wages of the court's own region last year, never above the unpaid award.

    中政委〔2014〕3号, 法发〔2016〕16号. relief_ceiling(monthly_wage=Decimal(6000), award_unpaid=Decimal(500000)).total ==
    216000.00.
    """
    wage, unpaid = money.amount(monthly_wage), money.amount(award_unpaid)
    most = rules.count("AID-CAP") if months is None else min(months, rules.count("AID-CAP"))
    base = money.fen(wage * most)
    lines = [_relief_line("月平均工资{wage:,.2f}元×{months}个月＝{amount:,.2f}元", base, rules, wage=wage, months=most)]
    if unpaid < base:
        template = "不得超过应获赔偿未到位的{unpaid:,.2f}元，减{cut:,.2f}元"
        lines.append(_relief_line(template, unpaid - base, rules, unpaid=unpaid, cut=base - unpaid))
    return Reckoning.of(lines)


def _relief_line(template: str, amount: Decimal, rules: Rulebook, **args: Decimal | int) -> Line:
    article = rules.article("AID-CAP")
    return Line(template=template, label="司法救助金限额", amount=amount, basis=article, args=args, rule="AID-CAP")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReliefFacts:
    """Who asks for relief and why."""

    urgent_hardship: bool = False
    kind_covered: bool = False
    debtor_unable: bool = False
    relieved_before: bool = False
    amount: Decimal = money.ZERO
    ceiling: Decimal = money.ZERO


def may_relieve(*, facts: ReliefFacts, rules: Rulebook = NATIONAL) -> Findings:
    """Whether relief may be granted: a covered kind of claim, urgent hardship, an unable debtor, once, within the ceiling.

    法发〔2016〕16号1-3. Relief money does not reduce the debt and is no amount recovered (AID-FIELDS).
    may_relieve(facts=ReliefFacts()).allowed is False.
    """
    return Findings.of(
        [
            rules.reason("AID-COND", "属于可以救助的类型", met=facts.kind_covered),
            rules.reason("AID-COND", "生活面临急迫困难", met=facts.urgent_hardship),
            rules.reason("AID-COND", "被执行人没有履行能力", met=facts.debtor_unable),
            rules.reason(
                "AID-COND", "此前没有获得救助（确有不足的可以例外）", met=not facts.relieved_before, blocking=False
            ),
            rules.reason(
                "AID-CAP", "不超过限额{ceiling:,.2f}元", met=facts.amount <= facts.ceiling, ceiling=facts.ceiling
            ),
        ]
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class TipFacts:
    """A tip for a bounty."""

    known_to_court: bool
    recovered: Decimal
    informer_excluded: bool = False


def may_pay_bounty(*, facts: TipFacts, rules: Rulebook = NATIONAL) -> Findings:
    """Whether a bounty is paid: the court did not know, the tip led to money, the informer is not excluded (财调24).

    may_pay_bounty(facts=TipFacts(known_to_court=True, recovered=Decimal(1))).allowed is False.
    """
    return Findings.of(
        [
            rules.reason("RWD-PAY", "线索此前未被人民法院掌握", met=not facts.known_to_court),
            rules.reason("RWD-PAY", "线索使债权全部或者部分实现", met=facts.recovered > 0),
            rules.reason("RWD-PAY", "举报人不是代理人或者负有法定提供义务的人", met=not facts.informer_excluded),
        ]
    )


def first_tip(*, tips: Sequence[tuple[str, datetime]]) -> str | None:
    """Which of several equal tips counts: the first registered (财调23); None without tips.

    first_tip(tips=[("b", datetime(2025, 3, 3, 9)), ("a", datetime(2025, 3, 3, 8))]) == "a".
    """
    return min(tips, key=lambda tip: tip[1])[0] if tips else None


@dataclass(frozen=True, slots=True, kw_only=True)
class BankruptcyFacts:
    """Whether a company goes from execution to bankruptcy."""

    is_company: bool
    someone_agreed_in_writing: bool
    cannot_pay_due_debts: bool
    insolvent: bool


def may_refer_to_bankruptcy(*, facts: BankruptcyFacts, rules: Rulebook = NATIONAL) -> Findings:
    """Whether a company is referred: one creditor or the debtor agrees in writing and it is insolvent (解释511).

    法发〔2017〕2号2. When nobody agrees, distribution goes by the order of seizure (BKR-NOTICE, DIST-CORP).
    may_refer_to_bankruptcy(facts=BankruptcyFacts(is_company=False, someone_agreed_in_writing=True,
    cannot_pay_due_debts=True, insolvent=True)).allowed is False.
    """
    return Findings.of(
        [
            rules.reason("BKR-COND", "被执行人是企业法人", met=facts.is_company),
            rules.reason("BKR-COND", "任一申请执行人或者被执行人书面同意", met=facts.someone_agreed_in_writing),
            rules.reason("BKR-COND", "不能清偿到期债务", met=facts.cannot_pay_due_debts),
            rules.reason("BKR-COND", "资产不足以清偿全部债务或者明显缺乏清偿能力", met=facts.insolvent),
        ]
    )


def may_pay_out_after_bankruptcy(*, accepted_at: datetime | None, at: datetime, rules: Rulebook = NATIONAL) -> Findings:
    """Whether money may still be paid out or property given in kind: not from the moment the ruling was made (破产法19).

    may_pay_out_after_bankruptcy(accepted_at=datetime(2025, 3, 3), at=datetime(2025, 3, 3)).allowed is False.
    """
    met = accepted_at is None or at < accepted_at
    return Findings.of([rules.reason("BKR-EFFECT", "法院没有裁定受理破产申请", met=met)])


class CrossCourt(StrEnum):
    """The five official forms of cross-court execution (法发〔2024〕9号)."""

    SUPERVISE = "督促执行"
    INSTRUCT = "指令执行"
    ELEVATE = "提级执行"
    CONCENTRATE = "集中执行"
    COOPERATE = "协同执行"

    @property
    def needs_ruling(self) -> bool:
        """Whether it takes a ruling (an order to supervise does not)."""
        return self in (CrossCourt.INSTRUCT, CrossCourt.ELEVATE)


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverFacts:
    """What goes along when a case is handed to another court; `first_end` is the earliest end of a measure."""

    first_end: date | None = None
    ranks_listed: bool = False
    money_listed: bool = False
    penalties_listed: bool = False
    clocks_listed: bool = False


def may_hand_over(*, facts: HandoverFacts, on: date, rules: Rulebook = NATIONAL) -> Findings:
    """Whether a case may be handed to another court: nothing lapses within a month, and everything is listed.

    委托6: measures with less than a month left are renewed first. Ranks, money, penalties, filing day and pauses carry over
    (XEX-CARRY, from memory: warns); two courts never count the same closing or money.
    may_hand_over(facts=HandoverFacts(first_end=date(2025, 3, 9)), on=date(2025, 3, 3)).allowed is False.
    """
    safe = facts.first_end is None or facts.first_end >= periods.add_months(on, 1)
    carried = (
        ("查封顺位已列明", facts.ranks_listed),
        ("案款已列明", facts.money_listed),
        ("失信、限制消费已列明", facts.penalties_listed),
        ("立案日和扣除期间已列明", facts.clocks_listed),
    )
    return Findings.of(
        [
            rules.reason("EXE-DELEGATE", "查封冻结措施剩余期限不少于一个月", met=safe),
            *(rules.reason("XEX-CARRY", sentence, met=met) for sentence, met in carried),
        ]
    )


def may_change_court(
    *, asked_on: date, property_known_on: date | None, at: date, rules: Rulebook = NATIONAL, calendar: Calendar = CHINA
) -> Findings:
    """Whether the creditor may ask the higher court to change the executing court: six months without result (执程10).

    may_change_court(asked_on=date(2025, 1, 15), property_known_on=None, at=date(2025, 7, 15)).allowed is False.
    """
    last = clocks.deadline(
        rule="XEX-FOUR", start=property_known_on or asked_on, calendar=calendar, rules=rules
    ).last_day
    return Findings.of(
        [rules.reason("XEX-FOUR", "自申请或者发现财产之日起超过六个月未执行（{last}）", met=at > last, last=last)]
    )
