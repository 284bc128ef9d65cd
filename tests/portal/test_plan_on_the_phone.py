"""A distribution plan on the phone: my own row and last day, my objection, my opposition; nobody else's case opens."""

from datetime import date

import pytest
from django.test import Client
from django.utils.html import strip_tags

from cases.models import Party
from funds.models import Payout, PlanObjection, PlanOpposition
from funds.services import objecting
from portal.access import SESSION_KEY
from tests.funds.conftest import Vault, vault
from tests.funds.pools import Pool, drawn, example, issued, notified, on_day, serve

__all__ = ["vault"]


@pytest.fixture
def pool(vault: Vault) -> Pool:
    """The worked example, not yet drawn up."""
    return example(vault)


def phone_of(party: Party) -> Client:
    """A phone on which the party has signed in."""
    browser = Client()
    session = browser.session
    session[SESSION_KEY] = str(party.pk)
    session.save()
    return browser


def said(page: object) -> str:
    return " ".join(strip_tags(page.content.decode()).split())  # type: ignore[attr-defined]


def test_a_creditor_of_a_joined_case_reads_his_row_the_ratio_and_his_last_day(pool: Pool) -> None:
    plan = issued(pool)
    serve(pool, plan.document_id, date(2026, 11, 20))
    slug, phone = pool.cases[1].slug, phone_of(pool.party(1))
    assert "分配方案" in said(phone.get(f"/my/{slug}/money/"))
    words = said(phone.get(f"/my/{slug}/plans/{plan.pk}/"))
    assert "77,618.04" in words
    assert "51.7454%" in words
    assert "2026年12月7日" in words
    assert "155,236.08" not in words


def test_a_draft_is_nobodys_business_on_the_phone(pool: Pool) -> None:
    plan = drawn(pool)
    slug, phone = pool.cases[1].slug, phone_of(pool.party(1))
    assert phone.get(f"/my/{slug}/plans/{plan.pk}/").status_code == 404
    assert f"/plans/{plan.pk}/" not in phone.get(f"/my/{slug}/money/").content.decode()


def test_a_creditor_objects_on_the_phone_and_the_rest_is_drafted_at_once(pool: Pool) -> None:
    plan = issued(pool)
    serve(pool, plan.document_id, date(2026, 11, 20))
    slug, phone = pool.cases[2].slug, phone_of(pool.party(2))
    data = {
        "claim": str(pool.row("债权人甲").pk),
        "amount": "20万元",
        "rank": "ORDINARY",
        "grounds": "其中十万元已经清偿",
    }
    answer = phone.post(f"/my/{slug}/plans/{plan.pk}/", data)
    assert answer.status_code == 302
    row = PlanObjection.objects.get()
    assert (row.party, row.recorded_by) == (pool.party(2), pool.party(2).symbol)
    assert Payout.objects.filter(state="DRAFT").count() == 5
    words = said(phone.get(f"/my/{slug}/plans/{plan.pk}/"))
    assert "我的异议" in words
    assert "预留 100,000.00 元" in words
    assert "提交法院" not in words


def test_the_debtor_reads_the_whole_table(pool: Pool) -> None:
    plan = issued(pool)
    serve(pool, plan.document_id, date(2026, 11, 20))
    debtor = pool.cases[0].participations.get(role="DEBTOR").party
    words = said(phone_of(debtor).get(f"/my/{pool.cases[0].slug}/plans/{plan.pk}/"))
    assert "155,236.08" in words
    assert "200,000.00" in words
    assert "我有异议" in words


def test_another_opposes_on_the_phone_within_his_own_fifteen_days(pool: Pool) -> None:
    row = notified(pool)
    slug, phone = pool.cases[0].slug, phone_of(pool.party(0))
    url = f"/my/{slug}/plans/{row.plan_id}/"
    assert "我反对这项异议" in said(phone.get(url))
    assert "我有异议" in said(phone.get(f"{url}?to=object"))
    assert phone.post(url, {"about": str(row.pk), "grounds": "没有清偿"}).status_code == 302
    assert PlanOpposition.objects.get().party == pool.party(0)
    row.refresh_from_db()
    assert row.stage == "OPPOSED"


def test_after_the_last_day_nothing_can_be_sent(pool: Pool) -> None:
    plan = issued(pool)
    serve(pool, plan.document_id, date(2026, 11, 20))
    on_day(pool, date(2026, 12, 8))
    slug, phone = pool.cases[1].slug, phone_of(pool.party(1))
    data = {"claim": str(pool.row("债权人甲").pk), "amount": "1", "rank": "ORDINARY", "grounds": "晚了"}
    assert "已于 2026年12月7日 届满" in said(phone.get(f"/my/{slug}/plans/{plan.pk}/"))
    assert phone.post(f"/my/{slug}/plans/{plan.pk}/", data).status_code == 400
    with pytest.raises(objecting.WindowClosed):
        objecting.make(
            plan_id=plan.pk,
            party_id=pool.party(1).pk,
            grounds="晚了",
            wants={},
            actor=pool.vault.who("executor"),
            at=pool.vault.at,
        )
    assert PlanObjection.objects.count() == 0
