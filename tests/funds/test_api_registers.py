"""The registers over the API: batches, plans and deposits are read by those who may, and described in the schema."""

from django.db import connection
from django.test.utils import CaptureQueriesContext
from drf_spectacular.generators import SchemaGenerator

from funds import api_registers
from funds.models import Payout
from tests.funds.conftest import Vault
from tests.funds.pools import drawn, example
from tests.funds.test_api import Caller
from tests.funds.test_batches import made
from tests.funds.test_depositing import deposited


def drafts(vault: Vault, count: int) -> list[Payout]:
    case = vault.execution(amount="9000.00", fee=False)
    return [Payout.objects.get(receipt=vault.pay_in(case, "100.00")) for _number in range(count)]


def test_deposits_are_listed_and_narrowed_by_state(vault: Vault) -> None:
    payout = drafts(vault, 1)[0]
    deposit = deposited(vault, payout)
    caller = Caller(vault, vault.cast.registrar)
    (row,) = caller.get(api_registers.DepositViewSet).data["results"]
    assert (row["number"], row["amount"], row["state"]) == (deposit.number, "100.00", "DEPOSITED")
    assert (row["case"], row["payee_name"], row["claim_by"]) == (deposit.case.number, payout.payee_name, "2031-11-20")
    assert caller.get(api_registers.DepositViewSet, "/?state=CLAIMED").data["results"] == []
    assert caller.get(api_registers.DepositViewSet, pk=str(deposit.pk)).data["reason"] == "MISSING"
    stranger = Caller(vault, vault.cast.stranger)
    assert stranger.get(api_registers.DepositViewSet).data["results"] == []
    assert stranger.get(api_registers.DepositViewSet, pk=str(deposit.pk)).status_code == 404


def test_batches_are_for_those_who_see_the_whole_courts_money(vault: Vault) -> None:
    case = vault.execution(amount="9000.00", fee=False)
    batch = made(vault, [vault.approved(vault.pay_in(case, "100.00")) for _number in range(2)])
    (row,) = Caller(vault, vault.cast.payer).get(api_registers.BatchViewSet).data["results"]
    assert (row["number"], row["state"], row["total"], row["count"]) == (batch.number, "MADE", "200.00", 2)
    assert [item["amount"] for item in row["items"]] == ["100.00", "100.00"]
    assert Caller(vault, vault.cast.executor).get(api_registers.BatchViewSet).data["results"] == []


def test_a_plan_is_read_with_its_rows(vault: Vault) -> None:
    pool = example(vault)
    plan = drawn(pool)
    caller = Caller(vault, vault.cast.executor)
    (row,) = caller.get(api_registers.PlanViewSet, "/?stage=DRAFT").data["results"]
    assert (row["id"], row["pool"], row["stage"]) == (str(plan.pk), "500000.00", "DRAFT")
    assert row["claims"][0]["case"] == plan.case.number
    assert {claim["rank"] for claim in row["claims"]} >= {"COSTS", "ORDINARY"}
    assert caller.get(api_registers.PlanViewSet, "/?stage=DONE").data["results"] == []


def test_a_longer_list_needs_no_more_queries(vault: Vault) -> None:
    caller, counts = Caller(vault, vault.cast.registrar), []
    for _round in range(2):
        deposited(vault, drafts(vault, 1)[0])
        with CaptureQueriesContext(connection) as asked:
            caller.get(api_registers.DepositViewSet)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_the_schema_describes_the_registers() -> None:
    schema = SchemaGenerator().get_schema(request=None, public=True)
    for name in ("batches", "plans", "deposits"):
        path = schema["paths"][f"/api/v1/{name}/"]
        assert set(path) == {"get"}
        assert path["get"]["description"]
