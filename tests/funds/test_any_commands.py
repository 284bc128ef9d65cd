"""Whatever legal commands come in whatever order, after each of them no fen is lost, doubled or unowned."""

import random
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.db.models import Sum

from funds import ledger, queries, relays
from funds.kinds import RESERVED, AccountKind
from funds.models import Claim, Payout, Receipt, StatementLine
from funds.services import cash, claiming, drafting, mending, paying, reversing
from gateways import simulators
from kernel.refusals import Refusal
from tests.funds.conftest import MAIN, Vault, key
from tests.soak import invariants

D = Decimal
STEPS = 60


class Play:
    """One random course of the vault's life, replayable by its seed."""

    def __init__(self, vault: Vault, outside: simulators.Simulators, deliver: Callable[[], None], seed: int) -> None:
        self.vault, self.outside, self.deliver, self.random = vault, outside, deliver, random.Random(seed)
        self.cases = [vault.execution(amount="5000.00", seed=1), vault.execution(amount="700.00", fee=False, seed=2)]
        self.log: list[str] = []

    def run(self) -> None:
        acts = [
            self.pay_in, self.pay_in, self.pay_in_blind, self.take_cash, self.confirm, self.confirm, self.approve,
            self.approve, self.send, self.send, self.bank_answers, self.claim, self.decide_claim, self.void,
            self.replace, self.redraft, self.reverse, self.misbehave,
        ]  # fmt: skip
        for _step in range(STEPS):
            act = self.random.choice(acts)
            try:
                act()
                self.log.append(act.__name__)
            except Refusal as refusal:
                self.log.append(f"{act.__name__}: {refusal.code}")
            self.check()
            if len(self.log) % 10 == 0:
                self.check_the_board()
        self.outside.request("POST", "/control/settings", {"settle_seconds": 0})
        self.vault.later(hours=7)
        self.deliver()
        self.check()
        self.check_the_board()
        self.compare_with_the_bank()

    def amount(self) -> str:
        return f"{self.random.randint(1, 300_000) / 100:.2f}"

    def any_payout(self, *states: str) -> Payout:
        rows = list(Payout.objects.filter(state__in=states).order_by("pk"))
        if not rows:
            raise drafting.NothingLeft()
        return self.random.choice(rows)

    def pay_in(self) -> None:
        case = self.random.choice(self.cases)
        body = {"to_sub_account": self.vault.number(case), "amount": self.amount(), "payer_name": "某环保科技公司"}
        self.outside.request("POST", "/bank/pay-in", {**body, "account": MAIN, "payer_account": "62284800"})
        self.deliver()

    def pay_in_blind(self) -> None:
        body = {"to_sub_account": "", "amount": self.amount(), "payer_name": "任某兰", "remark": "还款"}
        self.outside.request("POST", "/bank/pay-in", {**body, "to_sub_account": "0", "account": MAIN})
        self.deliver()

    def take_cash(self) -> None:
        cash.take(
            case_id=self.random.choice(self.cases).pk,
            amount=D(self.amount()),
            payer="刘某",
            second=self.vault.cast.bailiff,
            remark="",
            actor=self.vault.who("executor"),
            at=self.vault.at,
            key=key(),
        )

    def confirm(self) -> None:
        payout = self.any_payout("DRAFT")
        who = "judge" if payout.receipt.source == "CASH" else "executor"
        paying.confirm(payout_ids=[payout.pk], actor=self.vault.who(who), at=self.vault.at, key=key())

    def approve(self) -> None:
        self.vault.approve(self.any_payout("CONFIRMED"))

    def send(self) -> None:
        self.vault.send(self.any_payout("APPROVED"))
        if self.random.random() < 0.5:
            self.deliver()

    def bank_answers(self) -> None:
        self.vault.later(hours=self.random.randint(1, 8))
        self.deliver()

    def claim(self) -> None:
        rows = list(Receipt.objects.exclude(state="REVERSED").order_by("pk"))
        if not rows:
            raise drafting.NothingLeft()
        receipt, case = self.random.choice(rows), self.random.choice(self.cases)
        claiming.ask(
            receipt_id=receipt.pk, case_id=case.pk, why="说明", actor=self.vault.who("registrar"), at=self.vault.at
        )

    def decide_claim(self) -> None:
        claim = Claim.objects.filter(state="ASKED").order_by("pk").first()
        if claim is None:
            raise drafting.NothingLeft()
        actor = self.vault.who("keeper")
        if self.random.random() < 0.7:
            claiming.confirm(claim_id=claim.pk, actor=actor, at=self.vault.at, key=key())
        else:
            claiming.refuse(claim_id=claim.pk, opinion="不符", actor=actor, at=self.vault.at)

    def void(self) -> None:
        payout = self.any_payout("DRAFT", "CONFIRMED", "APPROVED", "SENT", "UNKNOWN", "SETTLED", "RETURNED")
        who = payout.confirmed_by or self.vault.cast.executor
        mending.void(payout_id=payout.pk, why="测试", actor=self.vault.cast.actor(who), at=self.vault.at, key=key())

    def replace(self) -> None:
        mending.replace(payout_id=self.any_payout("RETURNED").pk, actor=self.vault.who("executor"), at=self.vault.at)

    def redraft(self) -> None:
        rows = list(Receipt.objects.owned().order_by("pk"))
        if not rows:
            raise drafting.NothingLeft()
        receipt = self.random.choice(rows)
        drafting.redraft(receipt_id=receipt.pk, actor=self.vault.who("executor"), at=self.vault.at)

    def reverse(self) -> None:
        rows = list(Receipt.objects.filter(source="CASH", deposit_line=None).exclude(state="REVERSED"))
        if not rows:
            raise drafting.NothingLeft()
        receipt = self.random.choice(rows)
        reversing.reverse(
            receipt_id=receipt.pk, why="退回交款人", actor=self.vault.who("keeper"), at=self.vault.at, key=key()
        )

    def misbehave(self) -> None:
        fault = self.random.choice(["refused", "returned", "returned_after", "lost", "lost_500", "late", "twice"])
        self.outside.request("POST", "/control/force", {"fault": fault, "operation": "payment", "times": 1})

    def check(self) -> None:
        """Every invariant of the vault."""
        court = self.vault.cast.xixian.pk
        sums = ledger.trial_balance(court)
        assert sum(sums.values()) == 0, self.log
        assert ledger.rederive(court) == [], self.log
        assert all(total >= 0 for kind, total in sums.items() if kind != AccountKind.BANK)
        suspense = Receipt.objects.filter(state="SUSPENSE").aggregate(total=Sum("amount"))["total"] or D(0)
        assert sums[AccountKind.SUSPENSE] == suspense, self.log
        reserved = Payout.objects.filter(state__in=RESERVED).aggregate(total=Sum("amount"))["total"] or D(0)
        waiting = (AccountKind.PAYABLE, AccountKind.REFUND, AccountKind.TREASURY)
        assert sum(sums[kind] for kind in waiting) == reserved, self.log
        assert list(invariants.by_statements()) == [], self.log

    def check_the_board(self) -> None:
        """The equation that pages show holds, and every open receipt stands in one column of the board."""
        court = self.vault.cast.xixian.pk
        assert queries.equation(court).difference == 0, self.log
        board = relays.ageing(court, at=self.vault.at)
        assert sum(column.count for column in board) == queries.open_receipts(court).count(), self.log

    def compare_with_the_bank(self) -> None:
        """What the bank holds is what the ledger says, without cash not handed in and what is still on its way."""
        accounts = self.outside.request("GET", "/bank/accounts").json()["accounts"]
        bank = next(D(row["balance"]) for row in accounts if row["account"] == MAIN)
        court = self.vault.cast.xixian
        cash_in_hand = sum(
            Receipt.objects.filter(source="CASH", deposit_line=None)
            .exclude(state="REVERSED")
            .values_list("amount", flat=True),
            D(0),
        )
        assert bank == self.vault.balances().get("BANK", D(0)) - cash_in_hand, self.log
        assert not Payout.objects.filter(court=court, state__in=["SENT", "UNKNOWN"]).exists(), self.log
        assert not StatementLine.objects.filter(state="NEW").exists()


@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_after_every_legal_command_no_fen_is_lost(
    vault: Vault, outside: simulators.Simulators, deliver: Callable[[], None], seed: int
) -> None:
    play = Play(vault, outside, deliver, seed)
    play.run()
    done = {entry for entry in play.log if ":" not in entry}
    assert {"pay_in", "confirm"} <= done, play.log
