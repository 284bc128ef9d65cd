"""The search box takes a case account number, spaced as a bank slip spaces it."""

from cases.queries import search
from funds import numbers
from funds.services import opening
from tests import factories
from tests.cast import MORNING, Cast


def _open(cast: Cast) -> str:
    opening.open_court(
        court=cast.xixian, number="37001031000000018888", bank="农行隰县支行", holder="隰县人民法院",
        sub_prefix="622700991031", actor=cast.actor(cast.administrator), at=MORNING,
    )  # fmt: skip
    return opening.open_for(factories.execution_case(cast), at=MORNING).number


def test_a_pasted_account_number_finds_its_case(cast: Cast) -> None:
    number = _open(cast)
    found = search.find(cast.actor(cast.registrar), numbers.spaced(number))
    assert ([case.kind for case in found.cases], found.sensitive) == (["EXECUTION"], [])


def test_another_court_finds_nothing_by_it(cast: Cast) -> None:
    number = _open(cast)
    assert search.find(cast.actor(cast.stranger), number).cases == []
