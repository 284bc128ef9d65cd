"""The table of rights is total and denies what it does not list."""

from uuid import uuid4

import pytest

from accounts import policy
from accounts.actors import Actor
from accounts.roles import OUTSIDE, Action, Role, Scope
from kernel.refusals import NotAllowed


def actor_in(*roles: Role) -> Actor:
    return Actor(kind="staff", court_id=uuid4(), role=roles[0], name="某", symbol="x", roles=frozenset(roles))


@pytest.mark.parametrize("role", list(Role))
def test_every_role_has_its_row_and_every_cell_is_a_scope(role: Role) -> None:
    assert all(isinstance(action, Action) and isinstance(scope, Scope) for action, scope in policy.POLICY[role].items())


@pytest.mark.parametrize("role", list(Role))
def test_what_is_not_listed_is_denied(role: Role) -> None:
    actor = actor_in(role)
    for action in Action:
        if action in policy.POLICY[role]:
            assert policy.require(actor, action) == policy.POLICY[role][action]
        else:
            assert not policy.may(actor, action), action
            with pytest.raises(NotAllowed):
                policy.require(actor, action)


def test_a_role_missing_from_the_table_may_do_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(policy.POLICY, Role.PRESIDENT)
    assert [action for action in Action if policy.may(actor_in(Role.PRESIDENT), action)] == []


def test_every_action_is_somebodys() -> None:
    assert [action for action in Action if not policy.roles_that_may(action)] == []


def test_the_wider_scope_of_two_roles_wins() -> None:
    assert policy.scope(actor_in(Role.BAILIFF, Role.BUREAU_DIRECTOR), Action.SEE_CASES) == Scope.COURT
    assert policy.scope(actor_in(Role.BAILIFF), Action.SEE_CASES) == Scope.TEAM


def test_the_system_decides_nothing() -> None:
    assert policy.POLICY[Role.SYSTEM] == {}


def test_registering_confirming_and_paying_money_are_three_roles() -> None:
    steps = (Action.REGISTER_RECEIPT, Action.SEND_PAYOUT)
    assert [role for role in Role if all(step in policy.POLICY[role] for step in steps)] == []
    assert Action.APPROVE_PAYOUT not in policy.POLICY[Role.FINANCE_PAYER]
    assert Action.CONFIRM_CLAIM not in policy.POLICY[Role.FINANCE_REGISTRAR]


def test_an_administrator_sees_no_case_and_moves_no_money() -> None:
    about_cases = [action for action in Action if action in policy.POLICY[Role.PRESIDENT]]
    assert [action for action in about_cases if policy.may(actor_in(Role.ADMINISTRATOR), action)] == []


@pytest.mark.parametrize("role", sorted(OUTSIDE))
def test_those_outside_never_administer_or_export(role: Role) -> None:
    assert set(policy.POLICY[role]) <= {Action.SEE_CASES}
