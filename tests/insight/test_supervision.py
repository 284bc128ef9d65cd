"""督办: a leader asks, the officer owes an answer by a day, the answer closes it; nothing else moves."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Post
from cases import sentences
from cases.models import Case, Duty, DutyNotice, Event
from cases.services import assigning
from insight.models import Supervision
from insight.services import supervising
from kernel.refusals import BadInput, NotAllowed, NotFound, Refusal
from tests import factories
from tests.cast import MORNING, TODAY, Cast

REPLY_BY = date(2026, 11, 24)


@pytest.fixture
def case(cast: Cast) -> Case:
    found = factories.execution_case(cast)
    return assigning.assign(case_id=found.pk, officer=cast.executor, actor=cast.actor(cast.filing_clerk), at=MORNING)


def issue(cast: Cast, case: Case, **given: object) -> Supervision:
    values = {"request": "请说明未发通知的原因", "reply_by": REPLY_BY, "actor": cast.actor(cast.president)}
    return supervising.issue(case_id=case.pk, at=MORNING, **(values | given))  # type: ignore[arg-type]


def open_reply(case: Case) -> Duty | None:
    return Duty.objects.open().filter(case=case, kind=supervising.REPLY).first()


def test_the_officer_owes_an_answer_and_the_leader_watches_the_duty(cast: Cast, case: Case) -> None:
    duty = case.duties.open().get(kind="cases.execute_in_time")  # type: ignore[attr-defined]
    row = issue(cast, case, duty_id=duty.pk)
    owed = open_reply(case)
    assert owed is not None
    assert (owed.holder, owed.due_on, owed.subject) == (cast.executor, REPLY_BY, row.symbol)
    notice = DutyNotice.objects.get(duty=duty)
    assert (notice.label, notice.watchers) == ("SUPERVISED", [cast.president.symbol])
    before = (duty.holder_id, duty.due_at)
    duty.refresh_from_db()
    assert (duty.holder_id, duty.due_at) == before
    (entry,) = sentences.describe([Event.objects.get(verb="insight.supervised")])
    assert entry.sentence == "督办，要求 2026年11月24日 前答复"


def test_the_answer_closes_it_in_time(cast: Cast, case: Case) -> None:
    row = issue(cast, case)
    supervising.answer(
        supervision_id=row.pk, reply=" 今日已发出 ", actor=cast.actor(cast.executor), at=MORNING + timedelta(hours=1)
    )
    row.refresh_from_db()
    assert (row.reply, row.replied_by, open_reply(case)) == ("今日已发出", cast.executor, None)
    assert Duty.objects.get(kind=supervising.REPLY).closed_in_time is True
    with pytest.raises(supervising.AlreadyAnswered):
        supervising.answer(supervision_id=row.pk, reply="再答", actor=cast.actor(cast.executor), at=MORNING)


@pytest.mark.parametrize("who", ["clerk", "judge", "director"])
def test_nobody_answers_for_the_officer(who: str, cast: Cast, case: Case) -> None:
    row = issue(cast, case)
    with pytest.raises(supervising.NotYours):
        supervising.answer(supervision_id=row.pk, reply="代答", actor=cast.actor(getattr(cast, who)), at=MORNING)
    row.refresh_from_db()
    assert (row.replied_at, open_reply(case) is None) == (None, False)


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        ({"reply_by": TODAY}, supervising.TooSoon),
        ({"request": "  "}, BadInput),
        ({"duty_id": "00000000-0000-0000-0000-000000000007"}, NotFound),
    ],
)
def test_an_incomplete_supervision_is_refused_and_leaves_nothing(
    given: dict[str, object], refusal: type[Refusal], cast: Cast, case: Case
) -> None:
    with pytest.raises(refusal):
        issue(cast, case, **given)
    assert (Supervision.objects.count(), open_reply(case)) == (0, None)
    assert not Event.objects.filter(verb="insight.supervised").exists()


def test_only_leaders_supervise_and_only_in_their_court(cast: Cast, case: Case) -> None:
    with pytest.raises(NotAllowed):
        issue(cast, case, actor=cast.actor(cast.judge))
    foreign = cast.post("wai", "外院长", cast.president.role, court=cast.xiajin)
    with pytest.raises(NotFound):
        issue(cast, case, actor=cast.actor(foreign))
    assert Supervision.objects.count() == 0


def test_a_case_without_an_officer_is_assigned_first(cast: Cast) -> None:
    with pytest.raises(supervising.NobodyToAsk):
        issue(cast, factories.execution_case(cast))


def test_the_same_matter_is_asked_once_at_a_time(cast: Cast, case: Case) -> None:
    issue(cast, case)
    with pytest.raises(supervising.AlreadySupervised):
        issue(cast, case)
    duty = case.duties.open().get(kind="cases.execute_in_time")  # type: ignore[attr-defined]
    issue(cast, case, duty_id=duty.pk)
    assert Supervision.objects.count() == 2


def test_from_the_overdue_list_to_the_answer(
    cast: Cast, case: Case, as_: Callable[[Post], Client], morning: None
) -> None:
    leader, officer = as_(cast.president), as_(cast.executor)
    url = reverse("insight:supervise", args=[case.slug])
    assert 'value="2026-11-23"' in leader.get(url).content.decode()
    asked = leader.post(url, {"request": "请说明", "reply_by": REPLY_BY.isoformat()})
    assert (asked.status_code, asked["Location"]) == (302, reverse("insight:supervisions"))
    row = Supervision.objects.get()
    assert "请说明" in officer.get(reverse("insight:supervisions")).content.decode()
    reply = reverse("insight:reply", args=[row.pk])
    assert "请说明" in officer.get(reply).content.decode()
    assert officer.post(reply, {"reply": "已办"}).status_code == 302
    answered = leader.get(reverse("insight:supervisions"), {"state": "answered"}).content.decode()
    assert "已办" in answered
    assert "按期答复" in answered


def test_other_teams_do_not_see_it(cast: Cast, case: Case, as_: Callable[[Post], Client], morning: None) -> None:
    row = issue(cast, case)
    other = as_(cast.other_judge)
    assert "请说明未发通知的原因" not in other.get(reverse("insight:supervisions")).content.decode()
    assert other.get(reverse("insight:reply", args=[row.pk])).status_code == 404
    assert other.get(reverse("insight:supervise", args=[case.slug])).status_code in {403, 404}
