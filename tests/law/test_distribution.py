"""Dividing proceeds among creditors (DIST-WHO, DIST-TITLE, DIST-WINDOW, DIST-ORDER, DIST-CORP, DIST-MULTI-TITLE,
DIST-CRIM, DIST-DOUBLE-LAST, DIST-OBJ-1, DIST-OBJ-2, DIST-OBJ-3, FUND-DISPUTE-HOLD, BKR-NOTICE)."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from law import distribution
from law.distribution import Claim, Debtor, Rank

D = Decimal
MORTGAGE = Claim(key="抵押", amount=D(200000), rank=Rank.PRIORITY)
ORDINARY = (
    Claim(key="A", amount=D(300000), seized_at=datetime(2025, 1, 3)),
    Claim(key="B", amount=D(150000), seized_at=datetime(2025, 1, 1)),
    Claim(key="C", amount=D(100001)),
)


def divide(debtor: Debtor, **more: object) -> dict[str, Decimal]:
    given: dict[str, object] = {"proceeds": D(500000), "costs": D(15400), "claims": (MORTGAGE, *ORDINARY)}
    found = distribution.distribute(debtor=debtor, **{**given, **more})  # type: ignore[arg-type]
    assert found.costs + sum(s.paid + s.reserved for s in found.shares) + found.surplus == found.proceeds
    assert found.reckoning.total + found.surplus == found.proceeds
    return {share.key: share.paid for share in found.shares}


def test_creditors_of_a_natural_person_share_in_proportion_to_the_fen() -> None:
    assert divide(Debtor.NATURAL_PERSON) == {
        "抵押": D("200000.00"),
        "A": D("155236.08"),
        "B": D("77618.04"),
        "C": D("51745.88"),
    }


def test_creditors_of_a_company_are_paid_by_the_order_of_seizure() -> None:
    assert divide(Debtor.COMPANY) == {
        "抵押": D("200000.00"),
        "A": D("134600.00"),
        "B": D("150000.00"),
        "C": D("0.00"),
    }


def test_creditors_of_one_judgment_share_in_proportion_whoever_the_debtor_is() -> None:
    assert divide(Debtor.COMPANY, one_title=True) == divide(Debtor.OTHER_ORGANISATION)


def test_a_company_agreed_to_go_to_bankruptcy_is_not_distributed() -> None:
    with pytest.raises(distribution.MustGoToBankruptcy):
        divide(Debtor.COMPANY, bankruptcy_agreed=True)


def test_a_secured_claim_is_bounded_by_its_collateral() -> None:
    found = divide(Debtor.NATURAL_PERSON, claims=(replace(MORTGAGE, limit=D(100000)), ORDINARY[0]))
    assert found == {"抵押": D("100000.00"), "A": D("300000.00")}


def test_the_first_priority_comes_before_the_second() -> None:
    claims = (replace(MORTGAGE, priority=2), replace(MORTGAGE, key="工程款", amount=D(400000), priority=1))
    assert divide(Debtor.COMPANY, claims=claims) == {"抵押": D("84600.00"), "工程款": D("400000.00")}


def test_criminal_and_civil_debts_follow_their_own_order() -> None:
    ranks = (
        ("没收", Rank.CONFISCATION),
        ("罚金", Rank.FINE),
        ("民事", Rank.ORDINARY),
        ("退赔", Rank.RESTITUTION),
        ("抵押", Rank.PRIORITY),
        ("医疗费", Rank.MEDICAL),
    )
    claims = [Claim(key=key, amount=D(100), rank=rank) for key, rank in ranks]
    for money, paid in ((100, {"医疗费"}), (200, {"医疗费", "抵押"}), (300, {"医疗费", "抵押", "退赔"})):
        found = divide(Debtor.NATURAL_PERSON, proceeds=D(money), costs=D(0), claims=claims)
        assert {key for key, amount in found.items() if amount} == paid
    all_paid = divide(Debtor.NATURAL_PERSON, proceeds=D(450), costs=D(0), claims=claims)
    assert (all_paid["民事"], all_paid["罚金"], all_paid["没收"]) == (D("100.00"), D("50.00"), D("0.00"))


def test_the_doubled_part_waits_for_everybodys_other_parts() -> None:
    claims = (
        Claim(key="A", amount=D(100), doubled=D(50)),
        Claim(key="B", amount=D(100), doubled=D(10)),
        Claim(key="罚金", amount=D(100), rank=Rank.FINE),
    )
    found = divide(Debtor.NATURAL_PERSON, proceeds=D(230), costs=D(0), claims=claims)
    assert found == {"A": D("125.00"), "B": D("105.00"), "罚金": D("0.00")}


def test_a_disputed_sum_is_reserved_and_not_paid() -> None:
    claims = (replace(ORDINARY[0], disputed=D(100000)), ORDINARY[1])
    found = distribution.distribute(proceeds=D(450000), costs=D(0), claims=claims, debtor=Debtor.NATURAL_PERSON)
    share = found.share("A")
    assert (share.paid, share.reserved, share.unpaid) == (D("200000.00"), D("100000.00"), D("0.00"))


def test_without_a_title_only_a_priority_takes_part() -> None:
    claims = (replace(MORTGAGE, has_title=False), replace(ORDINARY[0], has_title=False), ORDINARY[1])
    found = divide(Debtor.NATURAL_PERSON, claims=claims)
    assert found == {"抵押": D("200000.00"), "A": D("0.00"), "B": D("150000.00")}


def test_taking_part_is_for_persons_in_time() -> None:
    join = {"has_title": True, "has_priority": False, "asked_on": date(2025, 3, 3), "ended_on": date(2025, 3, 3)}
    assert distribution.may_join(debtor=Debtor.NATURAL_PERSON, **join)
    assert not distribution.may_join(debtor=Debtor.COMPANY, **join)
    assert not distribution.may_join(debtor=Debtor.NATURAL_PERSON, **{**join, "asked_on": date(2025, 3, 4)})
    assert not distribution.may_join(debtor=Debtor.NATURAL_PERSON, **{**join, "has_title": False})


def test_the_three_windows_are_chained_and_each_runs_from_its_own_receipt() -> None:
    first = distribution.plan_windows(plan_received_on=date(2025, 3, 3))
    assert (first.object_by, first.oppose_by, first.sue_by) == (date(2025, 3, 18), None, None)
    later = distribution.plan_windows(
        plan_received_on=date(2025, 3, 3),
        objection_notified_on=date(2025, 3, 20),
        opposition_notified_on=date(2025, 4, 10),
    )
    assert (later.oppose_by, later.sue_by) == (date(2025, 4, 7), date(2025, 4, 25))


MONEY = st.decimals(min_value=0, max_value=10**7, places=2)
CLAIMS = st.lists(
    st.builds(
        Claim,
        key=st.uuids().map(str),
        amount=MONEY,
        rank=st.sampled_from(list(Rank)),
        doubled=MONEY,
        disputed=MONEY,
        seized_at=st.none() | st.datetimes(min_value=datetime(2020, 1, 1), max_value=datetime(2025, 1, 1)),
        limit=st.none() | MONEY,
        has_title=st.booleans(),
    ),
    max_size=6,
)


@given(MONEY, MONEY, CLAIMS, st.sampled_from(list(Debtor)))
def test_no_fen_is_lost_and_nobody_gets_more_than_his_claim(
    proceeds: Decimal, costs: Decimal, claims: list[Claim], debtor: Debtor
) -> None:
    found = distribution.distribute(proceeds=proceeds, costs=costs, claims=claims, debtor=debtor)
    given_away = sum((share.paid + share.reserved for share in found.shares), D(0))
    assert found.costs + given_away + found.surplus == proceeds
    for claim, share in zip(claims, found.shares, strict=True):
        assert share.paid >= 0
        assert share.unpaid >= 0
        assert share.paid + share.reserved + share.unpaid == claim.amount + claim.doubled
