"""What every paper says in the same words: days, sums, articles, parties, the basis, the case's account."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal

from cases import facts
from cases.kinds import CLAIMING, EXECUTION_KINDS, OWING, CaseKind, ClosedHow, ParticipationRole
from cases.models import Case, Participation, Party
from cases.papermaking import paper
from cases.papermaking.numerals import chinese, formal_day
from kernel import clock
from law import money_text

__all__ = [
    "account_box",
    "article",
    "basis",
    "claiming",
    "day",
    "formal_day",
    "identity",
    "names",
    "number",
    "officer",
    "owing",
    "party_lines",
    "recipients",
    "role_word",
    "sum_of",
    "you",
    "yuan",
]

GENDERS = {"男": "男", "女": "女", "M": "男", "F": "女"}


def day(value: date | datetime) -> str:
    """2026年11月22日, in Shanghai."""
    on = clock.day_of(value) if isinstance(value, datetime) else value
    return f"{on.year}年{on.month}月{on.day}日"


def number(value: int) -> str:
    """十二."""
    return chinese(value)


def article(value: int) -> str:
    """第二百五十三条."""
    return f"第{chinese(value)}条"


def yuan(amount: Decimal) -> str:
    """1,311,000.00元."""
    return f"{money_text.with_thousands(amount)}元"


def sum_of(amount: Decimal) -> str:
    """人民币1,311,000.00元（大写：壹佰叁拾壹万壹仟元整）."""
    return f"人民币{yuan(amount)}（大写：{money_text.in_capitals(amount)}）"


def claiming(case: Case) -> list[Party]:
    """The parties that claim, in their order."""
    return _parties(case, CLAIMING)


def owing(case: Case) -> list[Party]:
    """The parties that owe, in their order."""
    return _parties(case, OWING)


def names(parties: Iterable[Party]) -> str:
    """甲、乙."""
    return "、".join(party.name for party in parties)


def you(parties: Sequence[Party]) -> str:
    """How a paper addresses them: 你, 你单位, 你们."""
    if len(parties) == 1:
        return "你" if parties[0].is_person else "你单位"
    return "你们" if any(party.is_person for party in parties) else "你们各单位"


def role_word(party: Party, case: Case) -> str:
    """What the party is called in the case: 被执行人; empty when it takes no part."""
    row = Participation.objects.filter(case=case, party=party).exclude(role=ParticipationRole.AGENT).first()
    return str(ParticipationRole(row.role).label) if row else ""


def identity(party: Party) -> list[paper.Part]:
    """Name, sex, day of birth, address, number; or name, address, code and representative."""
    given: list[paper.Part] = [paper.strong(party.name)]
    if party.is_person:
        if word := GENDERS.get(party.gender):
            given.append(f"，{word}")
        if party.born_on:
            given.append(f"，{day(party.born_on)}出生")
        label = "公民身份号码"
    else:
        label = "统一社会信用代码"
    if party.address:
        given += ["，住所地" if not party.is_person else "，住", party.address.rstrip("。")]
    if party.id_number:
        given += [f"，{label}", paper.secret(party.id_number)]
    if party.legal_representative:
        given.append(f"，法定代表人{party.legal_representative}")
    return [*given, "。"]


def party_lines(case: Case) -> list[paper.Block]:
    """One paragraph per party, as rulings begin: 被执行人：张三，男，…。 Agents stand after whom they represent."""
    rows = Participation.objects.filter(case=case).select_related("party", "represents__party")
    mains = sorted(
        (row for row in rows if row.role != ParticipationRole.AGENT),
        key=lambda row: (row.role not in CLAIMING, row.role not in OWING, row.ordinal),
    )
    made = []
    for row in mains:
        made.append(paper.para(f"{ParticipationRole(row.role).label}：", *identity(row.party)))
        for agent in rows:
            if agent.role == ParticipationRole.AGENT and agent.represents_id == row.pk:
                scope = "特别授权" if agent.special_authority else "一般授权"
                made.append(paper.para(f"委托诉讼代理人：{agent.party.name}（{scope}）。"))
    return made


def basis(case: Case) -> str:
    """The paper that is being executed: 本院（2025）晋1031民初12号民事判决; 生效法律文书 when the matter holds none."""
    found = next(
        (row for row in judgments(case) if row.effective_on),
        case.arises_from if case.arises_from and case.arises_from.kind == CaseKind.CIVIL else None,
    )
    if found is None:
        return "已经发生法律效力的法律文书"
    word = "民事调解书" if found.closed_how == ClosedHow.MEDIATED else "民事判决"
    return f"本院{found.number}{word}"


def judgments(case: Case) -> list[Case]:
    """The civil cases of the matter whose items are being executed, in the order of filing."""
    return list(Case.objects.filter(matter_id=case.matter_id, items__isnull=False).distinct().order_by("filed_at"))


def account_box(case: Case, at: datetime) -> paper.Block:
    """Where to pay: the case's own account with a QR code; without one, a sentence that the court will tell it."""
    account = facts.read(facts.SUB_ACCOUNT, case=case, at=at)
    if not account:
        return paper.para("收款账户由本院另行书面告知。任何人要求将案款汇入个人账户的，请拒绝并向本院反映。")
    rows = [
        ("户名", facts.read(facts.ACCOUNT_NAME, case=case, at=at)),
        ("开户行", facts.read(facts.ACCOUNT_BANK, case=case, at=at)),
        ("账号", account),
        ("汇款备注", f"{case.number} 付款人姓名或名称"),
    ]
    given = [(label, value) for label, value in rows if value]
    if page := facts.read(facts.PAY_PAGE, case=case, at=at):
        return paper.account(given, qr=page, caption="扫码看今天该付多少、付到哪里")
    code = "\n".join(f"{label}：{value}" for label, value in given)
    return paper.account(given, qr=code, caption="扫码核对账户信息")


def recipients(parties: Sequence[Party]) -> list[tuple[Party, str]]:
    """Each party with the name under which service is recorded; equal names are told apart."""
    count = Counter(party.name for party in parties)
    seen: Counter[str] = Counter()
    rows = []
    for party in parties:
        seen[party.name] += 1
        suffix = f"（{seen[party.name]}）" if count[party.name] > 1 else ""
        rows.append((party, f"{party.name[:70]}{suffix}"))
    return rows


def officer(case: Case) -> str:
    """The name of the case officer, or the empty text."""
    return case.officer.user.name if case.officer else ""


def is_execution(case: Case) -> bool:
    """Whether the case is one of execution."""
    return case.kind in EXECUTION_KINDS


def _parties(case: Case, roles: Iterable[str]) -> list[Party]:
    rows = Participation.objects.filter(case=case, role__in=list(roles)).select_related("party")
    return [row.party for row in rows.order_by("role", "ordinal")]
