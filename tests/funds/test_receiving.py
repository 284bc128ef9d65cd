"""Money finds its case: by the case's number, by a case number in the remark, or it waits with a named reason."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import translation

from cases import queries
from cases.models import Duty, Event, Performance
from cases.services import trial
from funds.kinds import ReceiptState, SuspenseReason
from funds.models import Payout, Receipt, StatementLine, SubAccount, Transfer
from funds.services import receiving
from kernel import clock
from tests import factories
from tests.funds.conftest import Vault


def test_a_case_has_one_number_with_right_check_digits(vault: Vault) -> None:
    case = vault.execution()
    number = vault.number(case)
    assert number == "62210310" + "264" + "000001" + number[-2:]
    assert int(number) % 97 == 1
    assert vault.number(case) == number
    assert SubAccount.objects.count() == 1


def test_money_to_the_number_is_booked_and_a_draft_waits_for_the_executor(vault: Vault) -> None:
    case = vault.execution(amount="1000.00")
    receipt = vault.pay_in(case, "300.00")
    assert (receipt.case_id, receipt.state, receipt.on_behalf) == (case.pk, "MATCHED", False)
    assert vault.balances() == {"BANK": Decimal("300.00"), "CASE": Decimal("300.00")}
    verbs = list(
        Event.objects.filter(case=case, verb__startswith="funds.").order_by("seq").values_list("verb", flat=True)
    )
    assert verbs[0] == "funds.receipt_booked"
    assert set(verbs[1:]) == {"funds.payout_drafted"}
    assert sum(Payout.objects.filter(receipt=receipt).values_list("amount", flat=True)) == Decimal("300.00")
    relay = Duty.objects.get(case=case, kind="funds.relay", closed_at=None)
    assert relay.due_at == receipt.received_at + timedelta(hours=72)
    assert relay.holder == vault.cast.executor
    by_law = Duty.objects.get(case=case, kind="funds.pay_in_time", closed_at=None)
    assert by_law.due_on == date(2026, 12, 21)  # the thirtieth day, 20 December, is a Sunday
    vault.whole()


def test_a_case_number_in_the_remark_is_enough(vault: Vault) -> None:
    case = vault.execution()
    receipt = vault.receive(vault.credit("50.00", remark="（2026）晋1031执1号案款"))
    assert receipt is not None
    assert receipt.case_id == case.pk


@pytest.mark.parametrize(
    "remark",
    ["〔2026〕晋1031执1号", "2026晋1031执1 王某军案", "付（２０２６）晋１０３１执１号执行款", "交(2026)晋1031执1号"],
)
def test_a_case_number_is_read_in_any_shape(vault: Vault, remark: str) -> None:
    case = vault.execution()
    receipt = vault.receive(vault.credit("50.00", remark=remark))
    assert receipt is not None
    assert receipt.case_id == case.pk


def test_the_number_is_found_inside_a_remark_and_in_groups(vault: Vault) -> None:
    case = vault.execution()
    number = vault.number(case)
    grouped = " ".join(number[at : at + 4] for at in range(0, len(number), 4))
    for remark in (f"还款{number}", grouped):
        receipt = vault.receive(vault.credit("50.00", remark=remark))
        assert receipt is not None
        assert receipt.case_id == case.pk


def test_a_payer_who_is_not_the_debtor_pays_on_behalf(vault: Vault) -> None:
    case = vault.execution()
    receipt = vault.pay_in(case, "50.00", payer="王某（妻）")
    assert (receipt.on_behalf, receipt.payer_name) == (True, "王某（妻）")
    assert queries.debt(case.matter, clock.day_of(vault.at)).paid.total == Decimal("50.00")


@pytest.mark.parametrize(
    ("remark", "reason"),
    [
        ("替还款", SuspenseReason.NO_REFERENCE),
        ("（2026）晋1031执999号", SuspenseReason.UNKNOWN_NUMBER),
        ("6221031026400000100", SuspenseReason.WRONG_CHECK),
    ],
)
def test_money_without_a_case_waits_with_its_reason(vault: Vault, remark: str, reason: SuspenseReason) -> None:
    vault.execution()
    receipt = vault.receive(vault.credit("38000.00", remark=remark, payer="任某兰"))
    assert receipt is not None
    assert (receipt.state, receipt.reason, receipt.case_id) == (ReceiptState.SUSPENSE, reason, None)
    assert vault.balances() == {"BANK": Decimal("38000.00"), "SUSPENSE": Decimal("38000.00")}
    assert Performance.objects.count() == 0
    vault.whole()


def test_two_cases_in_one_remark_are_ambiguous(vault: Vault) -> None:
    vault.execution(seed=1)
    vault.execution(seed=2)
    receipt = vault.receive(vault.credit("10.00", remark="（2026）晋1031执1号、（2026）晋1031执2号"))
    assert receipt is not None
    assert receipt.reason == SuspenseReason.AMBIGUOUS


def test_money_to_the_closed_trial_case_goes_to_its_open_execution(vault: Vault) -> None:
    case = vault.execution()
    trial_case = case.arises_from
    assert trial_case is not None
    receipt = vault.receive(vault.credit("10.00", remark=trial_case.number))
    assert receipt is not None
    assert receipt.case_id == case.pk


def test_money_to_a_closed_case_without_an_open_one_waits_with_the_case_named(vault: Vault) -> None:
    case = factories.judged_case(vault.cast)
    receipt = vault.receive(vault.credit("10.00", remark=case.number))
    assert receipt is not None
    assert (receipt.reason, receipt.hint_id) == (SuspenseReason.CASE_CLOSED, case.pk)
    event = Event.objects.get(case=case, verb="funds.money_in_suspense")
    assert event.subject == receipt.symbol


def test_the_same_line_pushed_twice_is_booked_once(vault: Vault) -> None:
    case = vault.execution()
    item = vault.credit("300.00", to=vault.number(case), reference="R1")
    first = vault.receive(item)
    second = vault.receive(item)
    assert first == second
    assert (StatementLine.objects.count(), Receipt.objects.count(), Transfer.objects.count()) == (1, 1, 1)


def test_a_levy_counts_on_the_day_it_was_taken(vault: Vault) -> None:
    case = vault.execution(amount="1000.00")
    receipt = vault.pay_in(case, "100.00", kind="LEVY", on=date(2026, 11, 18))
    assert (receipt.source, receipt.received_on) == ("LEVY", date(2026, 11, 18))
    performance = Performance.objects.get(matter=case.matter)
    assert (performance.source, performance.on) == ("LEVY", date(2026, 11, 18))


def test_money_before_the_judgment_goes_to_the_claimant_and_counts_later(vault: Vault) -> None:
    case = factories.civil_case(vault.cast, claimed="1000.00")
    receipt = vault.pay_in(case, "400.00")
    payout = Payout.objects.get(receipt=receipt)
    assert (payout.payee.name, payout.parts) == ("王某军", {"before_judgment": "400.00"})
    trial.begin(case_id=case.pk, judge=vault.cast.trial_judge, actor=vault.who("filing_clerk"), at=vault.at)
    creditor = case.participations.get(role="PLAINTIFF").party
    debtor = case.participations.get(role="DEFENDANT").party
    item = trial.ItemInput(amount=Decimal(1000), payers=[debtor], payee=creditor, due_on=date(2026, 12, 20))
    trial.judge(
        case_id=case.pk, items=[item], judged_on=clock.day_of(vault.at), actor=vault.who("trial_judge"), at=vault.at
    )
    assert queries.debt(case.matter, clock.day_of(vault.at)).total == Decimal("600.00")


def test_waiting_lines_are_booked_by_the_sweep(vault: Vault) -> None:
    case = vault.execution()
    receiving.keep_pushed(main=vault.main, item=vault.credit("10.00", to=vault.number(case)), at=vault.at)
    assert receiving.book_waiting(court=vault.cast.xixian, actor=vault.bank, at=vault.at) == 1
    assert receiving.book_waiting(court=vault.cast.xixian, actor=vault.bank, at=vault.at) == 0
    assert Receipt.objects.get().case_id == case.pk


def test_what_is_kept_is_chinese_also_when_the_page_is_english(vault: Vault) -> None:
    case = vault.execution(amount="1000.00")
    with translation.override("en"):
        receipt = vault.pay_in(case, "300.00")
    bases = [share["basis"] for share in receipt.split["shares"]]
    assert bases[0] == "申请执行费由被执行人负担，从执行款中扣缴（诉讼费用交纳办法第38条）"
    assert Payout.objects.get(receipt=receipt, payee_kind="COURT").payee_name == "本院诉讼费用"
