"""The three invariants hold over what the services leave behind, and name whatever somebody broke behind their back."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from accounts.models import Post
from cases.models import Case, Duty
from cases.services import assigning
from funds.models import Account, Payout
from gateways import simulators
from insight import tasks
from insight.models import Proof
from insight.services import invariants
from kernel import clock
from tests import factories
from tests.cast import MORNING, Cast
from tests.funds.conftest import MAIN, Vault, deliver, outside, vault

__all__ = ["deliver", "outside", "vault"]

PAID_ON = MORNING + timedelta(hours=2)


def prove(cast: Cast) -> dict[str, Proof]:
    return {proof.key: proof for proof in invariants.prove(court=cast.xixian, at=PAID_ON)}


def faults(proof: Proof) -> dict[str, list[str]]:
    return {row["check"]: row["named"] for row in proof.offenders}


def executed(cast: Cast) -> Case:
    case = factories.execution_case(cast)
    return assigning.assign(case_id=case.pk, officer=cast.executor, actor=cast.actor(cast.filing_clerk), at=MORNING)


def test_an_empty_court_breaks_nothing(cast: Cast) -> None:
    assert cast.xixian.code == "晋1031"
    assert [(proof.key, proof.broken) for proof in prove(cast).values()] == [("acts", 0), ("duties", 0), ("fen", 0)]


def test_a_payment_from_the_bank_to_the_payee_leaves_all_three_whole(
    vault: Vault, outside: simulators.Simulators, deliver: Callable[[], None], cast: Cast
) -> None:
    cast.everyone()
    case = vault.execution(judged_on=date(2026, 6, 1))
    outside.request(
        "POST",
        "/bank/pay-in",
        {"to_sub_account": vault.number(case), "amount": "50000.00", "payer_name": "某环保科技公司", "account": MAIN},
    )
    deliver()
    unpaid = prove(cast)
    assert {key: proof.offenders for key, proof in unpaid.items()} == {"acts": [], "duties": [], "fen": []}
    receipt = case.receipts.get()
    for payout in vault.confirm(receipt):
        if payout.payee_kind == "PARTY":
            vault.send(vault.approve(payout))
    deliver()
    assert Payout.objects.filter(state="SETTLED").exists()
    paid = prove(cast)
    assert {key: proof.offenders for key, proof in paid.items()} == {"acts": [], "duties": [], "fen": []}
    assert paid["acts"].checked > 20


def test_a_stage_that_no_event_reached_is_named(cast: Cast) -> None:
    case = executed(cast)
    Case.objects.filter(pk=case.pk).update(stage="DISPOSAL", stage_since=MORNING + timedelta(minutes=7))
    assert faults(prove(cast)["acts"]) == {"cases.stage": [case.number]}


def test_a_case_closed_by_hand_is_named(cast: Cast) -> None:
    case = executed(cast)
    Case.objects.filter(pk=case.pk).update(closed_at=MORNING + timedelta(minutes=7), closed_how="TERMINATED")
    assert faults(prove(cast)["acts"]) == {"cases.closed": [case.number]}


def test_an_open_case_without_a_next_duty_is_named(cast: Cast) -> None:
    cast.everyone()
    case = executed(cast)
    assert prove(cast)["duties"].offenders == []
    Duty.objects.filter(case=case).update(closed_at=MORNING)
    assert faults(prove(cast)["duties"]) == {"duties.open_case": [case.number]}


def test_a_duty_without_a_date_is_no_next_duty(cast: Cast) -> None:
    cast.everyone()
    case = executed(cast)
    Duty.objects.filter(case=case).update(due_at=None)
    assert faults(prove(cast)["duties"]) == {"duties.open_case": [case.number]}


def test_the_duty_of_somebody_who_left_is_named(cast: Cast) -> None:
    cast.everyone()
    case = executed(cast)
    Post.objects.filter(pk=cast.executor.pk).update(until_on=date(2026, 11, 19))
    assert faults(prove(cast)["duties"]) == {"duties.ended_post": [f"{case.number} cases.execute_in_time"]}


def test_a_tray_that_nobody_opens_is_named(cast: Cast) -> None:
    case = executed(cast)
    Duty.objects.filter(case=case).update(holder=None, holder_role="FINANCE_PAYER", holder_team=None)
    assert set(faults(prove(cast)["duties"])) == {"duties.empty_tray"}


def test_a_balance_changed_by_hand_is_named(vault: Vault, cast: Cast) -> None:
    case = vault.execution()
    vault.pay_in(case, "500.00")
    account = Account.objects.get(case=case)
    Account.objects.filter(pk=account.pk).update(balance=Decimal("500.01"))
    found = faults(prove(cast)["fen"])
    assert found == {"fen.balance": ["0.01"], "fen.accounts": [account.key], "fen.cases": [case.number]}


def test_money_in_suspense_is_owned_by_its_reason(vault: Vault, cast: Cast) -> None:
    receipt = vault.receive(vault.credit("80.00", remark="没有案号"))
    assert receipt is not None
    assert receipt.state == "SUSPENSE"
    assert prove(cast)["fen"].offenders == []


def test_the_other_court_is_proved_apart(cast: Cast) -> None:
    case = executed(cast)
    Case.objects.filter(pk=case.pk).update(stage_since=MORNING + timedelta(minutes=7))
    there = {proof.key: proof for proof in invariants.prove(court=cast.xiajin, at=PAID_ON)}
    assert {key: (proof.checked, proof.broken) for key, proof in there.items()} == {
        "acts": (0, 0),
        "duties": (0, 0),
        "fen": (5, 0),
    }


def test_the_night_keeps_one_proof_of_each_invariant_and_court(cast: Cast, morning: None) -> None:
    assert (cast.xixian.code, cast.xiajin.code) == ("晋1031", "鲁1427")
    assert tasks.prove_invariants() == 0
    assert Proof.objects.count() == 6


def test_the_command_exits_with_an_error_and_names_the_case(cast: Cast, morning: None) -> None:
    case = executed(cast)
    Duty.objects.filter(case=case).update(closed_at=MORNING)
    said = StringIO()
    with pytest.raises(CommandError, match="1 invariants"):
        call_command("prove_invariants", stdout=said)
    assert case.number in said.getvalue()


def test_everybody_sees_the_result_and_only_leaders_see_the_names(
    cast: Cast, as_: Callable[[Post], Client], morning: None
) -> None:
    case = executed(cast)
    Case.objects.filter(pk=case.pk).update(stage_since=clock.now() + timedelta(minutes=7))
    prove(cast)
    page = reverse("insight:invariants")
    shown = {post: as_(getattr(cast, post)).get(page).content.decode() for post in ("bailiff", "president")}
    assert all("1 项不成立" in text for text in shown.values())
    assert case.number in shown["president"]
    assert case.number not in shown["bailiff"]
