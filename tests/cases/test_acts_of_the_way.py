"""The whole way over HTTP: filing, trial, judgment, effect, execution, notice, hand-over, closing."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from accounts.roles import Role
from cases.kinds import ItemNature
from cases.models import Case, Decision, Document, Duty, Event, JudgmentItem
from cases.services import executing, trial
from kernel import clock
from tests.cases.acting import counts, text, typed_filing, typed_item, typed_judgment, url
from tests.cast import MORNING, Cast
from tests.factories import civil_case, execution_case, judged_case

pytestmark = pytest.mark.usefixtures("morning")


def open_duties(case: Case) -> list[str]:
    return list(Duty.objects.filter(case=case).open().order_by("kind").values_list("kind", flat=True))


def verbs(case: Case) -> list[str]:
    return list(Event.objects.filter(case=case).order_by("seq").values_list("verb", flat=True))


def test_a_dispute_goes_from_the_counter_to_the_field_team(cast: Cast, as_: object) -> None:
    clerk, judge, inquirer = as_(cast.filing_clerk), as_(cast.trial_judge), as_(cast.query_officer)
    assert clerk.post(reverse("cases:file"), typed_filing()).status_code == 302
    civil = Case.objects.get(kind="CIVIL")
    assert open_duties(civil) == ["cases.assign", "cases.send_to_trial"]

    assert clerk.post(url("trial", civil), {"officer": str(cast.trial_judge.pk)}).status_code == 302
    assert open_duties(civil) == ["cases.try"]

    sent = typed_judgment(civil, typed_item(0, civil, due_on="2026年11月20日"))
    assert judge.post(url("judgment", civil), sent).status_code == 302
    assert open_duties(civil) == ["cases.record_effect"]

    assert judge.post(url("effect", civil), {"effective_on": "2026-11-20"}).status_code == 302
    civil.refresh_from_db()
    assert (civil.stage, civil.closed_how, civil.effective_on) == ("CLOSED", "JUDGED", date(2026, 11, 20))

    clock.set_to(clock.at_time(date(2026, 11, 23), 9))
    answer = clerk.post(url("execute", civil))
    execution = Case.objects.get(kind="EXECUTION")
    assert answer.headers["Location"] == url("filed", execution)
    assert (execution.claimed, execution.fee) == (Decimal("1311000.00"), Decimal("15510.00"))
    roles = execution.participations.values_list("role", "party__name").order_by("role")
    assert list(roles) == [("CREDITOR", "王某军"), ("DEBTOR", "某环保科技公司")]

    days = {"perform_by": "2026-11-30", "report_by": "2026年12月1日"}
    assert inquirer.post(url("notify", execution), days).status_code == 302
    titles = Document.objects.filter(case=execution).order_by("issued_at", "pk").values_list("kind", flat=True)
    assert list(titles) == ["cases.execution_notice", "cases.property_report_order"]

    assert inquirer.post(url("hand_over", execution), {"officer": str(cast.judge.pk)}).status_code == 302
    execution.refresh_from_db()
    assert (execution.stage, execution.lane, execution.officer) == ("IMPLEMENTING", "IMPLEMENTATION", cast.judge)
    assert execution.team == cast.team
    assert verbs(execution) == [
        "cases.filed",
        "cases.notified",
        "cases.document_issued",
        "cases.document_issued",
        "cases.handed_over",
        "cases.assigned",
    ]


def test_an_officer_is_proposed_who_has_the_fewest_open_cases(cast: Cast, as_: object) -> None:
    case = execution_case(cast)
    busy, idle = cast.judge, cast.other_judge
    Case.objects.filter(pk=case.pk).update(officer=busy, team=busy.team)
    other = execution_case(cast, seed=2)
    page = as_(cast.director).get(url("assign", other))
    assert page.context["form"].initial["officer"] == idle
    assert "张法官（执行法官，实施一组），未结 1 件" in text(page)
    assert as_(cast.director).post(url("assign", other), {"officer": str(busy.pk)}).status_code == 302
    other.refresh_from_db()
    assert (other.officer, other.team) == (busy, busy.team)


def test_a_person_who_holds_no_such_post_cannot_be_chosen(cast: Cast, as_: object) -> None:
    case = execution_case(cast)
    before = counts()
    for wrong in (cast.registrar, cast.stranger, cast.bailiff):
        answer = as_(cast.director).post(url("assign", case), {"officer": str(wrong.pk)})
        assert answer.status_code == 400
        assert "此人现在不能承办，请另选。" in text(answer)
    case.refresh_from_db()
    assert (case.officer, counts()) == (None, before)


def test_a_judgment_has_items_with_payers_payee_and_days(cast: Cast, as_: object) -> None:
    case = begun(cast)
    creditor = case.participations.get(role="PLAINTIFF").party
    sent = typed_judgment(
        case,
        typed_item(0, case, amount="130万元", text="被告给付原告赔偿款。", due_on="2026-12-01"),
        typed_item(1, case, amount="16,599.00", nature="COSTS", due_on=""),
    )
    assert as_(cast.trial_judge).post(url("judgment", case), sent).status_code == 302
    one, two = JudgmentItem.objects.filter(case=case)
    assert (one.amount, one.due_on, one.nature) == (Decimal("1300000.00"), date(2026, 12, 1), ItemNature.PRINCIPAL)
    assert (one.text, one.payee, one.liability_text) == ("被告给付原告赔偿款。", creditor, "")
    assert [party.name for party in one.payers.all()] == ["某环保科技公司"]
    assert (two.amount, two.due_on, two.nature) == (Decimal("16599.00"), None, ItemNature.COSTS)


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("amount", "-1", "金额不能小于 0.01 元。"),
        ("amount", "1.005", "金额最多到分，小数不能超过两位。"),
        ("amount", "", "请填写金额。"),
        ("due_on", "2026-02-30", "“2026-02-30”不是日期。请写成 2026-11-22 或 2026年11月22日。"),
        ("due_on", "2026-11-19", "履行期早于裁判日期。"),
        ("payers", [], "请选择给付义务人。"),
        ("payee", "", "请选择权利人。"),
    ],
)
def test_an_item_that_cannot_be_executed_is_refused_at_its_field(
    cast: Cast, as_: object, field: str, typed: object, said: str
) -> None:
    case = begun(cast)
    before = counts()
    sent = typed_judgment(case, typed_item(0, case, text="写了一半的判项", **{field: typed}))
    answer = as_(cast.trial_judge).post(url("judgment", case), sent)
    assert answer.status_code == 400
    assert said in text(answer)
    assert "写了一半的判项" in text(answer)
    assert counts() == before


def test_who_pays_himself_is_refused(cast: Cast, as_: object) -> None:
    case = begun(cast)
    creditor = str(case.participations.get(role="PLAINTIFF").party_id)
    sent = typed_judgment(case, typed_item(0, case, payers=[creditor]))
    answer = as_(cast.trial_judge).post(url("judgment", case), sent)
    assert (answer.status_code, JudgmentItem.objects.count()) == (400, 0)
    assert "权利人与义务人相同，请核对。" in text(answer)


def test_a_judgment_is_not_of_tomorrow(cast: Cast, as_: object) -> None:
    case = begun(cast)
    answer = as_(cast.trial_judge).post(url("judgment", case), typed_judgment(case, on="2026-11-21"))
    assert (answer.status_code, JudgmentItem.objects.count()) == (400, 0)
    assert "不能晚于今天（2026年11月20日）。" in text(answer)


def test_the_preview_says_who_pays_whom_how_much_by_when(cast: Cast, as_: object) -> None:
    case = begun(cast)
    sent = typed_judgment(case, typed_item(0, case), typed_item(1, case, amount="", payers=[]))
    page = text(as_(cast.trial_judge).post(url("judgment_check", case), sent))
    assert "某环保科技公司" in page
    assert "1,311,000.00" in page
    assert "2026年12月31日" in page
    assert "判项2：还缺谁给付、金额" in page
    assert JudgmentItem.objects.count() == 0


def test_a_mediation_closes_the_case_and_takes_effect_at_once(cast: Cast, as_: object) -> None:
    case = begun(cast)
    sent = typed_judgment(case, how="MEDIATE", on="２０２６年１１月１９日")
    sent["items-0-due_on"] = "2026-11-30"
    assert as_(cast.trial_judge).post(url("judgment", case), sent).status_code == 302
    case.refresh_from_db()
    assert (case.stage, case.closed_how, case.effective_on) == ("CLOSED", "MEDIATED", date(2026, 11, 19))


def test_a_judgment_entered_twice_is_refused_and_keeps_what_was_typed(cast: Cast, as_: object) -> None:
    case, judge = begun(cast), as_(cast.trial_judge)
    assert judge.post(url("judgment", case), typed_judgment(case)).status_code == 302
    answer = judge.post(url("judgment", case), typed_judgment(case, typed_item(0, case, text="再录一次")))
    assert answer.status_code == 409
    assert "案件现在处于“裁判”，不能作出判决。" in text(answer)
    assert "再录一次" in text(answer)
    assert JudgmentItem.objects.count() == 1


def test_the_same_judgment_sent_twice_by_a_double_click_is_entered_once(cast: Cast, as_: object) -> None:
    case, judge = begun(cast), as_(cast.trial_judge)
    key = judge.get(url("judgment", case)).context["once"]
    answers = [judge.post(url("judgment", case), typed_judgment(case, once=key)) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert JudgmentItem.objects.count() == 1


def test_a_judgment_does_not_take_effect_tomorrow(cast: Cast, as_: object) -> None:
    case, judge = begun(cast), as_(cast.trial_judge)
    judge.post(url("judgment", case), typed_judgment(case))
    before = counts()
    answer = judge.post(url("effect", case), {"effective_on": "2026年11月21日"})
    assert answer.status_code == 400
    assert "不能晚于今天" in text(answer)
    assert 'value="2026年11月21日"' in text(answer)
    assert counts() == before


def test_a_plaintiff_withdraws_only_when_the_ruling_is_confirmed(cast: Cast, as_: object) -> None:
    case, judge = begun(cast), as_(cast.trial_judge)
    assert judge.post(url("withdraw", case)).status_code == 400
    assert Case.objects.get(pk=case.pk).stage == "TRIAL"
    assert judge.post(url("withdraw", case), {"sure": "on"}).status_code == 302
    case.refresh_from_db()
    assert (case.stage, case.closed_how) == ("CLOSED", "WITHDRAWN")


def test_execution_waits_until_the_time_for_performing_has_run_out(cast: Cast, as_: object) -> None:
    basis = judged_case(cast, due_on=date(2026, 11, 20))
    clerk, before = as_(cast.filing_clerk), counts()
    page = text(clerk.get(url("execute", basis)))
    assert "履行期已届满：" in page
    assert "届满次日起可办" in page
    answer = clerk.post(url("execute", basis))
    assert answer.status_code == 409
    assert "履行期到 " in text(answer)
    assert counts() == before
    clock.set_to(clock.at_time(date(2026, 11, 21), 9))
    assert clerk.post(url("execute", basis)).status_code == 302


def test_a_judgment_is_executed_in_one_open_case(cast: Cast, as_: object) -> None:
    running = execution_case(cast)
    basis = Case.objects.get(kind="CIVIL")
    answer = as_(cast.filing_clerk).post(url("execute", basis))
    assert answer.status_code == 409
    assert running.number in text(answer)
    assert Case.objects.filter(kind="EXECUTION").count() == 1


def test_a_late_application_is_warned_of_and_still_accepted(cast: Cast, as_: object) -> None:
    basis = judged_case(
        cast, judged_on=date(2023, 6, 1), effective_on=date(2023, 6, 20), due_on=date(2023, 7, 15), at=MORNING
    )
    clerk = as_(cast.filing_clerk)
    assert "申请执行时效已于" in text(clerk.get(url("execute", basis)))
    assert clerk.post(url("execute", basis)).status_code == 302


def test_a_notice_with_a_past_day_is_refused(cast: Cast, as_: object) -> None:
    case = execution_case(cast)
    before = counts()
    sent = {"perform_by": "2026-11-19", "report_by": "2026-11-27"}
    answer = as_(cast.query_officer).post(url("notify", case), sent)
    assert answer.status_code == 400
    assert "不能早于今天（2026年11月20日）。" in text(answer)
    assert 'value="2026-11-27"' in text(answer)
    assert counts() == before


def test_a_notice_begins_with_a_week_that_ends_on_a_working_day(cast: Cast, as_: object) -> None:
    page = as_(cast.query_officer).get(url("notify", execution_case(cast)))
    assert page.context["form"].initial == {"perform_by": date(2026, 11, 27), "report_by": date(2026, 11, 27)}
    assert 'value="2026年11月27日"' in text(page)


def test_a_second_notice_is_refused_by_the_spine(cast: Cast, as_: object) -> None:
    case, inquirer = execution_case(cast), as_(cast.query_officer)
    days = {"perform_by": "2026-11-27", "report_by": "2026-11-27"}
    assert inquirer.post(url("notify", case), days).status_code == 302
    answer = inquirer.post(url("notify", case), days)
    assert answer.status_code == 409
    assert "案件现在处于“通知与报告令”，不能发出执行通知。" in text(answer)
    assert Document.objects.filter(case=case).count() == 2


def test_closing_shows_every_condition_and_what_would_meet_it(cast: Cast, as_: object) -> None:
    case = handed_over(cast)
    page = as_(cast.judge).get(url("close", case))
    ways = {way["how"]: way for way in page.context["ways"]}
    assert [str(how) for how in ways] == ["PERFORMED", "ROUND_ENDED", "TERMINATED"]
    assert [way["by"] for way in ways.values()] == ["执行局长", "院长", "执行局长"]
    words = {row.text: row.met for row in ways["ROUND_ENDED"]["conditions"]}
    assert words["立案满三个月（2027-02-21 起）"] is False
    assert words["没有未了的审批"] is True
    assert "案件处于“强制与威慑”" in text(page)
    assert "满三个月后再提请" in text(page)


def test_a_closing_that_is_not_ready_names_what_is_missing(cast: Cast, as_: object) -> None:
    case = handed_over(cast)
    before = counts()
    answer = as_(cast.judge).post(url("close", case), {"how": "ROUND_ENDED", "why": "没有财产可供执行"})
    assert answer.status_code == 409
    assert "还不能以“终结本次执行程序”结案" in text(answer)
    assert "没有财产可供执行" in text(answer)
    assert counts() == before


def test_terminating_is_proposed_to_the_director(cast: Cast, as_: object) -> None:
    case = handed_over(cast)
    ways = as_(cast.judge).get(url("close", case)).context["ways"]
    assert [row.text for row in ways[2]["conditions"] if not row.met] == []
    answer = as_(cast.judge).post(url("close", case), {"how": "TERMINATED", "why": "申请人撤销申请"})
    assert answer.status_code == 302
    decision = Decision.objects.get(kind="cases.close")
    assert (decision.tier_role, decision.asked_by, decision.proposal) == (
        Role.BUREAU_DIRECTOR,
        cast.judge,
        {"how": "TERMINATED"},
    )
    again = as_(cast.judge).post(url("close", case), {"how": "TERMINATED", "why": "再提一次"})
    assert again.status_code == 409
    assert "同一事项已在审批中" in text(again)
    assert Decision.objects.filter(kind="cases.close").count() == 1


@pytest.mark.parametrize(
    ("act", "role"),
    [
        ("assign", "judge"),
        ("trial", "trial_judge"),
        ("judgment", "filing_clerk"),
        ("effect", "filing_clerk"),
        ("withdraw", "filing_clerk"),
        ("execute", "query_officer"),
        ("notify", "filing_clerk"),
        ("hand_over", "registrar"),
        ("close", "query_officer"),
        ("note", "keeper"),
        ("attach", "payer"),
        ("agent", "query_officer"),
        ("clue", "registrar"),
    ],
)
def test_a_role_without_the_right_is_refused_before_anything(cast: Cast, as_: object, act: str, role: str) -> None:
    case = handed_over(cast) if act not in {"judgment", "effect", "withdraw", "trial"} else begun(cast)
    browser, before = as_(getattr(cast, role)), counts()
    if role in {"judge", "trial_judge"}:
        Case.objects.filter(pk=case.pk).update(officer=getattr(cast, role), team=getattr(cast, role).team)
    assert browser.get(url(act, case)).status_code == 403
    assert browser.post(url(act, case)).status_code == 403
    assert counts() == before


ACTS = ("assign", "trial", "judgment", "judgment_check", "effect", "withdraw", "execute", "notify", "hand_over", "close",
        "note", "contact", "attach", "agent", "clue", "filed")  # fmt: skip


@pytest.mark.parametrize("act", ACTS)
def test_a_case_of_another_court_or_team_is_not_found(cast: Cast, as_: object, act: str) -> None:
    case = handed_over(cast)
    before = counts()
    for stranger in (cast.stranger, cast.other_judge):
        assert as_(stranger).post(url(act, case)).status_code in {404, 405}
        if act != "judgment_check":
            assert as_(stranger).get(url(act, case)).status_code == 404
    assert counts() == before


def test_every_act_opens_in_the_panel_and_as_a_page(cast: Cast, as_: object) -> None:
    civil, execution = begun(cast), handed_over(cast)
    pages = [
        (civil, cast.trial_judge, "judgment"),
        (civil, cast.trial_judge, "effect"),
        (civil, cast.trial_judge, "withdraw"),
    ]
    pages += [
        (civil, cast.filing_clerk, "trial"),
        (civil, cast.filing_clerk, "assign"),
        (civil, cast.filing_clerk, "execute"),
    ]
    pages += [
        (execution, cast.judge, name) for name in ("notify", "hand_over", "close", "note", "contact", "attach", "clue")
    ]
    pages += [(execution, cast.filing_clerk, "agent")]
    for case, post, name in pages:
        page = as_(post).get(url(name, case))
        panel = as_(post).get(url(name, case), headers={"HX-Request": "true"})
        assert (page.status_code, panel.status_code) == (200, 200)
        assert "<!doctype html>" in text(page)
        assert "<!doctype html>" not in text(panel)
        assert 'hx-target="#panel"' in text(panel)


def test_an_act_from_the_panel_answers_with_the_page_to_go_to(cast: Cast, as_: object) -> None:
    case = execution_case(cast)
    sent = {"perform_by": "2026-11-27", "report_by": "2026-11-27"}
    answer = as_(cast.query_officer).post(url("notify", case), sent, headers={"HX-Request": "true"})
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (204, reverse("cases:case", args=[case.slug]))


def begun(cast: Cast) -> Case:
    """A civil case in the hands of its judge."""
    case = civil_case(cast, seed=7)
    actor = cast.actor(cast.filing_clerk)
    return trial.begin(case_id=case.pk, judge=cast.trial_judge, actor=actor, at=MORNING)


def handed_over(cast: Cast) -> Case:
    """An execution case in the field."""
    case, actor = execution_case(cast), cast.actor(cast.query_officer)
    day = date(2026, 11, 27)
    executing.notify(case_id=case.pk, perform_by=day, report_by=day, actor=actor, at=MORNING)
    return executing.hand_over(case_id=case.pk, officer=cast.judge, actor=actor, at=MORNING)
