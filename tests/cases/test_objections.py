"""执行异议: filed against an execution, examined by a judge who took no part in it, ruled, served, followed (民诉236、238)."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from accounts.models import Post
from accounts.roles import Role
from cases.kinds import ObjectionKind, ObjectionOutcome
from cases.models import Case, Document, Duty, Event, Note, Objection
from cases.queries import barred, objections
from cases.services import assigning, executing, objecting, serving
from tests.cases.acting import counts, text, url
from tests.cast import MORNING, Cast
from tests.factories import execution_case

pytestmark = pytest.mark.usefixtures("morning")

TODAY = MORNING.date()
REASONS = "执行通知书的金额与判决一致。"


@pytest.fixture
def case(cast: Cast) -> Case:
    """An execution with its notice, in the hands of 张法官."""
    found = execution_case(cast)
    day = date(2026, 11, 30)
    executing.notify(case_id=found.pk, perform_by=day, report_by=day, actor=cast.actor(cast.query_officer), at=MORNING)
    assigning.assign(case_id=found.pk, officer=cast.judge, actor=cast.actor(cast.director), at=MORNING)
    return found


@pytest.fixture
def bench(cast: Cast) -> list[Post]:
    """Two more judges who took no part."""
    made = []
    for number, name in enumerate(("钱法官", "冯法官"), start=1):
        user = type(cast.judge.user).objects.create_user(username=f"bench{number}", password="x", name=name)
        made.append(
            Post.objects.create(
                court=cast.xixian, user=user, role=Role.TRIAL_JUDGE, from_on=date(2026, 1, 1), team=None
            )
        )  # fmt: skip
    return made


def objected(cast: Cast, case: Case, kind: ObjectionKind = ObjectionKind.CONDUCT) -> Objection:
    given = objecting.ObjectionInput(
        kind=kind, contested="执行通知书", request="通知书的金额算错了。",
        document=Document.objects.filter(case=case, kind="cases.execution_notice").first(),
    )  # fmt: skip
    debtor = case.participations.get(role="DEBTOR").party
    return objecting.file(
        case_id=case.pk, objector=debtor, given=given, actor=cast.actor(cast.filing_clerk), at=MORNING
    )


def reviewed(cast: Cast, row: Objection) -> Case:
    return objecting.begin_review(
        case_id=row.case_id, judge=cast.other_judge, actor=cast.actor(cast.director), at=MORNING
    )


def ruled(cast: Cast, row: Objection, bench: list[Post], outcome: ObjectionOutcome, order: str = "") -> Objection:
    return objecting.rule(
        case_id=row.case_id, outcome=outcome, reasons=REASONS, order=order, members=bench,
        actor=cast.actor(cast.other_judge), at=MORNING,
    )  # fmt: skip


def duties(case: Case) -> list[str]:
    return list(Duty.objects.filter(case=case).open().order_by("kind").values_list("kind", flat=True))


def test_an_objection_has_its_own_number_and_its_judge_is_due_in_three_days(cast: Cast, case: Case) -> None:
    row = objected(cast, case)
    assert row.case.number == "（2026）晋1031执异1号"
    assert (row.case.arises_from, row.case.stage) == (case, "FILED")
    sides = row.case.participations.values_list("role", "party__name").order_by("role")
    assert list(sides) == [("APPLICANT", "某环保科技公司"), ("RESPONDENT", "王某军")]
    duty = Duty.objects.get(case=row.case, kind="cases.give_objection")
    assert (duty.holder, duty.due_on) == (cast.director, date(2026, 11, 23))
    assert Event.objects.get(case=case, verb="cases.objected").facts["number"] == row.case.number


def test_who_executed_cannot_examine_it(cast: Cast, case: Case) -> None:
    row = objected(cast, case)
    director = cast.actor(cast.director)
    assert cast.judge.user_id in barred.executed_it(row.case)
    with pytest.raises(assigning.ExecutedIt):
        objecting.begin_review(case_id=row.case_id, judge=cast.judge, actor=director, at=MORNING)
    with pytest.raises(assigning.ExecutedIt):
        assigning.assign(case_id=row.case_id, officer=cast.judge, actor=director, at=MORNING)
    with pytest.raises(objecting.NotAJudge):
        objecting.begin_review(case_id=row.case_id, judge=cast.query_officer, actor=director, at=MORNING)
    row.case.refresh_from_db()
    assert (row.case.officer, row.case.stage) == (None, "FILED")


def test_who_handed_the_execution_on_is_still_barred(cast: Cast, case: Case) -> None:
    assigning.assign(case_id=case.pk, officer=cast.other_judge, actor=cast.actor(cast.director), at=MORNING)
    row = objected(cast, case)
    assert {cast.judge.user_id, cast.other_judge.user_id} <= barred.executed_it(row.case)


def test_the_ruling_is_due_fifteen_days_after_the_objection_came(cast: Cast, case: Case) -> None:
    own = reviewed(cast, objected(cast, case))
    duty = Duty.objects.get(case=own, kind="cases.review_objection")
    assert (duty.holder, duty.due_on) == (cast.other_judge, date(2026, 12, 7))  # 5 December is a Saturday
    assert duties(own) == ["cases.review_objection"]


def test_a_rejected_objection_closes_with_its_paper_and_the_execution_goes_on(
    cast: Cast, case: Case, bench: list[Post]
) -> None:
    row = objected(cast, case)
    reviewed(cast, row)
    ruled(cast, row, bench, ObjectionOutcome.REJECTED)
    row.refresh_from_db()
    row.case.refresh_from_db()
    assert (row.case.stage, row.case.closed_how, row.order) == (
        "CLOSED",
        "RULED",
        "驳回异议人某环保科技公司的异议请求。",
    )
    assert (row.ruling.number, row.ruling.title) == ("（2026）晋1031执异1号", "执行裁定书")
    words = str(row.ruling.data)
    for said in ("异议不成立，不予支持", REASONS, "十日内，向上一级人民法院申请复议", "钱法官"):
        assert said in words
    assert row.ruling.services.count() == 2
    assert "cases.follow_objection" not in duties(case)


def test_the_window_for_reconsideration_runs_from_service_on_each(cast: Cast, case: Case, bench: list[Post]) -> None:
    row = objected(cast, case)
    reviewed(cast, row)
    ruled(cast, row, bench, ObjectionOutcome.REJECTED)
    row.refresh_from_db()
    (shown,) = objections.of_case(case)
    assert [window.until for window in shown.windows] == [None, None]
    service = row.ruling.services.get(party=row.objector)
    serving.record(
        service_id=service.pk,
        method="DIRECT",
        served_on=TODAY,
        actor=cast.actor(cast.other_judge),
        at=MORNING,
    )
    (shown,) = objections.of_case(case)
    assert {window.recipient: window.until for window in shown.windows} == {
        "某环保科技公司": date(2026, 11, 30), "王某军": None,
    }  # fmt: skip
    assert shown.further == "可向上一级法院申请复议"


def test_an_upheld_objection_must_be_followed_in_the_execution(cast: Cast, case: Case, bench: list[Post]) -> None:
    row = objected(cast, case)
    reviewed(cast, row)
    ruled(cast, row, bench, ObjectionOutcome.PARTLY, order="变更执行通知书的金额为1,000,000.00元。")
    duty = Duty.objects.get(case=case, kind="cases.follow_objection")
    assert (duty.holder, duty.subject, duty.due_on) == (cast.judge, row.symbol, date(2026, 11, 27))
    judge = cast.actor(cast.judge)
    with pytest.raises(objecting.Unclear):
        objecting.follow(objection_id=row.pk, done=" ", actor=judge, at=MORNING)
    objecting.follow(objection_id=row.pk, done="已重新制作执行通知书。", actor=judge, at=MORNING)
    assert "cases.follow_objection" not in duties(case)
    assert Note.objects.get(case=case).text == "已重新制作执行通知书。"


def test_an_upheld_claim_of_title_tells_of_the_suit_and_stops_only_the_sale(
    cast: Cast, case: Case, bench: list[Post]
) -> None:
    row = objected(cast, case, ObjectionKind.TITLE)
    (shown,) = objections.of_case(case)
    assert shown.meanwhile == "审查期间不停止执行，但不得处分该标的"
    reviewed(cast, row)
    ruled(cast, row, bench, ObjectionOutcome.UPHELD, order="中止对该车辆的执行。")
    row.refresh_from_db()
    assert "自本裁定送达之日起十五日内向本院提起诉讼" in str(row.ruling.data)
    (shown,) = objections.of_case(row.case)
    assert shown.further == "可向本院提起诉讼"


def test_a_rejected_objection_does_not_come_again_nor_one_after_the_end(
    cast: Cast, case: Case, bench: list[Post]
) -> None:
    row = objected(cast, case)
    reviewed(cast, row)
    ruled(cast, row, bench, ObjectionOutcome.REJECTED)
    before = counts()
    with pytest.raises(objecting.NotAdmissible):
        objected(cast, case)
    Case.objects.filter(pk=case.pk).update(
        closed_at=MORNING - timedelta(days=1), closed_how="TERMINATED", stage="CLOSED"
    )
    with pytest.raises(objecting.NotAdmissible):
        objected(cast, case, ObjectionKind.TITLE)
    assert counts() == before


def test_a_ruling_needs_its_presiding_judge_two_others_and_an_order(cast: Cast, case: Case, bench: list[Post]) -> None:
    row = objected(cast, case)
    reviewed(cast, row)
    given = {"case_id": row.case_id, "outcome": ObjectionOutcome.UPHELD, "reasons": REASONS, "at": MORNING}
    judge = cast.actor(cast.other_judge)
    with pytest.raises(objecting.PanelIncomplete):
        objecting.rule(**given, order="撤销", members=[bench[0], cast.judge], actor=judge)
    with pytest.raises(objecting.PanelIncomplete):
        objecting.rule(**given, order="撤销", members=[bench[0], cast.other_judge], actor=judge)
    with pytest.raises(objecting.Unclear):
        objecting.rule(**given, order="", members=bench, actor=judge)
    row.refresh_from_db()
    assert (row.outcome, row.ruling, Document.objects.filter(case=row.case).count()) == ("", None, 0)


def test_an_objection_goes_its_whole_way_in_the_browser(cast: Cast, case: Case, bench: list[Post], as_: object) -> None:
    clerk, director, judge = as_(cast.filing_clerk), as_(cast.director), as_(cast.other_judge)
    sent = {
        "objector": "outsider", "name": "郝某", "outsider_kind": "PERSON", "id_number": "", "phone": "", "kind": "TITLE",
        "document": "", "contested": "晋L12345 车辆", "request": "车是我买的。", "received_on": "2026-11-20",
    }  # fmt: skip
    assert clerk.post(url("object", case), {**sent, "name": ""}).status_code == 400
    assert clerk.post(url("object", case), sent).status_code == 302
    own = Case.objects.get(kind="OBJECTION")
    page = text(director.get(url("review_objection", own)))
    assert cast.judge.user.name not in page.split("<select")[1]
    assert director.post(url("review_objection", own), {"judge": str(cast.other_judge.pk)}).status_code == 302
    typed = {
        "outcome": "REJECTED", "members": [str(post.pk) for post in bench], "reasons": "没有证据证明已经付款。", "order": "",
    }  # fmt: skip
    assert judge.post(url("rule_objection", own), {**typed, "members": typed["members"][:1]}).status_code == 400
    assert judge.post(url("rule_objection", own), typed).status_code == 302
    shown = text(judge.get(reverse("cases:case", args=[own.slug])))
    assert "晋L12345 车辆" in shown
    assert "驳回异议人郝某的异议请求。" in shown
    assert "执行异议" in text(as_(cast.judge).get(reverse("cases:case", args=[case.slug])))


def test_those_of_another_court_find_no_objection(cast: Cast, case: Case, as_: object) -> None:
    row = objected(cast, case)
    stranger = as_(cast.stranger)
    assert stranger.get(url("review_objection", row.case)).status_code == 404
    assert stranger.post(reverse("cases:follow_objection", args=[row.pk]), {"done": "x"}).status_code in {403, 404}
    assert stranger.post(url("object", case), {}).status_code in {403, 404}
