"""The one table of rights: role × action × scope. What is not listed is denied."""

from accounts.actors import Actor
from accounts.roles import Action, Role, Scope
from kernel.refusals import NotAllowed

A, OWN, TEAM, COURT = Action, Scope.OWN, Scope.TEAM, Scope.COURT

_FIELD = {
    A.SEE_CASES: TEAM,
    A.SEE_PROPERTY: TEAM,
    A.NOTE: TEAM,
    A.ISSUE: TEAM,
    A.SERVE: TEAM,
    A.SEE_FUNDS: TEAM,
    A.EXPORT: TEAM,
}

POLICY: dict[Role, dict[Action, Scope]] = {
    Role.FILING_CLERK: {
        A.SEE_CASES: COURT,
        A.FILE: COURT,
        A.EDIT_CASE: COURT,
        A.ASSIGN: COURT,
        A.NOTE: COURT,
        A.CORRECT: COURT,
        A.APPLY_PRESERVATION: COURT,
        A.ISSUE: COURT,
        A.SERVE: COURT,
        A.EXPORT: COURT,
        A.SEE_IDENTITY: COURT,
    },
    Role.TRIAL_JUDGE: {
        A.SEE_CASES: OWN,
        A.TRY: OWN,
        A.APPLY_PRESERVATION: OWN,
        A.RULE_PRESERVATION: COURT,
        A.RULE_OBJECTION: OWN,
        A.NOTE: OWN,
        A.CORRECT: OWN,
        A.ISSUE: OWN,
        A.SERVE: OWN,
        A.EXPORT: OWN,
        A.SEE_PROPERTY: OWN,
        A.SEE_FUNDS: OWN,
        A.CONFIRM_PAYOUT: OWN,
    },
    Role.EXECUTION_JUDGE: {
        **_FIELD,
        A.EDIT_CASE: TEAM,
        A.EXECUTE: TEAM,
        A.INQUIRE: TEAM,
        A.FREEZE: TEAM,
        A.APPROVE_MEASURE: TEAM,
        A.RULE_OBJECTION: TEAM,
        A.PROPOSE_PRESSURE: TEAM,
        A.PROPOSE_CLOSING: TEAM,
        A.CORRECT: TEAM,
        A.CLAIM_MONEY: TEAM,
        A.CONFIRM_PAYOUT: TEAM,
        A.SEE_IDENTITY: TEAM,
        A.USE_API: TEAM,
    },
    Role.ASSISTANT: {
        **_FIELD,
        A.EXECUTE: TEAM,
        A.INQUIRE: TEAM,
        A.FREEZE: TEAM,
        A.PROPOSE_PRESSURE: TEAM,
        A.CLAIM_MONEY: TEAM,
    },
    Role.CLERK: {**_FIELD, A.EXECUTE: TEAM, A.EDIT_CASE: TEAM, A.CLAIM_MONEY: TEAM},
    Role.EXECUTOR: {
        **_FIELD,
        A.EXECUTE: TEAM,
        A.INQUIRE: TEAM,
        A.FREEZE: TEAM,
        A.PROPOSE_PRESSURE: TEAM,
        A.PROPOSE_CLOSING: TEAM,
        A.CORRECT: TEAM,
        A.CLAIM_MONEY: TEAM,
        A.CONFIRM_PAYOUT: TEAM,
        A.SEE_IDENTITY: TEAM,
        A.USE_API: TEAM,
    },
    Role.BAILIFF: {A.SEE_CASES: TEAM, A.NOTE: TEAM, A.SERVE: TEAM},
    Role.QUERY_OFFICER: {
        A.SEE_CASES: COURT,
        A.SEE_PROPERTY: COURT,
        A.INQUIRE: COURT,
        A.FREEZE: COURT,
        A.EXECUTE: COURT,
        A.ISSUE: COURT,
        A.SERVE: COURT,
        A.NOTE: COURT,
        A.EXPORT: COURT,
    },
    Role.FINANCE_REGISTRAR: {
        A.SEE_CASES: COURT,
        A.SEE_FUNDS: COURT,
        A.REGISTER_RECEIPT: COURT,
        A.CLAIM_MONEY: COURT,
        A.RECONCILE: COURT,
        A.EXPORT: COURT,
        A.USE_API: COURT,
    },
    Role.FINANCE_KEEPER: {
        A.SEE_CASES: COURT,
        A.SEE_FUNDS: COURT,
        A.CONFIRM_CLAIM: COURT,
        A.RELEASE_BATCH: COURT,
        A.RECONCILE: COURT,
        A.EXPORT: COURT,
    },
    Role.FINANCE_PAYER: {
        A.SEE_CASES: COURT,
        A.SEE_FUNDS: COURT,
        A.SEND_PAYOUT: COURT,
        A.EXPORT: COURT,
        A.USE_API: COURT,
    },
    Role.BUREAU_DIRECTOR: {
        A.SEE_CASES: COURT,
        A.SEE_PROPERTY: COURT,
        A.SEE_FUNDS: COURT,
        A.ASSIGN: COURT,
        A.APPROVE_MEASURE: COURT,
        A.APPROVE_PAYOUT: COURT,
        A.APPROVE_CLOSING: COURT,
        A.CONFIRM_CLAIM: COURT,
        A.PROPOSE_PRESSURE: COURT,
        A.NOTE: COURT,
        A.LEAD: COURT,
        A.SUPERVISE: COURT,
        A.EXPORT: COURT,
        A.SEE_IDENTITY: COURT,
        A.USE_API: COURT,
        A.RUN_GATEWAYS: COURT,
    },
    Role.PRESIDENT: {
        A.SEE_CASES: COURT,
        A.SEE_PROPERTY: COURT,
        A.SEE_FUNDS: COURT,
        A.APPROVE_PAYOUT: COURT,
        A.APPROVE_CLOSING: COURT,
        A.DECIDE_PRESSURE: COURT,
        A.SET_RULES: COURT,
        A.LEAD: COURT,
        A.SUPERVISE: COURT,
        A.EXPORT: COURT,
        A.NOTE: COURT,
    },
    Role.ADMINISTRATOR: {A.ADMINISTER: COURT, A.READ_AUDIT: COURT, A.RUN_GATEWAYS: COURT},
    Role.LITIGANT: {A.SEE_CASES: OWN},
    Role.AGENT: {A.SEE_CASES: OWN},
    Role.SYSTEM: {},
}


def scope(actor: Actor, action: Action) -> Scope | None:
    """The widest scope in which the actor may act, or None when it may not."""
    granted = [POLICY[role][action] for role in actor.roles if action in POLICY.get(role, {})]
    return max(granted, default=None)


def may(actor: Actor, action: Action) -> bool:
    """Whether the policy lists the action for any of the actor's roles."""
    return scope(actor, action) is not None


def require(actor: Actor, action: Action) -> Scope:
    """The scope; raises NotAllowed when the policy does not list the action."""
    granted = scope(actor, action)
    if granted is None:
        raise NotAllowed(act=Action(action).label)
    return granted


def roles_that_may(action: Action) -> tuple[Role, ...]:
    """The roles that the policy lists for an action."""
    return tuple(role for role, rights in POLICY.items() if action in rights)
