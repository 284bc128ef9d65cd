"""Who registered, who confirmed or approved and who pays are three persons; a wrong one is refused and leaves nothing."""

from decimal import Decimal

import pytest

from accounts.actors import Actor
from accounts.models import Post
from accounts.roles import Role
from cases.models import Decision, DecisionStep, Event
from cases.services import deciding
from funds.models import Command, Payout, Receipt, Transfer
from funds.services import paying, persons
from gateways.models import Message
from kernel.refusals import NotAllowed, NotFound
from tests.cast import TODAY
from tests.funds.conftest import Vault, key
from tests.remembering import remembered

D = Decimal


def with_post(vault: Vault, of: Post, role: Role) -> Actor:
    """The same person in another post of the court."""
    post = Post.objects.create(
        user=of.user, court=of.court, role=role, team=vault.cast.team, from_on=TODAY.replace(year=2020)
    )
    return vault.cast.actor(post)


@remembered
def registered_by(vault: Vault, post: Post) -> Receipt:
    """A receipt that came by a file which this person registered."""
    case = vault.execution(amount="1000.00", fee=False)
    receipt = vault.pay_in(case, "300.00")
    Receipt.objects.filter(pk=receipt.pk).update(registered_by=post)
    receipt.refresh_from_db()
    return receipt


def everything() -> tuple[int, ...]:
    """How many rows there are of whatever an act could leave behind."""
    return tuple(model.objects.count() for model in (Event, Transfer, Command, Decision, DecisionStep, Message))


def test_who_registered_cannot_confirm(vault: Vault) -> None:
    receipt = registered_by(vault, vault.cast.registrar)
    actor = with_post(vault, vault.cast.registrar, Role.EXECUTOR)
    before = everything()
    with pytest.raises(persons.SamePerson) as refused:
        vault.confirm(receipt, actor)
    assert refused.value.status == 403
    assert everything() == before
    assert set(Payout.objects.values_list("state", flat=True)) == {"DRAFT"}


def test_who_registered_is_refused_at_the_approval(vault: Vault) -> None:
    receipt = registered_by(vault, vault.cast.registrar)
    vault.confirm(receipt)
    payout = Payout.objects.get(state="CONFIRMED")
    actor = with_post(vault, vault.cast.registrar, Role.BUREAU_DIRECTOR)
    before = everything()
    with pytest.raises(persons.SamePerson) as refused:
        deciding.approve(decision_id=payout.decision_id, actor=actor, at=vault.at)
    assert "无权" in refused.value.text
    assert everything() == before
    payout.refresh_from_db()
    assert payout.state == "CONFIRMED"
    assert Decision.objects.get().state == "ASKED"


def test_who_confirmed_cannot_approve(vault: Vault) -> None:
    receipt = registered_by(vault, vault.cast.registrar)
    vault.confirm(receipt)
    payout = Payout.objects.get(state="CONFIRMED")
    actor = with_post(vault, vault.cast.executor, Role.BUREAU_DIRECTOR)
    before = everything()
    with pytest.raises(deciding.OwnRequest):
        deciding.approve(decision_id=payout.decision_id, actor=actor, at=vault.at)
    assert everything() == before


@pytest.mark.parametrize("name", ["registrar", "executor", "director"])
def test_who_did_an_earlier_step_cannot_pay(vault: Vault, name: str) -> None:
    receipt = registered_by(vault, vault.cast.registrar)
    payout = vault.approved(receipt)
    actor = with_post(vault, getattr(vault.cast, name), Role.FINANCE_PAYER)
    before = everything()
    with pytest.raises(persons.SamePerson):
        paying.send(payout_ids=[payout.pk], actor=actor, at=vault.at, key=key())
    assert everything() == before
    payout.refresh_from_db()
    assert payout.state == "APPROVED"


def test_a_first_tier_of_the_registrar_stops_the_last_one(vault: Vault) -> None:
    case = vault.execution(amount="500000.00", fee=False)
    receipt = vault.pay_in(case, "300000.00")
    Receipt.objects.filter(pk=receipt.pk).update(registered_by=vault.cast.registrar)
    vault.confirm(receipt)
    payout = Payout.objects.get(state="CONFIRMED")
    deciding.approve(
        decision_id=payout.decision_id,
        actor=with_post(vault, vault.cast.registrar, Role.BUREAU_DIRECTOR),
        at=vault.at,
    )
    with pytest.raises(persons.SamePerson):
        deciding.approve(decision_id=payout.decision_id, actor=vault.who("president"), at=vault.at)
    payout.refresh_from_db()
    assert payout.state == "CONFIRMED"


@pytest.mark.parametrize(
    ("name", "refusal"),
    [("registrar", NotAllowed), ("payer", NotAllowed), ("filing_clerk", NotAllowed), ("other_judge", NotFound)],
)
def test_a_role_without_the_right_confirms_nothing(vault: Vault, name: str, refusal: type[Exception]) -> None:
    case = vault.execution(amount="1000.00", fee=False)
    receipt = vault.pay_in(case, "300.00")
    before = everything()
    with pytest.raises(refusal):
        vault.confirm(receipt, vault.who(name))
    assert everything() == before


def test_another_court_sees_nothing(vault: Vault) -> None:
    case = vault.execution(amount="1000.00", fee=False)
    receipt = vault.pay_in(case, "300.00")
    stranger = vault.who("stranger")
    assert not Receipt.objects.visible_to(stranger).exists()
    assert not Payout.objects.visible_to(stranger).exists()
    with pytest.raises(NotFound):
        vault.confirm(receipt, stranger)


def test_the_system_never_confirms_or_sends(vault: Vault) -> None:
    case = vault.execution(amount="1000.00", fee=False)
    receipt = vault.pay_in(case, "300.00")
    with pytest.raises(NotAllowed):
        vault.confirm(receipt, vault.bank)
    assert vault.balances() == {"BANK": D("300.00"), "CASE": D("300.00")}
