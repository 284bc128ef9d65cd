"""The game, from the seed alone: what each worker does, how the bank answers it, and what is killed after how many steps."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

KINDS = {
    "pay_in": 16,
    "pay_in_blind": 4,
    "take_cash": 5,
    "hand_in_cash": 4,
    "import_statement": 4,
    "confirm": 15,
    "approve": 15,
    "send": 13,
    "send_back": 1,
    "resubmit": 2,
    "replace": 5,
    "void": 3,
    "redraft": 2,
    "readdress": 2,
    "claim": 6,
    "confirm_claim": 5,
    "refuse_claim": 1,
    "hold": 2,
    "end_hold": 2,
    "reverse": 2,
    "derive": 2,
    "carry_answers": 6,
    "unpark": 2,
    "open_case": 1,
    "make_batch": 4,
    "release_batch": 4,
    "send_batch": 4,
    "cancel_batch": 1,
    "draw_plan": 3,
    "join_plan": 2,
    "ask_plan": 3,
    "discard_plan": 1,
    "serve_paper": 3,
    "object": 4,
    "withdraw": 2,
    "advance": 4,
    "deposit": 2,
    "claim_deposit": 2,
    "fund_money": 2,
    "confirm_fund": 2,
    "grant": 2,
    "remit": 1,
    "approve_remit": 2,
    "send_remit": 2,
    "void_remit": 1,
    "change_payee": 1,
    "confirm_payee": 1,
}
"""Commands and how often each is drawn."""

INSTEAD = {
    "send": "approve",
    "approve": "confirm",
    "confirm": "pay_in",
    "confirm_claim": "claim",
    "refuse_claim": "claim",
    "claim": "pay_in_blind",
    "replace": "send",
    "resubmit": "send_back",
    "send_back": "confirm",
    "end_hold": "hold",
    "hold": "confirm",
    "readdress": "send",
    "redraft": "confirm",
    "reverse": "take_cash",
    "hand_in_cash": "take_cash",
    "unpark": "send",
    "void": "pay_in",
    "make_batch": "approve",
    "release_batch": "make_batch",
    "send_batch": "release_batch",
    "cancel_batch": "make_batch",
    "draw_plan": "pay_in",
    "join_plan": "draw_plan",
    "ask_plan": "join_plan",
    "discard_plan": "draw_plan",
    "serve_paper": "ask_plan",
    "object": "serve_paper",
    "withdraw": "object",
    "advance": "object",
    "deposit": "pay_in",
    "claim_deposit": "deposit",
    "fund_money": "pay_in_blind",
    "confirm_fund": "fund_money",
    "grant": "confirm_fund",
    "remit": "confirm",
    "approve_remit": "remit",
    "send_remit": "approve_remit",
    "void_remit": "remit",
    "confirm_payee": "change_payee",
}
"""What is done where there is nothing to do it on: the act that would have led to it."""

OF_PAYMENTS = (
    "refused",
    "returned",
    "returned_after",
    "lost_500",
    "lost_drop",
    "lost_timeout",
    "late",
    "twice",
    "out_of_order",
    "down",
)
OF_CREDITS = ("late", "twice", "out_of_order", "duplicate_credit")
MISBEHAVES = 0.45
"""Share of payments and pay-ins with which the bank misbehaves."""
RATES = {"down": 0.03, "lost": 0.04}
"""And of every other question to it."""

TARGETS = ("worker", "celery", "database", "broker", "bank", "beat")
"""What the runner kills; the database by immediate shutdown, the others by SIGKILL."""


@dataclass(frozen=True)
class Step:
    """One command of one worker.

    ``pick`` (0 to 1) says which of the rows at hand, ``dies`` where the worker kills itself; the bank's misbehaviour is for
    a payment that the command sends, or for money that it lets come in.
    """

    worker: int
    number: int
    kind: str
    pick: float
    amount: Decimal
    count: int
    of_payments: str
    of_credits: str
    dies: str
    key: str


@dataclass(frozen=True)
class Kill:
    """What is killed once so many commands are over, and which of several."""

    after: int
    target: str
    which: int


def step(seed: int, worker: int, number: int) -> Step:
    """The command that a worker does as its ``number``-th, from 0."""
    dice = random.Random(f"{seed}/{worker}/{number}")
    kind = dice.choices(list(KINDS), weights=list(KINDS.values()))[0]
    large = dice.random() < 0.04
    return Step(
        worker=worker,
        number=number,
        kind=kind,
        pick=dice.random(),
        amount=Decimal(dice.randint(10_000_000, 30_000_000) if large else dice.randint(1, 300_000)) / 100,
        count=dice.choice((1, 1, 1, 2, 3)),
        of_payments=dice.choice(OF_PAYMENTS) if dice.random() < MISBEHAVES else "",
        of_credits=dice.choice(OF_CREDITS) if dice.random() < MISBEHAVES else "",
        dies=dice.choices(("", "before", "after"), weights=(985, 5, 10))[0],
        key=f"soak:{seed}:{worker}:{number}",
    )


def kills(seed: int, commands: int, every: int) -> Iterator[Kill]:
    """Kills spread over the game, each target in turn before any comes again; the first after half a stride."""
    dice = random.Random(f"{seed}/kills")
    after, bag = every // 2, list[str]()
    while after < commands:
        if not bag:
            bag = dice.sample(TARGETS, len(TARGETS))
        yield Kill(after, bag.pop(), dice.randrange(1_000))
        after += every + dice.randint(-every // 4, every // 4)
