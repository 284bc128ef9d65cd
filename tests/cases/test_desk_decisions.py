"""Approvals: cards and rows, approve and return, batches all or none, one's own questions, and who sees nothing."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Post
from accounts.roles import Action, Role
from cases import locks
from cases.declaring import DECISIONS, Card, CardFact, DecisionKind
from cases.models import Case, Decision, DecisionStep, Duty, Event
from cases.queries import rows
from cases.services import assigning, deciding
from kernel.refusals import Condition, Refusal
from tests import factories
from tests.cast import MORNING, Cast

pytestmark = pytest.mark.usefixtures("morning", "kinds")
SignIn = Callable[[Post], Client]
TRAY = "/decisions/"


class Gone(Refusal):
    """The account of the card is closed."""

    message = "收款账户已销户。"


class Spent(Refusal):
    """There is no money for it."""

    message = "账户余额不足。"


CARRIED: list[UUID] = []


def _carry(*, decision: Decision, **rest: Any) -> None:
    if decision.why == "余额不足":
        raise Spent(conditions=[Condition(text="还差 10.00 元")])
    CARRIED.append(decision.pk)


def _card(decision: Decision) -> Card:
    if decision.why == "已销户":
        raise Gone(conditions=[Condition(text="重新登记账户"), Condition(text="本人核验", met=True)])
    return Card(
        figure=decision.amount,
        whom="发给 王某军",
        supports=[CardFact("收款账户经本人核验", "立案登记", "/accounts/")],
        against=[],
        law=["法发〔2017〕6号第10条"],
        then=["财务付款"],
    )


@pytest.fixture
def kinds() -> Iterator[None]:
    """A question that may be batched, one that may not, and one for two tiers."""
    CARRIED.clear()
    rows = {"test.pay": ((Role.BUREAU_DIRECTOR,), True), "test.detain": ((Role.BUREAU_DIRECTOR,), False)}
    rows["test.large"] = ((Role.BUREAU_DIRECTOR, Role.PRESIDENT), True)
    titles = {"test.pay": "发放案款", "test.detain": "司法拘留", "test.large": "大额发放"}
    for kind, (tiers, batch) in rows.items():
        DECISIONS.declare(
            DecisionKind(kind, titles[kind], tiers, Action.EXECUTE, Action.APPROVE_CLOSING, _card, _carry, batch=batch)
        )
    yield
    for kind in rows:
        DECISIONS.remove(kind)


@pytest.fixture
def case(cast: Cast) -> Case:
    """An execution case of 张法官's team."""
    cast.everyone()
    found = factories.execution_case(cast)
    assigning.assign(case_id=found.pk, officer=cast.judge, actor=cast.actor(cast.filing_clerk), at=MORNING)
    found.refresh_from_db()
    return found


def ask(cast: Cast, case: Case, kind: str = "test.pay", amount: str = "36500.00", why: str = "") -> Decision:
    """A question of 高执行员."""
    number = Decision.objects.count()
    with transaction.atomic():
        return deciding.ask(
            case=locks.lock(case.pk),
            kind=kind,
            subject=f"test.payout:{number}",
            actor=cast.actor(cast.executor),
            at=MORNING,
            amount=Decimal(amount),
            why=why,
        )


def address(decision: Decision) -> str:
    """The decision's own page."""
    return reverse("cases:decision", args=[decision.pk])


def state(decision: Decision) -> str:
    """Where the decision stands in the database."""
    decision.refresh_from_db()
    return decision.state


def test_the_first_three_are_cards_and_the_rest_are_rows(cast: Cast, as_: SignIn, case: Case) -> None:
    asked = [ask(cast, case, amount=f"{number}00.00") for number in range(1, 6)]
    context = as_(cast.director).get(TRAY).context
    assert [card["id"] for card in context["cards"]] == [row.pk for row in asked[:3]]
    assert [row["id"] for row in context["rows"]] == [row.pk for row in asked[3:]]
    card = context["cards"][0]
    assert (card["kind"], card["asker"], card["amount"]) == ("发放案款", "高执行员报请", Decimal("100.00"))
    assert (card["whom"], card["number"]) == ("发给 王某军", case.number)
    assert card["case_note"] == "王某军 与 某环保科技公司"
    assert card["facts_for"] == [{"text": "收款账户经本人核验", "source": "立案登记", "url": "/accounts/"}]
    assert (card["articles"], card["then"]) == ([{"label": "法发〔2017〕6号第10条"}], ["财务付款"])
    assert card["left"].until == "11月23日 周一 24:00"
    assert card["acts"][0]["label"] == "同意发放案款"


def test_more_rows_need_no_more_queries(cast: Cast, as_: SignIn, case: Case) -> None:
    browser, counts = as_(cast.director), []
    for number in (5, 45):
        for _index in range(number):
            ask(cast, case)
        browser.get(TRAY)
        with CaptureQueriesContext(connection) as queries:
            context = browser.get(TRAY).context
        counts.append((len(context["rows"]), len(queries)))
    assert [rows for rows, _queries in counts] == [2, 47]
    assert counts[0][1] == counts[1][1]


def test_a_card_whose_facts_forbid_it_says_why_instead_of_failing(cast: Cast, as_: SignIn, case: Case) -> None:
    ask(cast, case, why="已销户")
    (card,) = as_(cast.director).get(TRAY).context["cards"]
    assert [fact["text"] for fact in card["facts_against"]] == ["收款账户已销户。", "重新登记账户"]
    assert (card["amount"], card["facts_for"]) == (Decimal("36500.00"), [])


def test_the_chips_narrow_the_tray_to_a_kind(cast: Cast, as_: SignIn, case: Case) -> None:
    for kind in ("test.pay", "test.pay", "test.detain"):
        ask(cast, case, kind)
    context = as_(cast.director).get(TRAY, {"kind": "test.detain"}).context
    assert [(str(chip["label"]), chip["count"], chip["active"]) for chip in context["chips"]] == [
        ("全部", 3, False),
        ("发放案款", 2, False),
        ("司法拘留", 1, True),
    ]
    assert [card["kind"] for card in context["cards"]] == ["司法拘留"]


def test_approving_carries_the_act_out_and_leads_back_to_the_tray(cast: Cast, as_: SignIn, case: Case) -> None:
    decision = ask(cast, case)
    answer = as_(cast.director).post(address(decision), {"act": "approve", "opinion": "速办"}, follow=True)
    assert answer.redirect_chain == [(TRAY, 302)]
    assert [str(message) for message in answer.context["messages"]] == [f"{case.number}：已同意。"]
    assert (state(decision), CARRIED) == ("APPROVED", [decision.pk])
    assert DecisionStep.objects.get(decision=decision).opinion == "速办"


def test_the_page_that_sent_the_request_by_script_is_told_where_to_go(cast: Cast, as_: SignIn, case: Case) -> None:
    decision = ask(cast, case)
    answer = as_(cast.director).post(address(decision), {"act": "approve"}, headers={"HX-Request": "true"})
    assert (answer.status_code, answer["HX-Redirect"]) == (204, TRAY)


def test_at_the_first_of_two_tiers_the_question_goes_on_to_the_next(cast: Cast, as_: SignIn, case: Case) -> None:
    decision = ask(cast, case, "test.large")
    (card,) = as_(cast.director).get(TRAY).context["cards"]
    assert card["acts"][0]["label"] == "同意，报院长"
    answer = as_(cast.director).post(address(decision), {"act": "approve"}, follow=True)
    assert [str(message) for message in answer.context["messages"]] == [f"{case.number}：已同意，转院长审批。"]
    assert (state(decision), decision.tier_role, CARRIED) == ("ASKED", "PRESIDENT", [])
    assert as_(cast.director).get(TRAY).context["cards"] == []
    (card,) = as_(cast.president).get(TRAY).context["cards"]
    assert card["acts"][0]["label"] == "同意大额发放"


def test_a_return_without_an_opinion_is_refused_where_it_was_tried(cast: Cast, as_: SignIn, case: Case) -> None:
    decision = ask(cast, case)
    before = Event.objects.count()
    browser = as_(cast.director)
    answer = browser.post(address(decision), {"act": "send_back", "opinion": "  "})
    assert (answer.status_code, answer.templates[0].name) == (400, "cases/decision.html")
    assert "退回时请写明意见" in answer.content.decode()
    panel = browser.post(address(decision), {"act": "send_back", "opinion": "", "panel": "send_back"})
    assert (panel.status_code, panel.templates[0].name) == (400, "cases/decision_send_back.html")
    assert (state(decision), Event.objects.count()) == ("ASKED", before)


def test_a_return_keeps_its_opinion_for_the_asker(cast: Cast, as_: SignIn, case: Case) -> None:
    decision = ask(cast, case)
    as_(cast.director).post(address(decision), {"act": "send_back", "opinion": "请补收款账户证明"})
    assert state(decision) == "SENT_BACK"
    answer = as_(cast.executor).get(TRAY, {"tab": "asked"})
    assert "“请补收款账户证明”" in answer.content.decode()
    (step,) = as_(cast.director).get(TRAY, {"tab": "done"}).context["steps"]
    assert (step["title"], step["step"].act) == ("发放案款", "SENT_BACK")


def test_a_refusal_of_the_act_itself_is_shown_with_its_conditions_and_the_typed_opinion(
    cast: Cast, as_: SignIn, case: Case
) -> None:
    decision = ask(cast, case, why="余额不足")
    browser = as_(cast.director)
    alone = browser.post(address(decision), {"act": "approve", "opinion": "同意付款"})
    text = alone.content.decode()
    assert alone.status_code == 409
    assert all(word in text for word in ("账户余额不足。", "还差 10.00 元", ">同意付款</textarea>"))
    in_tray = browser.post(address(decision), {"act": "approve", "tray": "1"})
    assert (in_tray.status_code, in_tray.templates[0].name) == (409, "cases/decisions.html")
    assert (state(decision), CARRIED, DecisionStep.objects.count()) == ("ASKED", [], 0)


def test_a_batch_is_approved_together(cast: Cast, as_: SignIn, case: Case) -> None:
    asked = [ask(cast, case) for _index in range(4)]
    keys = [str(row.pk) for row in asked[:2]]
    answer = as_(cast.director).post(TRAY, {"decision": keys}, follow=True)
    assert [str(message) for message in answer.context["messages"]] == ["已同意 2 件。"]
    assert [state(row) for row in asked] == ["APPROVED", "APPROVED", "ASKED", "ASKED"]


def test_one_that_cannot_be_batched_stops_all_and_the_choice_is_kept(cast: Cast, as_: SignIn, case: Case) -> None:
    good, alone, broke = ask(cast, case), ask(cast, case, "test.detain"), ask(cast, case, why="余额不足")
    keys = [str(row.pk) for row in (good, alone, broke)]
    answer = as_(cast.director).post(TRAY, {"decision": keys})
    refusal = answer.context["refusal"]
    assert (answer.status_code, refusal.code) == (409, "some_refused")
    assert [condition.text for condition in refusal.conditions] == [
        f"{case.number}：此类事项须逐件审批。",
        f"{case.number}：账户余额不足。",
    ]
    assert [card["picked"] for card in answer.context["cards"]] == [True, True, True]
    assert [state(row) for row in (good, alone, broke)] == ["ASKED", "ASKED", "ASKED"]
    assert [good.pk] == CARRIED
    assert DecisionStep.objects.count() == 0


def test_a_batch_of_nothing_asks_to_pick_something(cast: Cast, as_: SignIn, case: Case) -> None:
    ask(cast, case)
    answer = as_(cast.director).post(TRAY, {})
    assert (answer.status_code, answer.context["refusal"].text) == (400, "填写有误：请先选中要同意的事项。")
    assert as_(cast.director).post(TRAY, {"decision": "nonsense"}).status_code == 404


def test_the_asker_sees_it_cannot_decide_it_and_may_withdraw(cast: Cast, as_: SignIn, case: Case) -> None:
    decision = ask(cast, case)
    browser = as_(cast.executor)
    context = browser.get(address(decision)).context
    assert (context["may_decide"], context["may_withdraw"]) == (False, True)
    assert browser.post(address(decision), {"act": "approve"}).status_code == 403
    assert browser.post(address(decision), {"act": "withdraw"}, follow=True).redirect_chain[0][0] == f"{TRAY}?tab=asked"
    assert state(decision) == "WITHDRAWN"
    again = browser.post(address(decision), {"act": "withdraw"})
    assert (again.status_code, again.context["refusal"].code) == (409, "already_decided")


def test_a_colleague_reads_it_and_has_no_button(cast: Cast, as_: SignIn, case: Case) -> None:
    decision = ask(cast, case)
    context = as_(cast.judge).get(address(decision)).context
    assert (context["may_decide"], context["may_withdraw"]) == (False, False)


def test_another_court_finds_neither_the_tray_nor_the_decision(cast: Cast, as_: SignIn, case: Case) -> None:
    decision = ask(cast, case)
    elsewhere = cast.post("qu", "曲局长", Role.BUREAU_DIRECTOR, court=cast.xiajin)
    for post in (cast.stranger, elsewhere, cast.registrar):
        browser = as_(post)
        assert browser.get(TRAY).context["cards"] == []
        assert browser.get(address(decision)).status_code == 404
        assert browser.post(address(decision), {"act": "approve"}).status_code == 404
    assert as_(elsewhere).post(TRAY, {"decision": [str(decision.pk)]}).status_code == 409
    assert state(decision) == "ASKED"


def test_an_act_that_nobody_knows_is_refused(cast: Cast, as_: SignIn, case: Case) -> None:
    decision = ask(cast, case)
    answer = as_(cast.director).post(address(decision), {"act": "burn"})
    assert (answer.status_code, state(decision)) == (400, "ASKED")


def test_the_return_opens_in_the_side_panel(cast: Cast, as_: SignIn, case: Case) -> None:
    decision = ask(cast, case)
    browser = as_(cast.director)
    panel = browser.get(address(decision), {"act": "send_back"}, headers={"HX-Request": "true"})
    assert "panel-form" in panel.content.decode()
    assert "<html" not in panel.content.decode()
    assert "<html" in browser.get(address(decision), {"act": "send_back"}).content.decode()


def test_the_duty_to_mend_leads_to_the_opinion_and_not_to_the_case(cast: Cast, as_: SignIn, case: Case) -> None:
    decision = ask(cast, case)
    as_(cast.director).post(address(decision), {"act": "send_back", "opinion": "请补收款账户证明"})
    duty = Duty.objects.get(case=case, kind="cases.mend")
    url = rows.row_of(duty, "", MORNING)["act"]["url"]
    page = as_(cast.executor).get(url, follow=True)
    assert page.redirect_chain == [(address(decision), 302)]
    assert "请补收款账户证明" in page.content.decode()
    assert as_(cast.stranger).get(url).status_code == 404
