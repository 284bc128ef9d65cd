"""A soak can be replayed: the game follows from its seed and from nothing else."""

from collections import Counter

from tests.soak import plan


def test_the_same_seed_gives_the_same_game() -> None:
    games = [[plan.step(7, worker, number) for worker in range(3) for number in range(50)] for _ in range(2)]
    assert games[0] == games[1]
    assert list(plan.kills(7, 400, 30)) == list(plan.kills(7, 400, 30))
    assert games[0] != [plan.step(8, worker, number) for worker in range(3) for number in range(50)]


def test_every_command_has_a_key_of_its_own() -> None:
    keys = [plan.step(7, worker, number).key for worker in range(3) for number in range(100)]
    assert len(set(keys)) == 300


def test_a_longer_game_begins_as_the_shorter_one() -> None:
    short = list(plan.kills(7, 200, 30))
    assert list(plan.kills(7, 1_000, 30))[: len(short)] == short


def test_every_target_is_killed_before_one_is_killed_again() -> None:
    kills = [kill.target for kill in plan.kills(7, 400, 30)]
    assert set(kills[: len(plan.TARGETS)]) == set(plan.TARGETS)


def test_every_kind_of_command_and_of_fault_is_drawn() -> None:
    steps = [plan.step(7, worker, number) for worker in range(3) for number in range(1_000)]
    assert {step.kind for step in steps} == set(plan.KINDS)
    assert {step.of_payments for step in steps} == {"", *plan.OF_PAYMENTS}
    assert {step.of_credits for step in steps} == {"", *plan.OF_CREDITS}
    assert Counter(step.dies for step in steps).keys() == {"", "before", "after"}


def test_where_there_is_nothing_to_do_the_chain_ends_in_something() -> None:
    for kind in plan.INSTEAD:
        seen = [kind]
        while seen[-1] in plan.INSTEAD:
            seen.append(plan.INSTEAD[seen[-1]])
            assert len(seen) < len(plan.KINDS)
        assert seen[-1] in {"pay_in", "pay_in_blind", "take_cash", "change_payee"}
