"""Small things sold for a fine, and what others pay for the debtor: told apart from the debtor's own money (M-22, M-23)."""

from datetime import date
from decimal import Decimal

import pytest

from cases import queries as case_queries
from cases.kinds import ClosedHow
from cases.models import Case, Document, JudgmentItem, Performance, RuleOverride
from funds.models import Payout, Receipt, SmallSale
from funds.services import cash, donors, selling
from funds.services.depositing import Evidence
from insight.formulas import closings
from insight.frames import Frame, Span
from kernel import clock
from tests.funds.conftest import Vault, key

D = Decimal
PHOTO = Evidence("葫芦.jpg", b"\xff\xd8\xff photo")
GOURDS = [selling.Item("手工葫芦", 16, D("20.00"))]


@pytest.fixture
def fined(vault: Vault) -> Case:
    """罚金 5,000.00, owed to the state."""
    case = vault.execution(amount="5000.00", fee=False)
    JudgmentItem.objects.filter(matter=case.matter).update(payee=None, due_on=clock.day_of(vault.at))
    return case


def debtor(case: Case):  # type: ignore[no-untyped-def]
    return case.participations.get(role="DEBTOR").party


def agree(vault: Vault, case: Case, **more: object) -> SmallSale:
    given: dict[str, object] = {
        "case_id": case.pk,
        "owner": debtor(case),
        "consent_on": clock.day_of(vault.at),
        "consent": "自愿变卖家中葫芦抵缴罚金",
        "items": GOURDS,
        "photos": [PHOTO],
        "actor": vault.who("executor"),
        "at": vault.at,
    }
    return selling.agree(**(given | more))  # type: ignore[arg-type]


def sell(vault: Vault, sale: SmallSale, **more: object) -> SmallSale:
    given: dict[str, object] = {
        "sale_id": sale.pk,
        "buyer": "赵某",
        "amount": D("320.00"),
        "record": "集市当场变卖，两名执行人员在场",
        "second": vault.cast.clerk,
        "actor": vault.who("executor"),
        "at": vault.at,
        "key": key(),
    }
    return selling.sell(**(given | more))  # type: ignore[arg-type]


def arrived(vault: Vault, case: Case) -> Decimal:
    """到位金额 of the year, the case closed."""
    Case.objects.filter(pk=case.pk).update(closed_at=vault.at, closed_how=ClosedHow.PERFORMED, stage="CLOSED")
    frame = Frame.of(court_id=vault.cast.xixian.pk, span=Span.YEAR, at=vault.at)
    return closings.arrived(frame)[0].value


def test_gourds_sold_for_320_reduce_the_fine_by_320_and_print_a_certificate(vault: Vault, fined: Case) -> None:
    today = clock.day_of(vault.at)
    before = case_queries.debt(fined.matter, today).total
    sale = sell(vault, agree(vault, fined))
    assert case_queries.debt(fined.matter, today).total == before - 320
    receipt = Receipt.objects.get()
    assert (receipt.source, receipt.amount, receipt.payer, receipt.on_behalf) == (
        "CASH",
        D("320.00"),
        debtor(fined),
        False,
    )
    assert Payout.objects.get().payee_kind == "TREASURY"
    certificate = Document.objects.get(kind=selling.PAPER)
    assert sale.certificate == certificate
    text = str(certificate.data)
    assert "叁佰贰拾元" in text
    assert "4,680.00" in text
    assert "手工葫芦" in text
    assert vault.balances() == {"BANK": D("320.00"), "CASE": D("320.00")}


def test_the_buyer_may_pay_at_the_bank(vault: Vault, fined: Case) -> None:
    receipt = vault.pay_in(fined, "320.00")
    sale = sell(vault, agree(vault, fined), receipt_id=receipt.pk, second=None)
    assert sale.receipt == receipt
    assert Performance.objects.filter(matter=fined.matter).count() == 1


@pytest.mark.parametrize("lacking", [{"photos": []}, {"items": []}, {"consent": " "}])
def test_without_consent_list_or_pictures_nothing_is_registered(
    vault: Vault, fined: Case, lacking: dict[str, object]
) -> None:
    with pytest.raises(selling.SaleIncomplete):
        agree(vault, fined, **lacking)
    assert not SmallSale.objects.exists()


def test_cash_of_a_sale_is_taken_by_two_and_a_sale_happens_once(vault: Vault, fined: Case) -> None:
    sale = agree(vault, fined)
    with pytest.raises(cash.TwoOfficersNeeded):
        sell(vault, sale, second=vault.cast.executor)
    sale.refresh_from_db()
    assert (sale.state, Receipt.objects.count()) == ("AGREED", 0)
    sell(vault, sale)
    with pytest.raises(selling.AlreadySold):
        sell(vault, sale)
    assert Receipt.objects.count() == 1


def test_only_the_debtors_things_are_sold(vault: Vault, fined: Case) -> None:
    creditor = vault.execution(amount="10.00", fee=False, seed=7).participations.get(role="CREDITOR").party
    with pytest.raises(selling.NotTheDebtors):
        agree(vault, fined, owner=creditor)


def test_what_staff_gave_is_no_amount_recovered_unless_the_court_says_so(vault: Vault, fined: Case) -> None:
    """The top-up row shows 干警自愿 and is excluded from 到位率 (M-23)."""
    vault.pay_in(fined, "4680.00")
    given = vault.pay_in(fined, "320.00", payer="高某")
    row = donors.record(
        receipt_id=given.pk,
        kind="STAFF",
        note="派驻纪检组2026年11月20日同意，晋纪函〔2026〕9号",
        actor=vault.who("executor"),
        at=vault.at,
    )
    assert str(row.get_donor_kind_display()) == "干警自愿"
    assert case_queries.debt(fined.matter, clock.day_of(vault.at)).total == 0
    assert arrived(vault, fined) == D("4680.00")
    RuleOverride.objects.create(
        court=vault.cast.xixian,
        rule="FUND-3RD-PAYER.COUNTS",
        value=1,
        from_on=date(2026, 1, 1),
        set_by=vault.cast.administrator,
        why="院务会决定",
    )
    assert arrived(vault, fined) == D("5000.00")


def test_what_others_pay_for_the_debtor_counts_as_recovered(vault: Vault, fined: Case) -> None:
    given = vault.pay_in(fined, "320.00", payer="王某妻")
    donors.record(receipt_id=given.pk, kind="ON_BEHALF", note="", actor=vault.who("executor"), at=vault.at)
    assert arrived(vault, fined) == D("320.00")


def test_staff_money_needs_the_discipline_offices_approval(vault: Vault, fined: Case) -> None:
    given = vault.pay_in(fined, "320.00", payer="高某")
    with pytest.raises(donors.ApprovalMissing):
        donors.record(receipt_id=given.pk, kind="STAFF", note=" ", actor=vault.who("executor"), at=vault.at)
    own = vault.pay_in(fined, "100.00")
    with pytest.raises(donors.PaidByDebtor):
        donors.record(receipt_id=own.pk, kind="ON_BEHALF", note="", actor=vault.who("executor"), at=vault.at)
    given.refresh_from_db()
    assert given.donor_kind == ""
