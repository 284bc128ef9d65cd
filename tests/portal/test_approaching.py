"""主动联系 (F-23): a defendant offers to pay or to mediate; what is paid ahead lowers what is executed later."""

from datetime import date
from decimal import Decimal

import pytest

from accounts.actors import Actor
from cases import queries as case_queries
from cases.kinds import PerformanceSource
from cases.models import Case, Duty, Event, Notice, Performance
from cases.services import filing, trial
from funds.models import Payout
from kernel import clock
from kernel.refusals import BadInput, NotFound
from portal.models import Approach
from portal.services import approaching
from tests import factories
from tests.funds import conftest as vaults
from tests.funds.conftest import Vault
from tests.portal.test_litigant_reads import _signed_in

vault = vaults.vault
D = Decimal


def party_of(case: Case, role: str) -> Actor:
    party = case.participations.get(role=role).party
    return Actor.party(court=case.court, party_id=party.pk, name=party.name, case_ids=frozenset({case.pk}))


@pytest.fixture
def civil(vault: Vault) -> Case:
    """王某军 against 某环保科技公司, before its judge."""
    case = factories.civil_case(vault.cast, claimed="1000.00")
    return trial.begin(case_id=case.pk, judge=vault.cast.trial_judge, actor=vault.who("filing_clerk"), at=vault.at)


def test_a_defendant_comes_forward_and_the_judge_answers_within_two_working_days(vault: Vault, civil: Case) -> None:
    debtor = party_of(civil, "DEFENDANT")
    row = approaching.make(case_id=civil.pk, kind="MEDIATE", words="愿意先付一半", actor=debtor, at=vault.at)
    duty = Duty.objects.get(kind="portal.answer_approach")
    assert (duty.holder, duty.due_on) == (vault.cast.trial_judge, date(2026, 11, 24))
    event = Event.objects.get(verb="portal.approached")
    assert event.facts == {"kind": "MEDIATE", "amount": None, "v": 1}
    approaching.answer(approach_id=row.pk, words="周三上午来院调解", actor=vault.who("trial_judge"), at=vault.at)
    duty.refresh_from_db()
    assert (duty.closed_at, duty.closed_in_time) == (vault.at, True)
    told = Notice.objects.get(event__verb="portal.approach_answered")
    assert told.party == civil.participations.get(role="DEFENDANT").party


def test_one_request_at_a_time_and_only_by_those_who_owe(vault: Vault, civil: Case) -> None:
    debtor = party_of(civil, "DEFENDANT")
    with pytest.raises(approaching.NotYours):
        approaching.make(case_id=civil.pk, kind="PAY", actor=party_of(civil, "PLAINTIFF"), at=vault.at)
    with pytest.raises(BadInput):
        approaching.make(case_id=civil.pk, kind="PAY", amount=D("0"), actor=debtor, at=vault.at)
    approaching.make(case_id=civil.pk, kind="PAY", amount=D("300"), actor=debtor, at=vault.at)
    with pytest.raises(approaching.WaitingForAnswer):
        approaching.make(case_id=civil.pk, kind="PAY", actor=debtor, at=vault.at)
    assert Approach.objects.count() == 1


def test_an_answer_is_given_once_by_whoever_handles_the_case(vault: Vault, civil: Case) -> None:
    row = approaching.make(case_id=civil.pk, kind="PAY", actor=party_of(civil, "DEFENDANT"), at=vault.at)
    with pytest.raises(NotFound):
        approaching.answer(approach_id=row.pk, words="好", actor=vault.who("other_judge"), at=vault.at)
    with pytest.raises(BadInput):
        approaching.answer(approach_id=row.pk, words=" ", actor=vault.who("trial_judge"), at=vault.at)
    approaching.answer(approach_id=row.pk, words="好", actor=vault.who("trial_judge"), at=vault.at)
    with pytest.raises(approaching.AnsweredAlready):
        approaching.answer(approach_id=row.pk, words="好", actor=vault.who("trial_judge"), at=vault.at)


def test_what_was_paid_before_judgment_lowers_the_execution_and_shows_its_source(vault: Vault, civil: Case) -> None:
    receipt = vault.pay_in(civil, "300.00")
    assert (receipt.state, receipt.case_id) == ("MATCHED", civil.pk)
    assert Payout.objects.get(receipt=receipt).parts == {"before_judgment": "300.00"}
    creditor, debtor = (civil.participations.get(role=role).party for role in ("PLAINTIFF", "DEFENDANT"))
    item = trial.ItemInput(amount=D("1000.00"), payers=[debtor], payee=creditor, due_on=date(2026, 12, 10))
    judge = vault.who("trial_judge")
    trial.judge(case_id=civil.pk, items=[item], judged_on=date(2026, 11, 20), actor=judge, at=vault.at)
    vault.now_is(clock.at_time(date(2026, 12, 11), 9))
    trial.take_effect(case_id=civil.pk, effective_on=date(2026, 12, 6), actor=judge, at=vault.at)
    execution = filing.file_execution(basis_id=civil.pk, actor=vault.who("filing_clerk"), at=vault.at)
    assert (execution.claimed, execution.fee) == (D("700.00"), D("50.00"))
    owed = case_queries.debt(execution.matter, date(2026, 12, 11))
    assert (owed.principal, owed.costs) == (D("700.00"), D("50.00"))  # a fee that arose later took nothing of it
    assert [str(line.amount) for line in owed.lines if line.amount < 0] == ["-300.00"]
    source = Performance.objects.get(matter=execution.matter)
    assert (source.source, source.amount, source.on) == (PerformanceSource.RECEIPT, D("300.00"), date(2026, 11, 20))
    assert source.subject == receipt.symbol
    vault.whole()


def test_what_was_wholly_paid_before_is_not_executed(vault: Vault, civil: Case) -> None:
    vault.pay_in(civil, "1000.00")
    creditor, debtor = (civil.participations.get(role=role).party for role in ("PLAINTIFF", "DEFENDANT"))
    item = trial.ItemInput(amount=D("1000.00"), payers=[debtor], payee=creditor, due_on=date(2026, 12, 10))
    judge = vault.who("trial_judge")
    trial.judge(case_id=civil.pk, items=[item], judged_on=date(2026, 11, 20), actor=judge, at=vault.at)
    vault.now_is(clock.at_time(date(2026, 12, 11), 9))
    trial.take_effect(case_id=civil.pk, effective_on=date(2026, 12, 6), actor=judge, at=vault.at)
    with pytest.raises(filing.NothingLeft):
        filing.file_execution(basis_id=civil.pk, actor=vault.who("filing_clerk"), at=vault.at)
    assert Case.objects.count() == 1


def test_the_phone_takes_the_request_and_shows_the_answer(vault: Vault, civil: Case, as_: object) -> None:
    browser = _signed_in(civil, "DEFENDANT")
    url = f"/my/{civil.slug}/approach/"
    page = browser.get(url).content.decode()
    assert vault.number(civil) in page
    assert "还款调解" in browser.get(f"/my/{civil.slug}/").content.decode()
    wrong = browser.post(url, {"kind": "PAY", "amount": "３００．１２３", "words": "厂里月底回款"})
    assert (wrong.status_code, "厂里月底回款" in wrong.content.decode()) == (400, True)
    assert browser.post(url, {"kind": "PAY", "amount": "３００元", "words": "厂里月底回款"}).status_code == 302
    row = Approach.objects.get()
    assert row.amount == D("300.00")
    assert "11月24日" in browser.get(url).content.decode()
    desk = as_(vault.cast.trial_judge)  # type: ignore[operator]
    assert "厂里月底回款" in desk.get(f"/approaches/{row.pk}/").content.decode()
    assert desk.post(f"/approaches/{row.pk}/", {"why": "可以，周三来签调解协议"}).status_code == 302
    assert "可以，周三来签调解协议" in browser.get(url).content.decode()


def test_the_creditor_has_no_such_page(vault: Vault, civil: Case) -> None:
    assert _signed_in(civil, "PLAINTIFF").get(f"/my/{civil.slug}/approach/").status_code == 404
