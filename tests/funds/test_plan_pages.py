"""Pages of the distribution plan: the whole act through every role, what each may do, and the table as a workbook."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.html import strip_tags

from accounts.models import Post
from cases.models import Decision
from funds.models import DistributionPlan, PlanObjection
from funds.services import distributing, plan_rows
from tests.funds.conftest import Vault
from tests.funds.pools import Pool, drawn, example, issued, notified, on_day, serve, sweep

As = Callable[[Post], Client]


@pytest.fixture
def pool(vault: Vault) -> Pool:
    """The worked example, not yet drawn up."""
    return example(vault)


def said(page: object) -> str:
    """The words of a page, without its markup."""
    return " ".join(strip_tags(page.content.decode()).split())  # type: ignore[attr-defined]


def post(browser: Client, url: str, **data: object) -> str:
    """Fill a form in and send it; the words of where it leads."""
    answer = browser.post(url, data)
    assert answer.status_code == 302, said(answer)
    return said(browser.get(answer["Location"]))


def test_the_executor_draws_up_a_plan_on_the_pages_and_the_director_approves_it(pool: Pool, as_: As) -> None:
    executor, director = as_(pool.vault.cast.executor), as_(pool.vault.cast.director)
    receipt = f"/funds/receipts/{pool.receipt.pk}/"
    assert "制作分配方案" in said(executor.get(receipt))
    form = said(executor.get(f"{receipt}distribute/"))
    assert pool.cases[1].number in form
    debtor = pool.cases[0].participations.get(role="DEBTOR").party
    words = post(
        executor,
        f"{receipt}distribute/",
        receipts=[str(pool.receipt.pk)],
        debtor=str(debtor.pk),
        debtor_kind="NATURAL_PERSON",
    )
    assert "分配方案已拟出" in words
    plan = f"/funds/plans/{pool.plan.pk}/"
    for case in pool.cases[1:]:
        post(executor, f"{plan}join/", case=str(case.pk), asked_on="2026-11-20")
    post(
        executor,
        f"{plan}add/",
        party=str(pool.mortgagee.pk),
        amount="20万元",
        rank="PRIORITY",
        ground="不动产抵押登记",
        has_title="on",
    )
    words = said(executor.get(plan))
    assert "155,236.08" in words
    assert "51.7454%" in words
    assert "债权人甲：债权300,000.00元，分得155,236.08元（清偿率51.7454%）" in words
    assert "看分配方案" in said(executor.get(receipt))
    assert "待局长审批" in post(executor, f"{plan}ask/", why="请批准")
    decision = Decision.objects.get(kind="funds.distribution")
    assert "债权人甲（普通债权）债权 300,000.00 元，分得 155,236.08 元" in said(director.get("/decisions/"))
    director.post(f"/decisions/{decision.pk}/", {"act": "approve", "opinion": "同意"})
    words = said(executor.get(plan))
    assert "异议期内" in words
    assert "登记送达" in words


def test_the_list_names_every_plan_of_the_court_and_nobody_elses(pool: Pool, as_: As) -> None:
    drawn(pool)
    words = said(as_(pool.vault.cast.director).get("/funds/plans/"))
    assert pool.cases[0].number in words
    assert "500,000.00" in words
    assert "拟制中" in words
    assert pool.cases[0].number in said(as_(pool.vault.cast.executor).get("/funds/plans/"))
    stranger = as_(pool.vault.cast.stranger)
    assert pool.cases[0].number not in said(stranger.get("/funds/plans/"))
    assert stranger.get(f"/funds/plans/{pool.plan.pk}/").status_code == 404


def test_a_correction_of_a_row_is_reckoned_anew_and_a_stale_one_is_refused(pool: Pool, as_: As) -> None:
    plan = drawn(pool)
    executor, row = as_(pool.vault.cast.executor), pool.row("债权人丙")
    url = f"/funds/plan-rows/{row.pk}/"
    assert executor.get(url).status_code == 200
    words = post(executor, url, amount="50000.00", rank="ORDINARY", has_title="on")
    assert "已修改，方案已重算" in words
    assert "28,460.00" in words  # 284,600 over 500,000, of 50,000
    refused = executor.post(url, {"amount": "1.00", "rank": "PRIORITY", "has_title": "on"})
    assert refused.status_code == 400
    assert "优先债权须写明优先依据" in said(refused)
    assert DistributionPlan.objects.get(pk=plan.pk).result["reserved"] == "0.00"


def test_the_page_says_whose_period_ends_when_and_what_an_objection_reserves(pool: Pool, as_: As) -> None:
    issued(pool)
    serve(pool, pool.plan.document_id, date(2026, 11, 20))
    executor = as_(pool.vault.cast.executor)
    plan = f"/funds/plans/{pool.plan.pk}/"
    assert "2026年12月7日" in said(executor.get(plan))
    words = post(
        executor,
        f"{plan}object/",
        party=str(pool.party(2).pk),
        made_on="2026-11-20",
        grounds="其中十万元已经清偿",
        claim=str(pool.row("债权人甲").pk),
        amount="200000.00",
        rank="ORDINARY",
    )
    assert "异议已登记，预留 100,000.00 元" in words
    assert "应为 200,000.00 元（普通债权），方案现为 300,000.00 元" in words
    row = PlanObjection.objects.get()
    assert "通知书已印发" in post(executor, f"/funds/objections/{row.pk}/notify/")
    words = post(
        executor,
        f"/funds/objections/{row.pk}/oppose/",
        party=str(pool.party(0).pk),
        made_on="2026-11-20",
        grounds="没有清偿",
    )
    assert "有人反对" in words
    assert "通知书已印发" in post(executor, f"/funds/objections/{row.pk}/tell/")
    post(executor, f"/funds/objections/{row.pk}/sue/", sued_on="2026-11-20", number="（2026）晋1031民初900号")
    words = post(
        executor,
        f"/funds/objections/{row.pk}/decide/",
        outcome="REJECTED",
        on="2026-11-20",
        why="（2026）晋1031民初900号",
    )
    assert "分配完毕" in words
    assert "驳回，按原方案" in words


def test_correcting_before_the_periods_have_run_out_is_refused_with_the_names(pool: Pool, as_: As) -> None:
    row = notified(pool)
    executor = as_(pool.vault.cast.executor)
    answer = executor.post(f"/funds/objections/{row.pk}/correct/")
    assert answer.status_code == 409
    assert "债权人甲" in said(answer)
    on_day(pool, date(2026, 12, 8))
    sweep(pool)
    assert "按异议修正" in said(executor.get(f"/funds/plans/{pool.plan.pk}/"))
    assert "方案已按异议修正" in post(executor, f"/funds/objections/{row.pk}/correct/")


def test_the_table_is_exported(pool: Pool, as_: As) -> None:
    drawn(pool)
    answer = as_(pool.vault.cast.executor).get(f"/funds/plans/{pool.plan.pk}/sheet/")
    sheet = openpyxl.load_workbook(BytesIO(answer.content)).active
    assert sheet is not None
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    found = next(row for row in rows if "债权人甲" in row)
    assert found[:2] == ["普通债权", "债权人甲"]
    assert [float(value) for value in found[3:7]] == [300000.0, 0.0, 155236.08, 0.0]


def test_finance_reads_a_plan_and_changes_nothing(pool: Pool, as_: As) -> None:
    drawn(pool)
    keeper = as_(pool.vault.cast.keeper)
    words = said(keeper.get(f"/funds/plans/{pool.plan.pk}/"))
    assert "155,236.08" in words
    assert "提请审批" not in words
    assert keeper.post(f"/funds/plans/{pool.plan.pk}/ask/", {"why": ""}).status_code == 403
    assert keeper.post(f"/funds/plans/{pool.plan.pk}/object/", {}).status_code == 403


def test_the_joined_case_shows_the_plan_among_its_money(pool: Pool, as_: As) -> None:
    drawn(pool)
    words = said(as_(pool.vault.cast.executor).get(f"/cases/{pool.cases[1].slug}/?tab=funds"))
    assert "500,000.00 拟制中" in words


def asked(browser: Client, url: str) -> int:
    """How many queries a page needs when session and shell are warm."""
    browser.get(url)
    with CaptureQueriesContext(connection) as found:
        assert browser.get(url).status_code == 200
    return len(found)


def test_the_pages_need_the_same_number_of_queries_however_many_rows_there_are(pool: Pool, as_: As) -> None:
    drawn(pool)
    executor, url = as_(pool.vault.cast.executor), f"/funds/plans/{pool.plan.pk}/"
    few, listed = asked(executor, url), asked(executor, "/funds/plans/")
    for place in range(12):
        given = plan_rows.RowInput(amount=Decimal(1000 + place), rank="PRIORITY", ground="抵押登记")
        plan_rows.add(
            plan_id=pool.plan.pk,
            party_id=pool.mortgagee.pk,
            given=given,
            actor=pool.vault.who("executor"),
            at=pool.vault.at,
        )
    assert asked(executor, url) == few
    second = pool.vault.pay_in(pool.cases[0], "100.00", payer="赵某")
    distributing.draw(receipt_ids=[second.pk], actor=pool.vault.who("executor"), at=pool.vault.at)
    assert asked(executor, "/funds/plans/") == listed
