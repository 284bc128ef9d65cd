"""Decisions: never one's own, tier after tier, sent back with an opinion, batches all or nothing."""

from dataclasses import replace

import pytest
from django.db import transaction

from accounts.models import Post
from accounts.roles import Action, Role
from accounts.services import standing_in
from cases import locks
from cases.declaring import DECISIONS, Card, DecisionKind
from cases.models import Case, Decision, DecisionStep, Duty
from cases.services import deciding
from kernel.refusals import NotFound, Refusal
from tests import factories
from tests.cast import MORNING, TODAY, Cast


class Undecided(Refusal):
    """The act cannot be carried out after all."""

    message = "不能办理。"


@pytest.fixture
def carried_out() -> object:
    """A question of two tiers; what was carried out, and whether carrying out refuses."""
    done: list[str] = []

    def carry_out(*, decision: Decision, case: Case, actor: object, at: object) -> None:
        if decision.proposal.get("refuse"):
            raise Undecided()
        done.append(str(decision.pk))

    kind = DecisionKind(
        kind="test.two", title="两级审批", tiers=(Role.BUREAU_DIRECTOR, Role.PRESIDENT), ask=Action.PROPOSE_CLOSING,
        decide=Action.APPROVE_CLOSING, card=lambda decision: Card(), carry_out=carry_out, batch=False,
    )  # fmt: skip
    DECISIONS.declare(kind, replace(kind, kind="test.one", tiers=(Role.BUREAU_DIRECTOR,), batch=True))
    yield done
    DECISIONS.remove("test.two")
    DECISIONS.remove("test.one")


def _ask(cast: Cast, kind: str, case: Case | None = None, *, by: Post | None = None, **proposal: object) -> Decision:
    case = case or factories.execution_case(cast)
    with transaction.atomic():
        return deciding.ask(
            case=locks.lock(case.pk), kind=kind, subject=case.symbol, actor=cast.actor(by or cast.judge), at=MORNING,
            proposal=proposal,
        )  # fmt: skip


def _approve(cast: Cast, decision: Decision, by: Post) -> Decision:
    return deciding.approve(decision_id=decision.pk, actor=cast.actor(by), at=MORNING)


def test_two_tiers_approve_one_after_the_other(cast: Cast, carried_out: list[str]) -> None:
    decision = _ask(cast, "test.two")
    with pytest.raises(NotFound):
        _approve(cast, decision, cast.stranger)
    _approve(cast, decision, cast.director)
    assert carried_out == []
    assert _approve(cast, decision, cast.president).state == "APPROVED"
    assert carried_out == [str(decision.pk)]
    assert list(DecisionStep.objects.values_list("tier_role", "act")) == [
        ("BUREAU_DIRECTOR", "APPROVED"),
        ("PRESIDENT", "APPROVED"),
    ]
    assert Duty.objects.filter(kind="cases.decide", closed_at__isnull=True).count() == 0


def test_nobody_decides_the_own_question_under_any_post(cast: Cast, carried_out: list[str]) -> None:
    asker = cast.post("yu2", "于兼任", Role.BUREAU_DIRECTOR)
    as_judge = cast.post("yu2", "于兼任", Role.EXECUTION_JUDGE, team=cast.team)
    decision = _ask(cast, "test.one", by=as_judge)
    with pytest.raises(deciding.OwnRequest):
        _approve(cast, decision, asker)
    assert DecisionStep.objects.count() == 0


def test_a_refused_act_undoes_the_approval(cast: Cast, carried_out: list[str]) -> None:
    decision = _ask(cast, "test.one", refuse=True)
    with pytest.raises(Undecided):
        _approve(cast, decision, cast.director)
    decision.refresh_from_db()
    assert (decision.state, DecisionStep.objects.count(), carried_out) == ("ASKED", 0, [])


def test_a_return_needs_an_opinion_and_gives_the_asker_a_duty(cast: Cast, carried_out: list[str]) -> None:
    decision = _ask(cast, "test.one")
    director = cast.actor(cast.director)
    with pytest.raises(deciding.OpinionMissing):
        deciding.send_back(decision_id=decision.pk, actor=director, at=MORNING, opinion="  ")
    deciding.send_back(decision_id=decision.pk, actor=director, at=MORNING, opinion="补充送达回证")
    assert Decision.objects.get().state == "SENT_BACK"
    assert Duty.objects.filter(kind="cases.mend", closed_at__isnull=True).count() == 1
    with pytest.raises(deciding.AlreadyDecided):
        _approve(cast, decision, cast.director)


def test_only_the_asker_withdraws(cast: Cast, carried_out: list[str]) -> None:
    decision = _ask(cast, "test.one")
    with pytest.raises(deciding.NotYourTier):
        deciding.withdraw(decision_id=decision.pk, actor=cast.actor(cast.director), at=MORNING)
    assert deciding.withdraw(decision_id=decision.pk, actor=cast.actor(cast.judge), at=MORNING).state == "WITHDRAWN"


def test_the_same_question_waits_once(cast: Cast, carried_out: list[str]) -> None:
    case = factories.execution_case(cast)
    _ask(cast, "test.one", case)
    with pytest.raises(deciding.AlreadyAsked):
        _ask(cast, "test.one", case)
    assert Decision.objects.count() == 1


def test_a_batch_is_approved_whole_or_not_at_all(cast: Cast, carried_out: list[str]) -> None:
    good = _ask(cast, "test.one")
    bad = _ask(cast, "test.one", factories.execution_case(cast, seed=60), refuse=True)
    director = cast.actor(cast.director)
    with pytest.raises(deciding.SomeRefused) as refused:
        deciding.approve_all(decision_ids=[good.pk, bad.pk], actor=director, at=MORNING)
    assert len(refused.value.conditions) == 1
    assert set(Decision.objects.values_list("state", flat=True)) == {"ASKED"}
    assert len(deciding.approve_all(decision_ids=[good.pk], actor=director, at=MORNING)) == 1


def test_what_must_be_weighed_one_by_one_is_not_batched(cast: Cast, carried_out: list[str]) -> None:
    decision = _ask(cast, "test.two")
    with pytest.raises(deciding.SomeRefused) as refused:
        deciding.approve_all(decision_ids=[decision.pk], actor=cast.actor(cast.director), at=MORNING)
    assert "逐件" in refused.value.conditions[0].text


def test_a_deputy_approves_for_the_absent_and_the_step_says_so(cast: Cast, carried_out: list[str]) -> None:
    decision = _ask(cast, "test.one")
    deputy = cast.other_judge
    standing_in.set_stand_in(
        post=cast.director, deputy=deputy, from_on=TODAY, until_on=TODAY, reason="出差",
        actor=cast.actor(cast.administrator), at=MORNING,
    )  # fmt: skip
    _approve(cast, decision, deputy)
    step = DecisionStep.objects.get()
    assert (step.acting_for, step.actor) == (True, deputy.symbol)
