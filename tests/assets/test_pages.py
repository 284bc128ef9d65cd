"""The pages of property: who may open them, what they say, and that a refusal keeps what was typed."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import DjangoAssertNumQueries

from accounts.models import AuditEntry, Post
from assets.models import Finding, FreezeOrder, Inquiry, Preservation
from assets.services import inquiring, levying, releasing, renewing
from cases.declaring import DUTIES
from cases.models import Case, Decision, Document, Duty
from cases.services import executing, rendering
from kernel import clock
from kernel.keys import uuid7
from tests.assets.conftest import Desk

As = Callable[[Post], Client]
HTMX = {"HTTP_HX_REQUEST": "true"}


def _text(client: Client, url: str, **query: str) -> str:
    page = client.get(url, query)
    assert page.status_code == 200, page.status_code
    return str(page.content.decode())


def _apply(case: Case, **given: object) -> dict[str, object]:
    values = {
        "applicant": case.participations.get(role="PLAINTIFF").party_id,
        "against": case.participations.get(role="DEFENDANT").party_id,
        "amount": "２０万元",
        "security_form": "LIABILITY_INSURANCE",
        "security": "60,000.00",
        "once": str(uuid7()),
    }
    return values | given


def test_preservation_is_applied_for_once_though_the_form_is_sent_twice(desk: Desk, as_: As) -> None:
    case = desk.civil()
    clerk, url = as_(desk.cast.filing_clerk), reverse("assets:preserve", args=[case.slug])
    body = _apply(case)
    answers = [clerk.post(url, body), clerk.post(url, body)]
    page = reverse("assets:preservation", args=[case.slug])
    assert [(one.status_code, one["Location"]) for one in answers] == [(302, page), (302, page)]
    row = Preservation.objects.get()
    assert (row.amount, row.security) == (Decimal("200000.00"), Decimal("60000.00"))
    assert "某环保科技公司" in _text(clerk, page)


def test_a_refused_application_keeps_what_was_typed_and_names_the_condition(desk: Desk, as_: As) -> None:
    case = desk.civil()
    clerk, url = as_(desk.cast.filing_clerk), reverse("assets:preserve", args=[case.slug])
    answer = clerk.post(url, _apply(case, security="59,999.99"), **HTMX)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "担保不足，不能提交保全申请：1 项条件未满足。" in page
    assert 'value="59,999.99"' in page
    assert Preservation.objects.count() == 0
    beyond = clerk.post(url, _apply(case, amount="200000.01", security="200000"))
    assert beyond.status_code == 400
    assert "超过本案标的 200,000.00 元" in beyond.content.decode()
    three = clerk.post(url, _apply(case, amount="1.234"))
    assert (three.status_code, "小数不能超过两位" in three.content.decode()) == (400, True)
    assert Preservation.objects.count() == 0


def test_security_and_fee_are_reckoned_as_they_are_typed(desk: Desk, as_: As) -> None:
    case = desk.civil()
    clerk, url = as_(desk.cast.filing_clerk), reverse("assets:preserve_reckoned", args=[case.slug])
    page = _text(clerk, url, amount="142000", security="10000")
    assert "42,600.00" in page
    assert "还差担保 32,600.00 元" in page
    assert "1,230.00" in page
    assert "超过本案标的" in _text(clerk, url, amount="200000.01")
    assert "填写请求保全的金额后" in _text(clerk, url, amount="二十")


def test_a_pre_suit_preservation_is_filed_on_one_page(desk: Desk, as_: As) -> None:
    clerk = as_(desk.cast.filing_clerk)
    body: dict[str, Any] = {
        "once": str(uuid7()),
        "cause": "买卖合同纠纷",
        "amount": "320000",
        "clue_kind": "DEPOSIT",
        "clue": "农业银行隰县支行，尾号 9012",
        "security_form": "PROPERTY",
        "security": "320000",
        "applicant-kind": "PERSON",
        "applicant-name": "王某军",
        "against-kind": "PERSON",
        "against-name": "靳某某",
        "against-id_number": "141031198005060",
    }
    answer = clerk.post(reverse("assets:pre_suit"), body)
    assert answer.status_code == 400
    assert "应为 18 位，现为 15 位" in answer.content.decode()
    assert Case.objects.count() == 0
    body["against-id_number"] = ""
    answer = clerk.post(reverse("assets:pre_suit"), body)
    case = Case.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, reverse("assets:preservation", args=[case.slug]))
    assert case.number == "（2026）晋1031财保1号"
    reckoned = clerk.post(reverse("assets:pre_suit_reckoned"), {"amount": "320000"})
    assert "2,120.00" in reckoned.content.decode()


def test_the_trial_judge_is_led_to_the_card(desk: Desk, as_: As) -> None:
    row = desk.applied(desk.civil())
    answer = as_(desk.cast.trial_judge).get(reverse("assets:application", args=[row.pk]))
    assert (answer.status_code, answer["Location"]) == (302, reverse("cases:decision", args=[row.decision_id]))
    assert as_(desk.cast.stranger).get(reverse("assets:application", args=[row.pk])).status_code == 404


def test_the_freeze_form_is_filled_with_what_is_missing_and_refuses_too_much(desk: Desk, as_: As) -> None:
    case = desk.execution()
    case.fee = None
    case.save(update_fields=["fee"])
    desk.frozen(case, "40000.00", "40000.00")
    executor, url = as_(desk.cast.executor), reverse("assets:freeze", args=[case.slug])
    page = executor.get(url, **HTMX).content.decode()
    missing = f"{Decimal('102240.00') - Decimal('40000.00'):,.2f}"
    assert f'value="{missing}"' in page
    answer = executor.post(url, {"party": desk.debtor(case).pk, "limit": "900,000.00", "why": "网银可转"}, **HTMX)
    assert answer.status_code == 409
    assert "明显超过应控制的 102,240.00 元" in answer.content.decode()
    assert "网银可转" in answer.content.decode()
    assert FreezeOrder.objects.count() == 1
    answer = executor.post(url, {"party": desk.debtor(case).pk, "limit": missing, "why": "网银可转"}, **HTMX)
    row = FreezeOrder.objects.order_by("-id").first()
    assert row is not None
    assert (answer.status_code, answer["HX-Redirect"]) == (204, reverse("assets:order", args=[row.pk]))
    assert Decision.objects.get(subject=row.symbol).why == "网银可转"
    over = _text(executor, reverse("assets:freeze_reckoned", args=[case.slug]), limit="900000")
    assert "超标的，不能提交" in over


def test_other_roles_and_other_courts_find_no_freeze(desk: Desk, as_: As) -> None:
    case = desk.execution()
    row = desk.frozen(case, "40000.00", "40000.00")
    pages = [
        reverse("assets:order", args=[row.pk]),
        reverse("assets:renew", args=[row.pk]),
        reverse("assets:levy", args=[row.pk]),
        reverse("assets:release", args=[row.pk]),
        reverse("assets:freeze", args=[case.slug]),
        reverse("assets:inquiry", args=[case.slug]),
        reverse("assets:clues", args=[case.slug]),
        reverse("assets:preservation", args=[case.slug]),
    ]
    stranger, other, clerk = as_(desk.cast.stranger), as_(desk.cast.other_judge), as_(desk.cast.filing_clerk)
    assert {stranger.get(url).status_code for url in pages} == {404}
    assert {other.get(url).status_code for url in pages} == {404}
    assert {clerk.get(url).status_code for url in pages[:7]} == {403}
    assert Client().get(pages[0]).status_code == 302
    assert FreezeOrder.objects.get().state == "EFFECTIVE"


def test_reading_property_is_entered_and_whole_numbers_only_on_demand(desk: Desk, as_: As) -> None:
    case = desk.execution()
    desk.deposits(desk.debtor(case), "186200.00")
    inquiring.send(case_id=case.pk, actor=desk.who("executor"), at=desk.at)
    desk.drain()
    executor = as_(desk.cast.executor)
    page = _text(executor, reverse("assets:inquiry", args=[case.slug]))
    account = desk.account(desk.debtor(case))
    assert ("尾号0001" in page, account in page) == (True, False)
    found = Finding.objects.get(kind="DEPOSIT")
    url = reverse("assets:finding", args=[found.pk])
    masked = executor.get(url, **HTMX).content.decode()
    assert (account in masked, f"{'*' * 15}0001" in masked) == (False, True)
    assert account in executor.post(url, **HTMX).content.decode()
    acts = list(AuditEntry.objects.filter(act__startswith="property.").order_by("at", "id").values_list("act", "about"))
    symbol = f"assets.finding:{found.pk}"
    assert acts == [("property.read", case.symbol), ("property.read", symbol), ("property.revealed", symbol)]
    assert as_(desk.cast.bailiff).get(url).status_code == 403


def test_a_round_is_sent_and_hurried_from_its_page(desk: Desk, as_: As) -> None:
    case = desk.execution()
    executor, url = as_(desk.cast.executor), reverse("assets:inquiry", args=[case.slug])
    assert executor.post(url, {"once": str(uuid7())}).status_code == 302
    assert Inquiry.objects.count() == 7
    again = executor.post(url, {"once": str(uuid7())})
    assert again.status_code == 409
    assert "上一轮查询还有 7 个渠道未反馈，可以先催办。" in again.content.decode()
    assert executor.post(reverse("assets:nudge", args=[case.slug])).status_code == 302
    assert "催办于" in _text(executor, url)


def test_the_radar_shows_what_ends_first_with_its_mark(desk: Desk, as_: As) -> None:
    case = desk.execution()
    row = desk.frozen(case, "40000.00", "40000.00")
    executor = as_(desk.cast.executor)
    assert "T-" not in _text(executor, reverse("assets:measures"))
    desk.to(clock.at_time(row.term_end.replace(day=1), 9))
    page = _text(executor, reverse("assets:measures"), within="30")
    assert ("T-30" in page, "40,000.00" in page) == (True, True)
    assert "这段时间内没有到期的冻结。" in _text(executor, reverse("assets:measures"), within="7")
    answer = executor.post(reverse("assets:renew", args=[row.pk]), **HTMX)
    assert answer.status_code == 204
    assert Decision.objects.filter(kind="assets.renewal", state="ASKED").count() == 1


def test_release_and_levy_are_asked_from_the_freeze(desk: Desk, as_: As) -> None:
    desk.open_account()
    case = desk.execution()
    row = desk.frozen(case, "40000.00", "40000.00")
    executor = as_(desk.cast.executor)
    url = reverse("assets:levy", args=[row.pk])
    refused = executor.post(url, {"amount": "40000.01"}, **HTMX)
    assert (refused.status_code, 'value="40000.01"' in refused.content.decode()) == (400, True)
    assert executor.post(url, {"amount": "10000"}, **HTMX).status_code == 204
    blank = executor.post(reverse("assets:release", args=[row.pk]), {"cause": "SETTLED", "why": ""})
    assert (blank.status_code, "请写明理由。" in blank.content.decode()) == (400, True)
    asked = executor.post(reverse("assets:release", args=[row.pk]), {"cause": "SETTLED", "why": "11月19日和解"})
    assert asked.status_code == 302
    assert Decision.objects.get(kind="assets.release").why == "双方和解，申请人同意解除：11月19日和解"
    page = _text(executor, reverse("assets:order", args=[row.pk]))
    assert ("待审批" in page, "10,000.00" in page) == (True, True)


def test_lists_ask_the_database_as_often_for_many_as_for_few(
    desk: Desk, as_: As, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    query_officer = as_(desk.cast.query_officer)
    urls = {name: reverse(f"assets:{name}") for name in ("preservations", "inquiries", "measures")}
    urls["inquiries"] += "?state=open"

    def asked() -> dict[str, int]:
        found = {}
        for name, url in urls.items():
            query_officer.get(url)
            with django_assert_max_num_queries(80) as seen:
                query_officer.get(url)
            found[name] = len(seen)
        return found

    def add(seed: int) -> None:
        desk.preserved(desk.civil(seed=seed), "70000.00")
        case = desk.execution(seed=seed + 10)
        desk.frozen(case, "30000.00", "30000.00")
        inquiring.send(case_id=case.pk, actor=desk.who("query_officer"), at=desk.at)

    add(1)
    few = asked()
    for seed in (2, 3):
        add(seed)
    assert asked() == few


def test_the_case_page_shows_freezes_and_the_search(desk: Desk, as_: As) -> None:
    case = desk.execution()
    desk.frozen(case, "40000.00", "40000.00")
    inquiring.send(case_id=case.pk, actor=desk.who("executor"), at=desk.at)
    desk.drain()
    page = _text(as_(desk.cast.executor), reverse("cases:case", args=[case.slug]), tab="property")
    assert ("中国农业银行 存款 尾号0001" in page, "第 1 轮，7 / 7 项已反馈" in page) == (True, True)
    assert AuditEntry.objects.filter(act="property.read", about=case.symbol).count() == 1
    bailiff = _text(as_(desk.cast.bailiff), reverse("cases:case", args=[case.slug]), tab="property")
    assert "第 1 轮" not in bailiff


def test_every_question_has_its_card_for_the_judge(desk: Desk, as_: As) -> None:
    desk.open_account()
    case = desk.execution()
    row = desk.frozen(case, "40000.00", "40000.00")
    executor = desk.who("executor")
    levying.ask(order_id=row.pk, amount=Decimal("100.00"), actor=executor, at=desk.at)
    releasing.ask_release(order_id=row.pk, reason="双方和解", actor=executor, at=desk.at)
    renewing.renew(order_id=row.pk, actor=executor, at=desk.at)
    desk.asked(case, "20000.00")
    judge = as_(desk.cast.judge)
    shown = {
        one.kind: desk.debtor(case).name in _text(judge, reverse("cases:decision", args=[one.pk]))
        for one in Decision.objects.filter(state="ASKED")
    }
    kinds = ("assets.freeze", "assets.levy", "assets.release", "assets.renewal")
    assert shown == dict.fromkeys(kinds, True)
    asked = desk.applied(desk.civil(seed=2))
    card = _text(as_(desk.cast.trial_judge), reverse("cases:decision", args=[asked.decision_id]))
    assert ("60,000.00" in card, "1,520.00" in card) == (True, True)


def test_every_duty_leads_its_holder_to_a_page(desk: Desk, as_: As) -> None:
    desk.open_account()
    assert desk.cast.trial_judge.court == desk.cast.xixian
    desk.applied(desk.civil(seed=1))
    desk.ruled(desk.civil(seed=2))
    other = desk.execution(seed=4)
    desk.frozen(other, "30000.00", "30000.00")
    case = desk.execution(seed=3)
    row = desk.frozen(case, "40000.00", "40000.00")
    levy = levying.ask(order_id=row.pk, amount=Decimal("100.00"), actor=desk.who("executor"), at=desk.at)
    desk.approve(levy.symbol, "judge")
    renewing.renew(order_id=row.pk, actor=desk.who("judge"), at=desk.at)
    day = clock.day_of(desk.at)
    executing.notify(case_id=other.pk, perform_by=day, report_by=day, actor=desk.who("query_officer"), at=desk.at)
    found = set()
    for duty in Duty.objects.open().filter(kind__startswith="assets."):
        kind = DUTIES.get(duty.kind)
        assert duty.holder is not None, duty.kind
        assert kind.url is not None
        assert as_(duty.holder).get(kind.url(duty), follow=True).status_code == 200, duty.kind
        found.add(duty.kind)
    assert found == {
        "assets.carry_out",
        "assets.inquire",
        "assets.levy_answer_owed",
        "assets.renew",
        "assets.renewal_answer_owed",
        "assets.rule",
    }


def test_every_paper_of_property_can_be_made_into_a_file(desk: Desk) -> None:
    desk.open_account()
    desk.preserved(desk.civil(seed=2), "200000.00")
    case = desk.execution()
    row = desk.frozen(case, "40000.00", "40000.00")
    levy = levying.ask(order_id=row.pk, amount=Decimal("100.00"), actor=desk.who("executor"), at=desk.at)
    desk.approve(levy.symbol, "judge")
    desk.drain()
    releasing.ask_release(order_id=row.pk, reason="双方和解", actor=desk.who("executor"), at=desk.at)
    desk.approve(row.symbol, "judge")
    kinds = set()
    for paper in Document.objects.filter(kind__startswith="assets."):
        rendering.render(document_id=paper.pk, at=desk.at)
        paper.refresh_from_db()
        assert (paper.render_error, paper.pdf_id is not None) == ("", True), paper.kind
        kinds.add(paper.kind)
    assert kinds == {
        "assets.assistance_notice",
        "assets.freeze_ruling",
        "assets.levy_notice",
        "assets.levy_ruling",
        "assets.preservation_ruling",
        "assets.release_ruling",
    }


def test_the_list_begins_with_what_runs_out_first_and_pages_on(desk: Desk, as_: As) -> None:
    clerk, url = as_(desk.cast.filing_clerk), reverse("assets:preservations")
    late = desk.applied(desk.civil(seed=1))
    urgent = desk.applied(desk.civil(seed=2), urgent=True)
    back = desk.applied(desk.civil(seed=3))
    desk.send_back(back.symbol, "trial_judge")
    page = _text(clerk, url)
    places = [page.index(f'id="row-{row.pk}"') for row in (urgent, late, back)]
    assert places == sorted(places)
    assert f'id="row-{back.pk}"' not in _text(clerk, url, state="ruling")
    assert f'id="row-{back.pk}"' in _text(clerk, url, state="back")
    assert _text(clerk, url, page="nonsense").count('id="row-') == 3
