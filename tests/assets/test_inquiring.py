"""网络查询: every debtor at every registry, answers as findings, hurrying, clues."""

from decimal import Decimal

import pytest

from assets import queries
from assets.models import Finding, Inquiry
from assets.models.inquiries import Channel
from assets.services import clueing, inquiring
from cases import facts
from cases.models import Case, Clue, Duty, Event
from cases.services import clues, executing
from kernel import clock
from kernel.refusals import NotFound
from tests.assets.conftest import Desk


def _asked(desk: Desk) -> Case:
    case = desk.execution()
    day = clock.day_of(desk.at)
    executing.notify(case_id=case.pk, perform_by=day, report_by=day, actor=desk.who("query_officer"), at=desk.at)
    return case


def _nothing_but(desk: Desk, case: Case, channel: str, *findings: dict[str, object]) -> None:
    number = desk.debtor(case).id_number
    for one in Channel:
        name = one.value.partition(".")[2]
        body = {"id_number": number, "channel": name, "findings": list(findings) if name == channel else []}
        assert desk.outside.request("POST", "/registries/fixtures", body).status == 201


def test_every_registry_is_asked_and_the_case_moves_on_when_all_have_answered(desk: Desk) -> None:
    case = _asked(desk)
    _nothing_but(desk, case, "vehicle", {"plate": "晋L84739", "model": "朗逸", "status": "正常"})
    inquiring.send(case_id=case.pk, actor=desk.who("query_officer"), at=desk.at)
    assert Inquiry.objects.count() == len(Channel)
    assert queries.searched(case, desk.at) is False
    desk.drain()
    case.refresh_from_db()
    assert (case.stage, queries.searched(case, desk.at), queries.found_nothing(case, desk.at)) == (
        "INQUIRED",
        True,
        False,
    )
    found = Finding.objects.get()
    assert (found.kind, found.label, found.value) == ("MOVABLE", "车辆 朗逸 尾号4739", None)
    assert found.details["plate"] == "晋L84739"
    assert Event.objects.get(verb="assets.inquired").facts["found"] == 1
    assert Duty.objects.filter(kind__in=["assets.inquire", "assets.answers_owed"], closed_at__isnull=True).count() == 0


def test_income_is_known_but_is_no_property(desk: Desk) -> None:
    case = _asked(desk)
    _nothing_but(desk, case, "tax", {"payer": "隰县广源实业有限公司", "taxable_income": "186000.00"})
    inquiring.send(case_id=case.pk, actor=desk.who("query_officer"), at=desk.at)
    desk.drain()
    assert queries.found_nothing(case, desk.at) is True
    told = facts.read(facts.FOUND, case=case, at=desk.at)
    assert [(one.party, one.amount, one.source, one.income) for one in told] == [
        (desk.debtor(case).symbol, Decimal("186000.00"), "税务", True)
    ]


def test_a_second_round_waits_for_the_first(desk: Desk) -> None:
    case = _asked(desk)
    officer = desk.who("query_officer")
    inquiring.send(case_id=case.pk, actor=officer, at=desk.at)
    with pytest.raises(inquiring.StillOut):
        inquiring.send(case_id=case.pk, actor=officer, at=desk.at)
    assert set(Inquiry.objects.values_list("round", flat=True)) == {1}
    desk.drain()
    inquiring.send(case_id=case.pk, actor=officer, at=desk.at)
    assert set(Inquiry.objects.values_list("round", flat=True)) == {1, 2}


def test_what_has_not_answered_is_hurried_once_a_day(desk: Desk) -> None:
    case = _asked(desk)
    officer = desk.who("query_officer")
    with pytest.raises(inquiring.NothingOut):
        inquiring.nudge(case_id=case.pk, actor=officer, at=desk.at)
    desk.outside.request("POST", "/control/settings", {"answer_seconds": 86400})
    inquiring.send(case_id=case.pk, actor=officer, at=desk.at)
    desk.drain()
    assert inquiring.nudge(case_id=case.pk, actor=officer, at=desk.at) == len(Channel)
    with pytest.raises(inquiring.HurriedAlready):
        inquiring.nudge(case_id=case.pk, actor=officer, at=desk.at)
    assert Event.objects.filter(verb="assets.inquiry_nudged").count() == 1
    desk.later(days=1)
    desk.drain()
    assert queries.searched(case, desk.at) is True


def test_a_debtor_without_a_number_cannot_be_asked_about(desk: Desk) -> None:
    case = _asked(desk)
    party = desk.debtor(case)
    party.id_number = ""
    party.save(update_fields=["id_number"])
    with pytest.raises(inquiring.NothingToAsk):
        inquiring.send(case_id=case.pk, actor=desk.who("query_officer"), at=desk.at)
    assert Inquiry.objects.count() == 0


def test_a_refused_inquiry_ends_the_round_all_the_same(desk: Desk) -> None:
    case = _asked(desk)
    _nothing_but(desk, case, "none")
    desk.outside.request("POST", "/control/force", {"fault": "refused", "operation": "inquiry"})
    inquiring.send(case_id=case.pk, actor=desk.who("query_officer"), at=desk.at)
    desk.drain()
    assert Inquiry.objects.filter(state="REFUSED").count() == 1
    assert queries.searched(case, desk.at) is True


def test_a_clue_is_a_duty_until_it_is_checked_once(desk: Desk) -> None:
    case = desk.execution()
    executor = desk.who("executor")
    clue = clues.give(
        case_id=case.pk, party=desk.debtor(case), kind="VEHICLE", description="门口停着货车 晋L7K2", given_by="王某军",
        actor=executor, at=desk.at,
    )  # fmt: skip
    duty = Duty.objects.get(kind="assets.check_clue")
    assert (duty.subject, duty.holder) == (f"cases.clue:{clue.pk}", desk.cast.executor)
    with pytest.raises(clueing.ResultMissing):
        clueing.check(case_id=case.pk, clue_id=clue.pk, result=" ", actor=executor, at=desk.at)
    clueing.check(case_id=case.pk, clue_id=clue.pk, result="车在他人名下", actor=executor, at=desk.at)
    duty.refresh_from_db()
    assert duty.closed_at == desk.at
    with pytest.raises(clueing.CheckedAlready):
        clueing.check(case_id=case.pk, clue_id=clue.pk, result="再查", actor=executor, at=desk.at)
    assert Clue.objects.get().result == "车在他人名下"


def test_another_court_finds_nothing_to_ask(desk: Desk) -> None:
    case = _asked(desk)
    with pytest.raises(NotFound):
        inquiring.send(case_id=case.pk, actor=desk.who("stranger"), at=desk.at)
    assert Inquiry.objects.count() == 0
