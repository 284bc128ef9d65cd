"""What parties hand in on the phone: 催一下, an objection that becomes a case only by the clerk, their own account."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from accounts.actors import Actor
from accounts.models import AuditEntry
from cases.models import Case, Duty, Event, Objection
from funds.models import PayeeAccount
from funds.services import payees
from kernel.refusals import BadInput, NotAllowed, NotFound
from portal.models import Submission
from portal.services import submitting
from tests.funds import conftest as vaults
from tests.funds.conftest import Vault
from tests.portal.test_approaching import party_of
from tests.portal.test_litigant_reads import _signed_in

vault = vaults.vault
SignIn = Callable[[object], Client]


@pytest.fixture
def case(vault: Vault) -> Case:
    """王某军 against 某环保科技公司, in execution, with 张某 as its officer."""
    return vault.execution(amount="1000.00", fee=False)


@pytest.fixture
def creditor(case: Case) -> Actor:
    return party_of(case, "CREDITOR")


def hurry(vault: Vault, case: Case, actor: Actor, words: str = "车找到了吗") -> Submission:
    return submitting.hurry(case_id=case.pk, words=words, actor=actor, at=vault.at)


def hand_in(vault: Vault, case: Case, actor: Actor, contested: str = "（2026）晋1031执1号之一裁定") -> Submission:
    return submitting.object_to(
        case_id=case.pk, kind="CONDUCT", contested=contested, words="超标的查封", actor=actor, at=vault.at
    )


def test_a_party_hurries_and_the_officer_answers_within_three_working_days(
    vault: Vault, case: Case, creditor: Actor
) -> None:
    row = hurry(vault, case, creditor)
    duty = Duty.objects.get(kind="portal.answer_hurry")
    assert (duty.holder_id, duty.due_on) == (case.officer_id, date(2026, 11, 25))
    submitting.answer(submission_id=row.pk, words="周五去车管所", actor=vault.who("executor"), at=vault.at)
    duty.refresh_from_db()
    assert (duty.closed_at, duty.closed_in_time) == (vault.at, True)
    with pytest.raises(submitting.AnsweredAlready):
        submitting.answer(submission_id=row.pk, words="再答", actor=vault.who("executor"), at=vault.at)


def test_a_party_hurries_once_in_seven_days_each_for_itself(vault: Vault, case: Case, creditor: Actor) -> None:
    row = hurry(vault, case, creditor)
    with pytest.raises(submitting.HurriedLately):
        hurry(vault, case, creditor)
    hurry(vault, case, party_of(case, "DEBTOR"))
    submitting.answer(submission_id=row.pk, words="在办", actor=vault.who("executor"), at=vault.at)
    vault.later(days=6)
    with pytest.raises(submitting.HurriedLately) as refused:
        hurry(vault, case, creditor)
    assert "2026年11月27日起可以再催" in refused.value.text
    assert Submission.objects.count() == 2
    vault.later(days=1)
    assert hurry(vault, case, creditor).made_at == vault.at


def test_nobody_hurries_the_case_of_others(vault: Vault, case: Case) -> None:
    stranger = party_of(vault.execution(amount="5.00"), "CREDITOR")
    with pytest.raises(NotFound):
        hurry(vault, case, stranger)
    assert not Submission.objects.exists()


def test_an_objection_becomes_a_case_only_when_the_clerk_takes_it_up(vault: Vault, case: Case) -> None:
    debtor = party_of(case, "DEBTOR")
    row = hand_in(vault, case, debtor)
    assert not Objection.objects.exists()
    duty = Duty.objects.get(kind="portal.take_objection")
    assert (duty.holder_role, duty.due_on) == ("FILING_CLERK", date(2026, 11, 23))
    with pytest.raises(submitting.ObjectionWaits):
        hand_in(vault, case, debtor, contested="拍卖公告")
    given = {"submission_id": row.pk, "kind": "CONDUCT", "contested": row.contested, "at": vault.at}
    with pytest.raises(NotAllowed):
        submitting.take_up(actor=vault.who("executor"), **given)  # type: ignore[arg-type]
    vault.later(days=1)
    made = submitting.take_up(actor=vault.who("filing_clerk"), **given).opened  # type: ignore[arg-type]
    found = Objection.objects.get()
    assert (found.case, found.objector_id, found.received_on) == (made, debtor.party_id, date(2026, 11, 20))
    assert (found.request, found.case.kind) == ("超标的查封", "OBJECTION")
    duty.refresh_from_db()
    assert duty.closed_at is not None
    assert hand_in(vault, case, debtor, contested="拍卖公告").pk != row.pk


def test_an_objection_that_is_not_filed_is_turned_back_with_the_reason(vault: Vault, case: Case) -> None:
    row = hand_in(vault, case, party_of(case, "DEBTOR"))
    with pytest.raises(BadInput):
        submitting.turn_back(submission_id=row.pk, words=" ", actor=vault.who("filing_clerk"), at=vault.at)
    submitting.turn_back(submission_id=row.pk, words="请补正所针对的裁定", actor=vault.who("filing_clerk"), at=vault.at)
    assert not Objection.objects.exists()
    assert Event.objects.filter(verb="portal.objection_turned_back").count() == 1
    assert Duty.objects.get(kind="portal.take_objection").closed_at is not None


def test_the_phone_and_the_desk_carry_both(vault: Vault, case: Case, as_: SignIn) -> None:
    browser, page = _signed_in(case, "DEBTOR"), f"/my/{case.slug}/"
    first = browser.get(page).content.decode()
    assert "催一下" in first
    assert "提出执行异议" in first
    assert browser.post(f"{page}hurry/", {"words": "能不能分期"}).status_code == 302
    asked = Submission.objects.get()
    assert "请等答复" in browser.get(f"{page}hurry/").content.decode()
    officer = as_(vault.cast.executor)
    assert "能不能分期" in officer.get(f"/approaches/handed-in/{asked.pk}/").content.decode()
    assert officer.post(f"/approaches/handed-in/{asked.pk}/", {"why": "可以写还款计划"}).status_code == 302
    assert "可以写还款计划" in browser.get(f"{page}hurry/").content.decode()
    short = browser.post(f"{page}objection/", {"kind": "TITLE", "contested": "", "words": "车是我的"})
    assert (short.status_code, "车是我的" in short.content.decode()) == (400, True)
    typed = {"kind": "TITLE", "contested": "晋L12345", "words": "车是我的"}
    assert browser.post(f"{page}objection/", typed).status_code == 302
    row = Submission.objects.get(kind="OBJECTION")
    clerk = as_(vault.cast.filing_clerk)
    address = f"/approaches/handed-in/{row.pk}/"
    assert clerk.post(address, {"outcome": "BACK", "kind": "TITLE", "contested": "晋L12345"}).status_code == 400
    answer = clerk.post(address, {"outcome": "FILE", "kind": "TITLE", "contested": "晋L12345"})
    assert answer.status_code == 302
    assert Objection.objects.get().case.number in browser.get(f"{page}objection/").content.decode()


def test_a_creditor_enters_its_own_account_and_another_person_confirms_it(vault: Vault, case: Case) -> None:
    browser, url = _signed_in(case, "CREDITOR"), f"/my/{case.slug}/account/"
    PayeeAccount.objects.all().delete()
    assert browser.post(url, {"account": "12", "bank": "农行"}).status_code == 400
    assert browser.post(url, {"account": "6228 4800 1234 5678 901", "bank": "农业银行隰县支行"}).status_code == 302
    row = PayeeAccount.objects.get()
    assert (row.holder, row.account, row.confirmed_at) == (row.party.name, "6228480012345678901", None)
    page = browser.get(url).content.decode()
    assert "8901" in page
    assert "6228480012345678901" not in page
    assert "待法院核对" in page
    duty = Duty.objects.get(kind="funds.check_payee_account")
    assert (duty.holder_id, duty.due_on) == (case.officer_id, date(2026, 11, 25))
    entry = AuditEntry.objects.get(act=payees.ENTERED, about=row.symbol)
    assert entry.actor == row.party.symbol
    payees.confirm(payee_account_id=row.pk, actor=vault.who("executor"), at=vault.at)
    duty.refresh_from_db()
    assert duty.closed_at == vault.at


def test_another_entry_replaces_the_first_and_a_wrong_one_is_refused(vault: Vault, case: Case) -> None:
    browser, url = _signed_in(case, "CREDITOR"), f"/my/{case.slug}/account/"
    PayeeAccount.objects.all().delete()
    for account in ("6228480012345678901", "6228480012345678902"):
        assert browser.post(url, {"account": account, "bank": "农业银行隰县支行"}).status_code == 302
    first, second = PayeeAccount.objects.order_by("entered_at", "id")
    assert (first.ended_at is None, second.ended_at) == (False, None)
    assert Duty.objects.filter(kind="funds.check_payee_account", closed_at__isnull=True).count() == 1
    with pytest.raises(BadInput):
        payees.refuse(payee_account_id=second.pk, why=" ", actor=vault.who("executor"), at=vault.at)
    payees.refuse(payee_account_id=second.pk, why="与账户确认书不符", actor=vault.who("executor"), at=vault.at)
    with pytest.raises(payees.AlreadyConfirmed):
        payees.confirm(payee_account_id=second.pk, actor=vault.who("executor"), at=vault.at)
    assert not Duty.objects.filter(kind="funds.check_payee_account", closed_at__isnull=True).exists()


def test_an_entry_of_the_party_changes_nothing_until_staff_proves_itself(vault: Vault, case: Case) -> None:
    browser = _signed_in(case, "CREDITOR")
    used = PayeeAccount.objects.usable().get()
    typed = {"account": "6228480012345678909", "bank": "农业银行隰县支行"}
    assert browser.post(f"/my/{case.slug}/account/", typed).status_code == 302
    row = PayeeAccount.objects.get(tail="8909")
    with pytest.raises(payees.ProveYourself):
        payees.confirm(payee_account_id=row.pk, actor=vault.who("executor"), at=vault.at)
    assert PayeeAccount.objects.usable().get() == used
    payees.confirm(payee_account_id=row.pk, actor=vault.who("executor"), at=vault.at, proof=vault.proof("executor"))
    assert PayeeAccount.objects.usable().get() == row


def test_only_a_creditor_of_an_open_execution_has_the_page(vault: Vault, case: Case) -> None:
    assert _signed_in(case, "DEBTOR").get(f"/my/{case.slug}/account/").status_code == 404
