"""Two debtors of one judgment: together, by shares, one after the other; what each owes on page, paper and phone (F-24)."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import transaction
from django.urls import reverse

from cases import locks, queries
from cases.kinds import Liability, PerformanceSource
from cases.models import Case, Document, Event, JudgmentItem, Party
from cases.queries import liable
from cases.services import calling, executing, filing, performing, trial
from cases.services.trial import ItemInput
from kernel import clock
from portal import pages
from portal.access import Audience
from pressure.services import standing
from tests.cases.acting import counts, text, typed_item, typed_judgment, url
from tests.cast import MORNING, Cast
from tests.factories import company, person

pytestmark = pytest.mark.usefixtures("morning")

TODAY = date(2026, 11, 20)
FILED = clock.at_time(date(2026, 7, 1), 9)
D = Decimal


def tried(cast: Cast) -> Case:
    given = filing.Filing(
        cause="买卖合同纠纷",
        plaintiffs=[person("王某军", 101, "13800000001")],
        defendants=[company("甲公司", 201), company("乙公司", 202)],
        claimed=D(10000),
    )
    actor = cast.actor(cast.filing_clerk)
    case = filing.file_civil(court=cast.xixian, filing=given, actor=actor, at=FILED)
    trial.begin(case_id=case.pk, judge=cast.trial_judge, actor=actor, at=FILED)
    return case


def sides(case: Case) -> tuple[Party, Party, Party]:
    rows = case.participations.filter(role__in=["PLAINTIFF", "DEFENDANT", "CREDITOR", "DEBTOR"])
    found = {row.party.name: row.party for row in rows.select_related("party")}
    return found["王某军"], found["甲公司"], found["乙公司"]


def executed(cast: Cast, **liability: object) -> Case:
    """10,000.00 due yesterday, in execution since today: 1.75 of doubled interest, 50.00 of fee."""
    civil = tried(cast)
    creditor, one, two = sides(civil)
    later = [two] if liability.get("liability") == Liability.SUPPLEMENTARY else []
    item = ItemInput(
        amount=D(10000), payers=[one, two], payee=creditor, due_on=date(2026, 11, 19), later=later,
        **liability,  # type: ignore[arg-type]
    )  # fmt: skip
    judge = cast.actor(cast.trial_judge)
    trial.judge(case_id=civil.pk, items=[item], judged_on=date(2026, 7, 1), actor=judge, at=FILED)
    trial.take_effect(case_id=civil.pk, effective_on=date(2026, 7, 20), actor=judge, at=MORNING)
    return filing.file_execution(basis_id=civil.pk, actor=cast.actor(cast.filing_clerk), at=MORNING)


def pay(cast: Cast, case: Case, payer: Party, amount: str) -> None:
    with transaction.atomic():
        performing.record(
            case=locks.lock(case.pk), amount=D(amount), on=TODAY, source=PerformanceSource.DIRECT,
            subject=f"test:{payer.pk}", actor=cast.actor(cast.executor), at=MORNING, payer=payer,
        )  # fmt: skip


def owed(case: Case) -> tuple[Decimal, Decimal, Decimal]:
    """What 甲公司 can be asked for, what 乙公司, and the total."""
    statement = queries.debt(case.matter, TODAY)
    _creditor, one, two = sides(case)
    return liable.owed_by(statement, one), liable.owed_by(statement, two), statement.total


def test_what_one_joint_debtor_pays_lowers_what_both_owe(cast: Cast) -> None:
    case = executed(cast)
    assert owed(case) == (D("10051.75"),) * 3
    pay(cast, case, sides(case)[1], "4000.00")
    assert owed(case) == (D("6051.75"),) * 3
    pay(cast, case, sides(case)[2], "6051.75")
    assert owed(case) == (0, 0, 0)
    assert Event.objects.filter(case=case, verb="cases.debt_discharged").count() == 1


def test_a_several_debtor_who_paid_his_share_owes_nothing_more(cast: Cast) -> None:
    case = executed(cast, liability=Liability.SEVERAL, shares=[D(3000), D(7000)])
    assert owed(case) == (D("3015.53"), D("7036.23"), D("10051.76"))  # each rounds his own doubled part
    _creditor, one, two = sides(case)
    pay(cast, case, one, "3100.00")
    assert owed(case) == (0, D("7036.23"), D("7036.23"))
    with pytest.raises(standing.OwesNothing):
        standing.require_debt(case, one, MORNING)
    assert standing.require_debt(case, two, MORNING) == D("7036.23")


def test_who_answers_after_the_others_is_called_on_up_to_his_limit(cast: Cast) -> None:
    case = executed(cast, liability=Liability.SUPPLEMENTARY, shares=[D(2000)])
    _creditor, _one, two = sides(case)
    assert owed(case) == (D("10051.75"), 0, D("10051.75"))
    item = JudgmentItem.objects.get()
    executor = cast.actor(cast.query_officer)
    calling.call(case_id=case.pk, item_id=item.pk, finding="甲公司名下无可供执行财产。", actor=executor, at=MORNING)
    assert owed(case) == (D("10051.75"), D("2000.00"), D("10051.75"))
    pay(cast, case, two, "2000.00")
    assert owed(case) == (D("8051.75"), 0, D("8051.75"))
    with pytest.raises(calling.NotToBeCalled):
        calling.call(case_id=case.pk, item_id=item.pk, finding="再次", actor=executor, at=MORNING)


def test_calling_on_them_says_what_was_found(cast: Cast, as_: object) -> None:
    case = executed(cast, liability=Liability.SUPPLEMENTARY)
    browser, item = as_(cast.query_officer), JudgmentItem.objects.get()
    before = counts()
    assert browser.post(url("call_on", case), {"item": str(item.pk), "finding": " "}).status_code == 400
    assert (counts(), JudgmentItem.objects.get().called_on) == (before, None)
    page = text(browser.get(url("call_on", case)))
    assert "第 1 项：甲公司先承担，乙公司补充" in page
    sent = {"item": str(item.pk), "finding": "甲公司名下无可供执行财产。"}
    assert browser.post(url("call_on", case), sent).status_code == 302
    assert JudgmentItem.objects.get().called_on == TODAY
    assert Event.objects.get(case=case, verb="cases.called_on").facts["left"] == "10001.75"


def test_a_judge_enters_shares_in_per_cent_and_the_case_page_shows_them_in_yuan(cast: Cast, as_: object) -> None:
    case = tried(cast)
    _creditor, one, two = sides(case)
    payers = {"payers": [str(one.pk), str(two.pk)], "amount": "10000"}
    row = typed_item(0, case, **payers, liability="SEVERAL", share_1="1/3", share_2="2/3")
    assert as_(cast.trial_judge).post(url("judgment", case), typed_judgment(case, row)).status_code == 302
    shares = JudgmentItem.objects.get().sides.values_list("party__name", "share")
    assert sorted(shares) == [("乙公司", D("6666.67")), ("甲公司", D("3333.33"))]
    page = text(as_(cast.trial_judge).get(reverse("cases:case", args=[case.slug]) + "?tab=items"))
    assert "3,333.33 元" in page
    assert "各义务人今天应付" in page


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"liability": "SEVERAL", "share_1": "30%", "share_2": "60%"}, "各人份额之和应为 100%。"),
        ({"liability": "SEVERAL", "share_1": "3000", "share_2": "6000"}, "各人份额之和 9,000.00 元，与金额 10,000.00 元不符。"),
        ({"liability": "SEVERAL", "share_1": "30%", "share_2": "7000"}, "各人份额请都填比例，或者都填金额。"),
        ({"liability": "SEVERAL", "share_1": "30%"}, "请填写乙公司的份额或限额。"),
        ({"liability": "SEVERAL", "share_1": "三成", "share_2": "70%"}, "“三成”不是份额。"),
        ({"liability": "SUPPLEMENTARY"}, "请选谁补充承担；至少留一人先承担。"),
    ],
)  # fmt: skip
def test_shares_that_do_not_make_the_whole_are_refused(cast: Cast, as_: object, typed: dict, said: str) -> None:
    case = tried(cast)
    _creditor, one, two = sides(case)
    before = counts()
    row = typed_item(0, case, payers=[str(one.pk), str(two.pk)], amount="10000", **typed)
    answer = as_(cast.trial_judge).post(url("judgment", case), typed_judgment(case, row))
    assert (answer.status_code, counts()) == (400, before)
    assert said in text(answer)


def test_the_service_refuses_shares_that_do_not_add_up(cast: Cast) -> None:
    civil = tried(cast)
    creditor, one, two = sides(civil)
    item = ItemInput(
        amount=D(100), payers=[one, two], payee=creditor, liability=Liability.SEVERAL, shares=[D(40), D(50)]
    )
    with pytest.raises(trial.ItemUnclear) as refused:
        trial.judge(
            case_id=civil.pk, items=[item], judged_on=TODAY, actor=cast.actor(cast.trial_judge), at=MORNING
        )  # fmt: skip
    assert "各人份额之和与金额不符" in refused.value.text
    assert JudgmentItem.objects.count() == 0


def test_the_notice_and_the_phone_say_what_each_debtor_owes(cast: Cast) -> None:
    case = executed(cast, liability=Liability.SEVERAL, shares=[D(3000), D(7000)])
    executing.notify(
        case_id=case.pk, perform_by=date(2026, 11, 30), report_by=date(2026, 11, 30),
        actor=cast.actor(cast.query_officer), at=MORNING,
    )  # fmt: skip
    notice = Document.objects.get(case=case, kind="cases.execution_notice")
    assert "甲公司应履行3,015.53元；乙公司应履行7,036.23元" in str(notice.data)
    row = case.participations.get(party__name="甲公司")
    money = pages.money(row, Audience.DEBTOR, MORNING)
    assert (money["owed"], money["others"], money["daily"]) == (D("3015.53"), D("7036.23"), D("0.53"))
    whole = pages.money(case.participations.get(role="CREDITOR"), Audience.CREDITOR, MORNING)
    assert whole["owed"] == D("10051.76")
