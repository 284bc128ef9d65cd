"""Makers of disputes, built on the real services."""

from datetime import date, datetime
from decimal import Decimal

from stdnum.cn import ric

from cases.kinds import ItemNature, PartyKind
from cases.models import Case
from cases.services import filing, trial
from cases.services.parties import PartyInput
from cases.services.trial import ItemInput
from kernel import clock
from tests.cast import MORNING, Cast
from tests.remembering import remembered

CREDIT_CODE_LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def person_number(seed: int, born: date = date(1980, 5, 6), place: str = "141031") -> str:
    """A resident identity number with a right check digit."""
    body = f"{place}{born:%Y%m%d}{seed % 1000:03d}"
    return body + ric.calc_check_digit(body + "0")


def company_number(seed: int, place: str = "141031") -> str:
    """A unified social credit code with a right check character."""
    body = f"91{place}{seed % 10**9:09d}"
    weights = [pow(3, index, 31) for index in range(17)]
    total = sum(weight * CREDIT_CODE_LETTERS.index(letter) for weight, letter in zip(weights, body, strict=True))
    return body + CREDIT_CODE_LETTERS[(31 - total % 31) % 31]


def person(name: str, seed: int, phone: str = "") -> PartyInput:
    """A natural person as the clerk types it."""
    return PartyInput(kind=PartyKind.PERSON, name=name, id_number=person_number(seed), phone=phone)


def company(name: str, seed: int, phone: str = "") -> PartyInput:
    """An organisation as the clerk types it."""
    return PartyInput(kind=PartyKind.ORGANISATION, name=name, id_number=company_number(seed), phone=phone)


@remembered
def civil_case(cast: Cast, *, claimed: str = "1311000.00", at: datetime = MORNING, seed: int = 1) -> Case:
    """王某军 against 某环保科技公司, filed by the filing clerk."""
    given = filing.Filing(
        cause="提供劳务者受害责任纠纷",
        plaintiffs=[person("王某军", 100 + seed, "13800000001")],
        defendants=[company("某环保科技公司", 200 + seed, "13800000002")],
        claimed=Decimal(claimed),
    )
    return filing.file_civil(court=cast.xixian, filing=given, actor=cast.actor(cast.filing_clerk), at=at)


@remembered
def judged_case(
    cast: Cast,
    *,
    amount: str = "1311000.00",
    costs: str = "",
    judged_on: date = date(2026, 6, 1),
    effective_on: date = date(2026, 6, 20),
    due_on: date = date(2026, 7, 15),
    at: datetime = MORNING,
    seed: int = 1,
) -> Case:
    """The same, judged and effective: one item of ``amount``, perhaps costs."""
    filed = clock.at_time(date(judged_on.year, 1, 5), 9)
    case = civil_case(cast, claimed=amount, at=filed, seed=seed)
    actor = cast.actor(cast.filing_clerk)
    trial.begin(case_id=case.pk, judge=cast.trial_judge, actor=actor, at=filed)
    creditor = case.participations.get(role="PLAINTIFF").party
    debtor = case.participations.get(role="DEFENDANT").party
    items = [ItemInput(amount=Decimal(amount), payers=[debtor], payee=creditor, due_on=due_on)]
    if costs:
        items.append(
            ItemInput(amount=Decimal(costs), payers=[debtor], payee=creditor, due_on=due_on, nature=ItemNature.COSTS)
        )
    judge = cast.actor(cast.trial_judge)
    trial.judge(
        case_id=case.pk, items=items, judged_on=judged_on, actor=judge, at=max(filed, clock.at_time(judged_on, 10))
    )
    effective = max(clock.at_time(judged_on, 11), clock.at_time(effective_on, 9))
    return trial.take_effect(case_id=case.pk, effective_on=effective_on, actor=judge, at=effective)


@remembered
def execution_case(cast: Cast, *, at: datetime = MORNING, **judgment: object) -> Case:
    """The execution of :func:`judged_case`, filed in one step."""
    basis = judged_case(cast, **judgment)  # type: ignore[arg-type]
    return filing.file_execution(basis_id=basis.pk, actor=cast.actor(cast.filing_clerk), at=at)
