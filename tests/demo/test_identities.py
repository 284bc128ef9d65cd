"""The people of the demo are nobody: their numbers pass the checks, and no two share one."""

from stdnum.cn import uscc

from cases.kinds import PartyKind
from cases.services import parties
from enforcement.demo.court import growing, identities, matters
from enforcement.demo.court.people import PLANS, XIXIAN
from enforcement.demo.court.stories import wang
from enforcement.demo.court.telling import NUMBERS_EACH


def _serials() -> list[int]:
    stories = [*matters.MATTERS, *growing.stories()]
    return [story.first_serial + at for story in stories for at in range(NUMBERS_EACH)] + [wang.LIU]


def test_every_number_of_a_person_passes_its_check_and_is_met_once() -> None:
    for plan in PLANS:
        numbers = [identities.person_number(serial, plan.county) for serial in _serials()]
        assert len(set(numbers)) == len(numbers) == 400 * NUMBERS_EACH + 1
        for number in numbers:
            assert parties.check_identity(kind=PartyKind.PERSON, name="某人", typed=number).number == number


def test_every_code_of_an_organisation_passes_its_check_and_is_met_once() -> None:
    for plan in PLANS:
        codes = [identities.credit_code(serial, plan.county) for serial in _serials()]
        assert len(set(codes)) == len(codes)
        assert all(uscc.is_valid(code) for code in codes)


def test_a_name_says_that_nobody_bears_it() -> None:
    assert all("某" in identities.person(serial, XIXIAN.county).name for serial in range(200))
    assert all("某" in identities.company(serial, XIXIAN.county).name for serial in range(200))


def test_an_account_ends_as_it_is_told_to() -> None:
    assert identities.account(7, "6217").endswith("6217")
    assert len(identities.account(7, "6217")) == len(identities.account(7)) == 19


def test_everybody_has_a_telephone_that_nobody_else_has() -> None:
    numbers = [identities.phone(serial, plan.county) for plan in PLANS for serial in range(10_000)]
    assert len(set(numbers)) == len(numbers)
    assert all(parties.check_phone(number) == number and number.startswith("154") for number in numbers)
    assert identities.person(1, XIXIAN.county).phone == "15410310001"
