"""The ladder and the board as pages: who may open them, what they offer, refusals with what was typed."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import DjangoAssertNumQueries

from accounts.models import AuditEntry, Post
from cases.declaring import DUTIES
from cases.models import Decision
from cases.services import noting
from kernel import clock
from kernel.keys import uuid7
from pressure.models import ConsumptionLimit, CreditWarning, Listing, Sanction
from pressure.services import limiting, sanctioning
from tests.pressure.conftest import Court

As = Callable[[Post], Client]
HTMX = {"HTTP_HX_REQUEST": "true"}


def _ladder(court: Court) -> str:
    return f"{reverse('pressure:ladder', args=[court.case.slug])}?debtor={court.debtor.pk}"


def _text(client: Client, url: str, **query: str) -> str:
    page = client.get(url, query)
    assert page.status_code == 200, page.status_code
    return str(page.content.decode())


def _act(court: Court, name: str) -> str:
    return reverse(f"pressure:{name}", args=[court.case.slug, court.debtor.pk])


def test_the_ladder_advises_a_warning_and_offers_it(court: Court, as_: As) -> None:
    page = _text(as_(court.cast.executor), _ladder(court))
    assert "先发失信预警，给宽限期" in page
    assert page.count('<li class="rung') == 7
    assert 'class="btn btn-seal btn-lg"' in page
    assert _act(court, "warn") in page
    for dimension in ("资产状况", "经营前景", "负债原因", "履行意愿"):
        assert dimension in page


def test_a_warning_is_given_from_the_page_and_the_days_of_grace_are_drawn(court: Court, as_: As) -> None:
    executor = as_(court.cast.executor)
    wrong = executor.post(_act(court, "warn"), {"days": "91"}, **HTMX)
    assert (wrong.status_code, CreditWarning.objects.count()) == (400, 0)
    body = {"days": "30", "once": str(uuid7())}
    for _time in range(2):
        answer = executor.post(_act(court, "warn"), body, **HTMX)
        assert (answer.status_code, answer["HX-Redirect"]) == (204, _ladder(court))
    assert CreditWarning.objects.count() == 1
    page = _text(executor, _ladder(court))
    assert page.count('<i class="is-todo">') + page.count('<i class="is-today">') == 30
    assert "宽限期内不签发，12月21日 0:00 起可送院长。" in page.replace('<span class="day">', "").replace("</span>", "")
    assert 'class="btn btn-seal' not in page


def test_a_refused_limit_keeps_the_reason_and_names_the_condition(court: Court, as_: As) -> None:
    court.to(clock.at_time(clock.day_of(court.at).replace(month=8, day=10), 9))
    answer = as_(court.cast.executor).post(_act(court, "limit"), {"why": "有支付行为"}, **HTMX)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "执行通知书指定的期间已经届满" in page
    assert "有支付行为</textarea>" in page
    assert Decision.objects.count() == 0


def test_a_limit_a_listing_and_a_fine_are_proposed_from_the_page(court: Court, as_: As) -> None:
    executor = as_(court.cast.executor)
    assert executor.post(_act(court, "limit"), {"why": "逾期未履行"}).status_code == 302
    blank = executor.post(_act(court, "list"), {"ground": "1", "evidence": "", "grace_months": "1"})
    assert (blank.status_code, "请写明理由，入卷备查。" in blank.content.decode()) == (400, True)
    listed = executor.post(_act(court, "list"), {"ground": "1", "evidence": "8月流水进账", "grace_months": "2"})
    assert listed.status_code == 302
    assert Decision.objects.get(kind="pressure.listing").proposal["grace_months"] == 2
    none = executor.post(_act(court, "sanction_new"), {"kind": "FINE", "conduct": "拒报"})
    assert (none.status_code, "请填写罚款金额。" in none.content.decode()) == (400, True)
    little = executor.post(_act(court, "sanction_new"), {"kind": "FINE", "conduct": "拒报", "amount": "100"})
    assert (little.status_code, Sanction.objects.count()) == (409, 0)
    fined = executor.post(_act(court, "sanction_new"), {"kind": "FINE", "conduct": "拒报", "amount": "5万元"})
    assert (fined.status_code, Sanction.objects.get().amount) == (302, 50000)
    page = _text(executor, _ladder(court))
    assert "已提请院长签发，等待审批。" in page


def test_repair_is_offered_in_its_order_when_everything_is_paid(court: Court, as_: As) -> None:
    limit, row = court.limited(), court.listed()
    court.pay_all()
    executor = as_(court.cast.executor)
    page = _text(executor, _ladder(court))
    assert ("债务已清偿，办理解除与修复" in page, "先删除失信" in page) == (True, True)
    early = executor.post(reverse("pressure:lift", args=[limit.pk]), **HTMX)
    assert early.status_code == 409
    assert executor.post(reverse("pressure:remove", args=[row.pk]), **HTMX).status_code == 204
    assert executor.post(reverse("pressure:lift", args=[limit.pk]), **HTMX).status_code == 204
    assert (ConsumptionLimit.objects.unended().count(), Listing.objects.unended().count()) == (0, 0)


def test_the_bailiff_registers_the_family_and_sees_no_property(court: Court, as_: As) -> None:
    assert court.cast.bailiff.team == court.cast.team
    row = court.sanctioned(sanctioning.SanctionKind.DETENTION)
    executor = as_(court.cast.executor)
    detained = executor.post(reverse("pressure:detain", args=[row.pk]), {"detained_at": "2026-11-20 09:00"})
    assert detained.status_code == 302
    bailiff = as_(court.cast.bailiff)
    page = _text(bailiff, _ladder(court))
    assert ("您的岗位不显示查控财产" in page, "登记已通知家属" in page, "解除拘留" in page) == (True, True, False)
    assert bailiff.post(reverse("pressure:tell_family", args=[row.pk]), **HTMX).status_code == 204
    assert bailiff.post(reverse("pressure:release", args=[row.pk]), {"why": "期满"}).status_code == 403
    assert bailiff.get(reverse("pressure:sanction", args=[row.pk]))["Location"] == _ladder(court)
    row.refresh_from_db()
    assert (row.family_told_at is not None, row.state) == (True, "CARRIED_OUT")


def test_reading_the_portrait_is_entered_in_the_journal(court: Court, as_: As) -> None:
    _text(as_(court.cast.executor), _ladder(court))
    entry = AuditEntry.objects.get(act="property.read")
    assert (entry.about, entry.actor) == (court.case.symbol, court.cast.executor.symbol)


def test_other_courts_teams_and_roles_find_no_ladder(court: Court, as_: As) -> None:
    row, limit = court.listed(), ConsumptionLimit.objects.get()
    pages = [
        _ladder(court),
        _act(court, "warn"),
        _act(court, "limit"),
        _act(court, "list"),
        _act(court, "sanction_new"),
        reverse("pressure:publish", args=[row.pk]),
        reverse("pressure:remove", args=[row.pk]),
        reverse("pressure:lift", args=[limit.pk]),
    ]
    for post in (court.cast.stranger, court.cast.other_judge):
        assert {as_(post).get(url).status_code for url in pages} == {404}
    clerk = as_(court.cast.filing_clerk)
    assert {clerk.get(url).status_code for url in pages[1:]} == {403}
    assert as_(court.cast.stranger).post(pages[6]).status_code == 404
    assert Listing.objects.unended().count() == 1
    assert Client().get(pages[0]).status_code == 302


def test_the_board_sorts_by_what_runs_out_and_filters(court: Court, as_: As) -> None:
    executor, url = as_(court.cast.executor), reverse("pressure:board")
    assert "这里没有被执行人。" in _text(executor, url)
    row = court.warned()
    assert ("某环保科技公司" in _text(executor, url), "剩 30 天" in _text(executor, url)) == (True, True)
    assert row.last_day is not None
    court.to(clock.end_of(row.last_day))
    assert "这里没有被执行人。" in _text(executor, url)
    assert "宽限届满" in _text(executor, url, show="over")
    court.limited()
    assert "这里没有被执行人。" in _text(executor, url, show="over")
    assert "某环保科技公司" in _text(executor, url, show="limited")
    court.pay_all()
    assert "债务已清偿，解除限制消费" in _text(executor, url, show="repair")
    assert "某环保科技公司" not in _text(as_(court.cast.other_judge), url, show="limited")


def test_the_ladder_asks_the_database_as_often_after_many_contacts(
    court: Court, as_: As, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    executor = as_(court.cast.executor)

    def asked() -> int:
        executor.get(_ladder(court))
        with django_assert_max_num_queries(90) as seen:
            executor.get(_ladder(court))
        return len(seen)

    court.warned()
    noting.write(case_id=court.case.pk, text="接通", kind="CONTACT", actor=court.who("executor"), at=court.at)
    few = asked()
    for _time in range(5):
        noting.write(case_id=court.case.pk, text="接通", kind="CONTACT", actor=court.who("executor"), at=court.at)
    assert asked() == few


def test_the_case_page_tells_each_debtors_rung(court: Court, as_: As) -> None:
    court.warned()
    page = _text(as_(court.cast.executor), reverse("cases:case", args=[court.case.slug]), tab="credit")
    assert ("履行宽限期" in page, "看阶梯与建议" in page, "剩 30 天" in page) == (True, True, True)


@pytest.mark.parametrize("name", ["extend", "end_grace"])
def test_a_grace_is_changed_from_the_page_with_a_reason(court: Court, as_: As, name: str) -> None:
    row = court.warned()
    executor, url = as_(court.cast.executor), reverse(f"pressure:{name}", args=[row.pk])
    assert executor.post(url, {"until": "2027年1月10日", "why": ""}).status_code == 400
    done = executor.post(url, {"until": "2027年1月10日", "why": "分期履行中"}, **HTMX)
    assert done.status_code == 204
    row.refresh_from_db()
    changed = (row.last_day.isoformat() if row.last_day else "", row.ended_why)
    assert changed == (("2027-01-10", "") if name == "extend" else ("2026-12-20", "分期履行中"))


def test_every_question_has_its_card_for_the_president(court: Court, as_: As) -> None:
    president = as_(court.cast.president)
    court.limit_asked()
    limit_row = court.limited_by(Decision.objects.get(kind="pressure.limit"))
    limiting.propose_lift(
        limit_id=limit_row.pk, cause="SECURITY", why="房产担保", actor=court.who("executor"), at=court.at
    )
    court.listing_asked(4)
    court.sanction_asked(sanctioning.SanctionKind.FINE)
    court.sanction_asked(sanctioning.SanctionKind.DETENTION)
    shown = {}
    for row in Decision.objects.filter(state="ASKED"):
        shown[row.kind] = "某环保科技公司" in _text(president, reverse("cases:decision", args=[row.pk]))
    assert shown == {
        "pressure.lift": True, "pressure.listing": True, "pressure.fine": True, "pressure.detention": True,
    }  # fmt: skip


def test_every_duty_leads_its_holder_to_a_page(court: Court, as_: As) -> None:
    assert court.cast.bailiff.team == court.cast.team
    court.warned(days=3)
    court.to(clock.at_time(clock.day_of(court.at).replace(day=24), 9))
    court.listed(4)
    row = court.sanctioned(sanctioning.SanctionKind.DETENTION)
    sanctioning.detain(sanction_id=row.pk, actor=court.who("executor"), at=court.at)
    court.pay_all()
    found = set()
    for duty in court.duties():
        kind = DUTIES.get(duty.kind)
        assert duty.holder is not None
        assert kind.url is not None
        assert as_(duty.holder).get(kind.url(duty), follow=True).status_code == 200, duty.kind
        found.add(duty.kind)
    assert found == {
        "pressure.end_of_term", "pressure.end_sanction", "pressure.lift_limit", "pressure.release_detained",
        "pressure.release_on_payment", "pressure.remove_listing", "pressure.tell_family",
    }  # fmt: skip
