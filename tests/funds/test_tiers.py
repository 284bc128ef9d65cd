"""Tiers of authority: the court's own figure decides who approves, and the card says by which figure."""

from decimal import Decimal

from accounts.roles import Role
from cases.models import Decision, RuleOverride
from cases.queries import decisions
from funds.models import Payout
from tests.cast import TODAY
from tests.funds.conftest import Vault

DIRECTOR, BOTH = [Role.BUREAU_DIRECTOR], [Role.BUREAU_DIRECTOR, Role.PRESIDENT]


def asked(vault: Vault, amount: str) -> Decision:
    case = vault.execution(amount="900000.00", fee=False)
    vault.confirm(vault.pay_in(case, amount))
    payout = Payout.objects.get(state="CONFIRMED", amount=Decimal(amount))
    assert payout.decision is not None
    return payout.decision


def of_card(decision: Decision, vault: Vault) -> dict[str, str]:
    first: dict[str, str] = decisions.cards([decision], vault.at)[0]["facts_for"][0]
    return first


def test_at_the_figure_the_president_approves_too(vault: Vault) -> None:
    assert asked(vault, "99999.99").tiers == DIRECTOR
    decision = asked(vault, "100000.00")
    assert decision.tiers == BOTH
    fact = of_card(decision, vault)
    assert fact["text"] == "达到 100,000.00 元，由执行局长、院长逐级审批"
    assert fact["source"] == "FUND-TIER，默认"


def test_the_courts_own_figure_moves_the_tier(vault: Vault) -> None:
    before = asked(vault, "60000.00")
    RuleOverride.objects.create(
        court=vault.cast.xixian, rule="FUND-TIER", value="50000", from_on=TODAY, why="本院内控",
        set_by=vault.cast.president,
    )  # fmt: skip
    after = asked(vault, "60000.01")
    assert (before.tiers, after.tiers) == (DIRECTOR, BOTH)
    fact = of_card(after, vault)
    assert fact["text"] == "达到 50,000.00 元，由执行局长、院长逐级审批"
    assert fact["source"] == "FUND-TIER，本院设定"
    assert of_card(before, vault)["text"] == "不满 100,000.00 元，由执行局长审批"


def test_a_figure_of_tomorrow_does_not_bind_today(vault: Vault) -> None:
    RuleOverride.objects.create(
        court=vault.cast.xixian, rule="FUND-TIER", value="50000", from_on=TODAY.replace(day=21), why="本院内控",
        set_by=vault.cast.president,
    )  # fmt: skip
    assert asked(vault, "60000.00").tiers == DIRECTOR
    vault.later(days=1)
    assert asked(vault, "60000.01").tiers == BOTH
