"""The litigant's phone: sign in with a code, see only the own case, and of it only what the policy allows."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import transaction
from django.test import Client
from django.utils.html import strip_tags

from cases import facts
from cases.kinds import Audience, CaseKind, ParticipationRole
from cases.models import Case
from cases.queries import disclosing
from cases.services import executing, filing
from gateways.models import Message
from kernel import clock
from portal import pages
from portal.models import SignInCode
from tests import factories
from tests.cast import MORNING, Cast


def _tail(case: Case, role: str) -> str:
    return case.participations.get(role=role).party.id_number[-4:]


def _code() -> str:
    message = Message.objects.filter(channel="sms", about__startswith="portal.code").latest("created_at")
    text = str(message.payload_object.text)
    return text.split("验证码是")[1][:6]


def _signed_in(case: Case, role: str) -> Client:
    browser = Client()
    tail = _tail(case, role)
    asked = browser.post("/my/sign-in/", {"number": case.number, "tail": tail})
    assert asked.status_code == 302
    entered = browser.post("/my/code/", {"code": _code()})
    assert entered.status_code == 302
    return browser


@pytest.fixture
def case(cast: Cast, morning: None) -> Case:
    found = factories.execution_case(cast)
    day = date(2026, 11, 30)
    executing.notify(case_id=found.pk, perform_by=day, report_by=day, actor=cast.actor(cast.query_officer), at=MORNING)
    return found


def test_the_creditor_reads_progress_and_money(case: Case) -> None:
    browser = _signed_in(case, "CREDITOR")
    page = browser.get(f"/my/{case.slug}/")
    assert page.status_code == 200
    said = strip_tags(page.content.decode())
    assert "到哪一步了" in said
    assert "法院已通知被执行人在 2026年11月30日 前履行" in said
    assert "还应收到" in said


def test_the_debtor_reads_what_is_owed_line_by_line(case: Case) -> None:
    browser = _signed_in(case, "DEBTOR")
    html = browser.get(f"/my/{case.slug}/money/").content.decode()
    assert "我欠多少" in html
    assert "15,510.00" in html
    assert clock.today() == date(2026, 11, 20)


def test_a_wrong_tail_answers_like_a_right_one_and_sends_nothing(case: Case) -> None:
    browser = Client()
    answer = browser.post("/my/sign-in/", {"number": case.number, "tail": "0000"})
    assert (answer.status_code, answer["Location"]) == (302, "/my/code/")
    assert SignInCode.objects.count() == 0


def test_five_wrong_codes_end_the_code(case: Case) -> None:
    browser = Client()
    browser.post("/my/sign-in/", {"number": case.number, "tail": _tail(case, "CREDITOR")})
    right = _code()
    for _try in range(5):
        assert browser.post("/my/code/", {"code": "000000" if right != "000000" else "000001"}).status_code == 400
    assert browser.post("/my/code/", {"code": right}).status_code == 400
    assert SignInCode.objects.get().used_at is None


def test_a_code_dies_after_five_minutes(case: Case) -> None:
    browser = Client()
    browser.post("/my/sign-in/", {"number": case.number, "tail": _tail(case, "CREDITOR")})
    right = _code()
    clock.set_to(MORNING.replace(minute=6))
    assert browser.post("/my/code/", {"code": right}).status_code == 400


def test_full_width_digits_and_any_shape_of_number_are_accepted(case: Case) -> None:
    browser = Client()
    tail = _tail(case, "CREDITOR").translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    browser.post(
        "/my/sign-in/", {"number": case.number.replace("（", "(").replace("）", ")").rstrip("号"), "tail": tail}
    )
    assert browser.post("/my/code/", {"code": _code()}).status_code == 302


def test_another_case_is_absent(case: Case, cast: Cast) -> None:
    other = factories.civil_case(cast, seed=500)
    browser = _signed_in(case, "CREDITOR")
    assert browser.get(f"/my/{other.slug}/").status_code == 404
    assert browser.get(f"/my/{other.slug}/story/").status_code == 404


def test_staff_pages_are_closed_to_the_portal(case: Case) -> None:
    browser = _signed_in(case, "CREDITOR")
    assert browser.get("/api/v1/cases/").status_code in {401, 403}


def test_a_party_verifies_the_chain(case: Case) -> None:
    browser = _signed_in(case, "DEBTOR")
    assert "全部核验一致" in browser.get(f"/my/{case.slug}/verify/").content.decode()


def test_a_debtor_sees_nothing_of_a_preservation_before_property_is_under_control(cast: Cast, morning: None) -> None:
    case = factories.civil_case(cast)
    debtor = case.participations.get(role="DEFENDANT").party
    with transaction.atomic():
        filing.open_case(
            matter=case.matter, kind=CaseKind.PRESERVATION, sides={ParticipationRole.RESPONDENT: [debtor]},
            actor=cast.actor(cast.filing_clerk), at=MORNING,
        )  # fmt: skip
    assert [row.case.number for row in disclosing.participations_of(debtor.pk)] == [case.number]


def test_the_applicant_reads_how_many_days_it_took_until_the_money_was_in_hand(
    case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = case.participations.get(role="CREDITOR")
    told = pages.money(row, Audience.CREDITOR, MORNING)
    assert pages.cycle(case, told, MORNING) == {"done": False, "days": 0}
    last = clock.day_of(case.filed_at) + timedelta(days=10)
    monkeypatch.setitem(facts._PROVIDERS, facts.LAST_PAID_ON.name, lambda case, at: last)
    assert pages.cycle(case, told | {"owed": Decimal("0.00")}, MORNING) == {"done": True, "days": 10}
    assert pages.cycle(case, told | {"is_debtor": True}, MORNING) is None
