"""Unidentified money has a case of its own: duties with dates, suggestions with reasons, payers' own words."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import transaction

from accounts.roles import Role
from cases import locks
from cases import queries as case_queries
from cases.kinds import CaseKind
from cases.models import Case, Duty, Note, Service
from cases.services import issuing
from funds.models import Receipt
from funds.services import claiming, identifying, payers, suggesting
from tests.cast import TODAY
from tests.funds.conftest import Vault, key
from tests.remembering import remembered

D = Decimal


@remembered
def unknown(vault: Vault, amount: str = "300.00", **more: object) -> Receipt:
    """Money with nothing in its remark that could be understood."""
    receipt = vault.receive(vault.credit(amount, remark=str(more.pop("remark", "还款")), **more))  # type: ignore[arg-type]
    assert receipt is not None
    assert receipt.state == "SUSPENSE"
    return receipt


def suggestions(vault: Vault, receipt: Receipt, who: str = "registrar") -> list[suggesting.Suggestion]:
    return suggesting.suggest(receipt, actor=vault.who(who), at=vault.at)


@remembered
def claimed(vault: Vault, receipt: Receipt, case: Case, **more: object) -> Receipt:
    """Two persons: the registrar asks, the keeper confirms."""
    claim = claiming.ask(
        receipt_id=receipt.pk, case_id=case.pk, why="付款人说明", actor=vault.who("registrar"), at=vault.at, **more
    )  # type: ignore[arg-type]
    return claiming.confirm(claim_id=claim.pk, actor=vault.who("keeper"), at=vault.at, key=key())


# The case that carries it


def test_unidentified_money_is_a_duty_of_the_registrar_within_three_working_days(vault: Vault) -> None:
    receipt = unknown(vault)
    assert identifying.sweep(court=vault.cast.xixian, at=vault.at) == 1
    duty = Duty.objects.get(kind="funds.identify")
    assert (duty.subject, duty.holder_role) == (receipt.symbol, Role.FINANCE_REGISTRAR)
    assert duty.due_on == date(2026, 11, 25)  # Friday; Monday, Tuesday, Wednesday
    assert (duty.case.kind, duty.case.number) == (CaseKind.OTHER_EXECUTION, "（2026）晋1031执他1号")
    assert identifying.sweep(court=vault.cast.xixian, at=vault.at) == 0
    assert Duty.objects.filter(kind="funds.identify").count() == 1


def test_the_duty_ends_when_the_money_finds_its_case_and_the_carrying_case_closes(vault: Vault) -> None:
    case = vault.execution(amount="1000.00", fee=False)
    receipt = unknown(vault)
    identifying.sweep(court=vault.cast.xixian, at=vault.at)
    claimed(vault, receipt, case)
    vault.later(hours=1)
    assert identifying.sweep(court=vault.cast.xixian, at=vault.at) == 1
    duty = Duty.objects.get(kind="funds.identify")
    assert (duty.closed_at, duty.closed_in_time) == (vault.at, True)
    carrying = Case.objects.get(kind=CaseKind.OTHER_EXECUTION)
    assert (carrying.closed_how, carrying.is_open) == ("CLEARED", False)
    again = unknown(vault, "5.00")
    identifying.sweep(court=vault.cast.xixian, at=vault.at)
    assert Duty.objects.open().get(kind="funds.identify").subject == again.symbol
    assert identifying.case_of(vault.cast.xixian.pk).number == "（2026）晋1031执他2号"  # type: ignore[union-attr]


def test_a_court_without_unidentified_money_has_no_such_case(vault: Vault) -> None:
    assert identifying.sweep(court=vault.cast.xixian, at=vault.at) == 0
    assert not Case.objects.filter(kind=CaseKind.OTHER_EXECUTION).exists()


# Suggestions, each with its reasons


def test_kin_who_say_so_pay_on_behalf_and_the_relation_is_kept(vault: Vault) -> None:
    case = vault.execution(amount="1000.00", fee=False)
    debtor = case.participations.get(role="DEBTOR").party
    debtor.name = "王某"
    debtor.save(update_fields=["name"])
    receipt = vault.pay_in(case, "300.00", payer="王某(妻)")
    assert (receipt.state, receipt.case_id, receipt.payer, receipt.on_behalf) == ("MATCHED", case.pk, None, True)
    assert receipt.relation == "妻"
    own = vault.pay_in(case, "1.00", payer="王某")
    assert (own.payer, own.on_behalf, own.relation) == (debtor, False, "")


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("王某(妻)", ("王某", "妻")),
        ("王某（之妻）", ("王某", "妻")),
        ("王某之妻", ("王某", "妻")),
        ("王小军（父亲）", ("王小军", "父亲")),
        ("代王某", ("王某", "代付")),
        ("王某", None),
        ("山西某环保(集团)公司", None),
    ],
)
def test_names_that_tell_a_relation(written: str, expected: tuple[str, str] | None) -> None:
    found = payers.related(written)
    assert (found and (found.name, found.relation)) == expected


def test_a_kin_name_finds_the_case_of_the_debtor(vault: Vault) -> None:
    case = vault.execution(amount="1000.00", fee=False)
    found = suggestions(vault, unknown(vault, payer="某环保科技公司(股东)"))
    assert found[0].case == case
    assert "付款人写明是本案被执行人某环保科技公司的股东" in found[0].reasons_for
    assert "付款人不是被执行人" not in found[0].reasons_against


def test_a_legal_representative_finds_the_case_of_the_company(vault: Vault) -> None:
    case = vault.execution(amount="1000.00", fee=False)
    debtor = case.participations.get(role="DEBTOR").party
    debtor.legal_representative = "任某兰"
    debtor.save(update_fields=["legal_representative"])
    found = suggestions(vault, unknown(vault, payer="任某兰"))
    assert [row.case for row in found] == [case]
    assert found[0].reasons_for == ["付款人任某兰是本案被执行人某环保科技公司的法定代表人"]


def test_whoever_paid_before_and_whom_a_note_names_are_reasons(vault: Vault) -> None:
    case = vault.execution(amount="1000.00", fee=False)
    other = vault.execution(amount="2000.00", fee=False, seed=2)
    vault.pay_in(case, "100.00", payer="任某兰")
    Note.objects.create(case=other, text="任某兰来电，说是会计", by=vault.cast.executor, at=vault.at)
    found = {row.case: row.reasons_for for row in suggestions(vault, unknown(vault, payer="任某兰"))}
    assert found[case] == ["此付款人 2026年11月20日 付过本案 100.00 元"]
    assert found[other] == ["2026年11月20日的笔记提到付款人"]


def test_part_of_an_account_number_is_a_reason(vault: Vault) -> None:
    case = vault.execution()
    vault.execution(seed=2)
    part = vault.number(case)[-9:]
    found = suggestions(vault, unknown(vault, remark=f"转 {part[:4]} {part[4:]}", payer="任某兰"))
    assert [row.case for row in found] == [case]
    assert found[0].reasons_for == [f"附言中的 {part} 是本案账号的一部分"]


def test_a_notice_served_lately_is_a_reason(vault: Vault) -> None:
    case = vault.execution(amount="1000.00", fee=False)
    serve_notice(vault, case, TODAY - timedelta(days=3))
    found = suggestions(vault, unknown(vault))
    assert "催款文书 3 天前送达" in found[0].reasons_for


@transaction.atomic
def serve_notice(vault: Vault, case: Case, on: date) -> None:
    """The notice to perform reached the debtor on a day."""
    paper = issuing.issue(
        case=locks.lock(case.pk),
        kind="cases.performance_notice",
        subject=case.symbol,
        actor=vault.who("executor"),
        at=vault.at,
    )
    Service.objects.filter(document=paper).update(served_on=on)


@pytest.mark.parametrize("what", ["total", "fee"])
def test_an_amount_that_is_owed_is_a_reason(vault: Vault, what: str) -> None:
    case = vault.execution(amount="50000.00")
    amount = case_queries.debt(case.matter, TODAY).total if what == "total" else case.fee
    found = suggestions(vault, unknown(vault, str(amount)))
    words = "今天的全部欠款" if what == "total" else "尚欠的诉讼费用和执行费"
    assert f"金额等于{words} {amount:,.2f} 元" in found[0].reasons_for


def test_what_differs_is_said_against(vault: Vault) -> None:
    vault.execution(amount="1000.00", fee=False)
    found = suggestions(vault, unknown(vault, "5000000.00", payer="任某兰", remark="某环保科技公司"))
    assert len(found) == 1
    assert found[0].reasons_against[0].startswith("比尚欠的多 4,99")
    assert found[0].reasons_against[1:] == ["没有用本案专属账号", "付款人不是被执行人"]


def test_the_questions_do_not_grow_with_the_receipts(vault: Vault, django_assert_max_num_queries: object) -> None:
    vault.execution(amount="1000.00", fee=False)
    receipt = unknown(vault)
    for place in range(12):
        unknown(vault, f"{place + 1}.00")
    with django_assert_max_num_queries(40):  # type: ignore[operator]
        suggestions(vault, receipt)
