"""夏津 2020: 王某军 is paid 1,343,497.70 ten days after he asked for execution, all of it over the pages."""

from datetime import date
from decimal import Decimal
from functools import cached_property
from types import SimpleNamespace

import pytest

from accounts.models import Court
from cases import queries
from cases.models import Case, Decision, Document, Event, Service
from cases.services import verifying
from funds import ledger
from funds.models import Payout, Receipt
from funds.services import opening
from kernel import clock
from pressure.models import Sanction
from tests import factories
from tests.cast import Cast
from tests.journeys.conftest import Desk, Outside, it_is, settle

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


class Xiajin(Cast):
    """The same cast at 夏津县人民法院."""

    @cached_property
    def xixian(self) -> Court:
        return Court.objects.create(code="鲁1427", name="夏津县人民法院", short_name="夏津法院")


@pytest.fixture
def desks(transactional_db: None, movable: None) -> SimpleNamespace:
    it_is(clock.at_time(date(2019, 6, 3), 9))
    cast = Xiajin()
    cast.everyone()
    names = (
        "filing_clerk",
        "trial_judge",
        "query_officer",
        "executor",
        "judge",
        "director",
        "president",
        "registrar",
        "payer",
        "bailiff",
    )
    return SimpleNamespace(cast=cast, **{name: Desk(getattr(cast, name)) for name in names})


def _open_account(desks: SimpleNamespace, outside: Outside) -> None:
    """What the administrator and the bank agreed before the first case."""
    court, at = desks.cast.xixian, clock.now()
    number, prefix = "37001427000000018888", "622700991427"
    outside.tell("POST", "/bank/accounts", {"account": number, "sub_prefix": prefix})
    actor = desks.cast.actor(desks.cast.administrator)
    opening.open_court(
        court=court, number=number, bank="建行夏津支行", holder="夏津县人民法院", sub_prefix=prefix, actor=actor, at=at
    )


def _file(desks: SimpleNamespace) -> Case:
    desks.filing_clerk.submit(
        "/filing/",
        cause="提供劳务者受害责任纠纷",
        claimed="１３１．１万元",
        rows={
            "plaintiffs-TOTAL_FORMS": "1",
            "plaintiffs-0-kind": "PERSON",
            "plaintiffs-0-name": "王某军",
            "plaintiffs-0-id_number": factories.person_number(101, place="371427"),
            "plaintiffs-0-phone": "13800000001",
            "defendants-TOTAL_FORMS": "2",
            "defendants-0-kind": "ORGANISATION",
            "defendants-0-name": "山东某环保公司",
            "defendants-0-id_number": factories.company_number(201, place="371427"),
            "defendants-0-phone": "13800000002",
            "defendants-1-kind": "ORGANISATION",
            "defendants-1-name": "湖南某环保实业公司",
            "defendants-1-id_number": factories.company_number(202, place="430100"),
        },
    )
    return Case.objects.get(kind="CIVIL")


def _judge(desks: SimpleNamespace, case: Case) -> None:
    desks.filing_clerk.submit(f"/cases/{case.slug}/acts/trial/", officer=str(desks.cast.trial_judge.pk))
    it_is(clock.at_time(date(2019, 9, 2), 10))
    wang = case.participations.get(role="PLAINTIFF").party_id
    debtors = list(case.participations.filter(role="DEFENDANT").values_list("party_id", flat=True))
    desks.trial_judge.submit(
        f"/cases/{case.slug}/acts/judgment/",
        on="2019年9月2日",
        items__0__payers=debtors,
        items__0__amount="1,311,000.00",
        items__0__due_on="2019-10-31",
        rows={
            "items-TOTAL_FORMS": "2",
            "items-1-nature": "COSTS",
            "items-1-payers": str(debtors[0]),
            "items-1-payee": str(wang),
            "items-1-amount": "10.25",
            "items-1-due_on": "2019-10-31",
        },
    )
    it_is(clock.at_time(date(2019, 10, 8), 9))
    desks.trial_judge.submit(f"/cases/{case.slug}/acts/effect/", effective_on="2019-10-01")


def _execute(desks: SimpleNamespace, basis: Case) -> Case:
    it_is(clock.at_time(date(2020, 1, 3), 9))
    desks.filing_clerk.submit(f"/cases/{basis.slug}/acts/execute/")
    return Case.objects.get(kind="EXECUTION")


def _notify(desks: SimpleNamespace, case: Case) -> None:
    desks.query_officer.submit(f"/cases/{case.slug}/acts/notify/", perform_by="2020-01-10", report_by="2020-01-10")
    assert Document.objects.filter(case=case).count() == 2


def _serve_everything(desks: SimpleNamespace, case: Case) -> None:
    for row in Service.objects.filter(case=case, served_on__isnull=True):
        desks.query_officer.submit(f"/cases/{case.slug}/services/{row.pk}/", method="DIRECT", served_on="2020-01-06")


def _inquire(desks: SimpleNamespace, case: Case, outside: Outside) -> None:
    for row in case.participations.filter(role="DEBTOR").select_related("party"):
        for channel in ("deposit", "vehicle", "real_estate", "equity", "securities"):
            body = {"id_number": row.party.id_number, "channel": channel, "findings": []}
            outside.tell("POST", "/registries/fixtures", body)
    desks.query_officer.submit(f"/assets/cases/{case.slug}/inquiry/")
    settle(lambda: Event.objects.filter(case=case, verb="assets.inquired").exists())
    case.refresh_from_db()
    assert case.stage == "INQUIRED"
    assert "0" in desks.query_officer.open(f"/assets/cases/{case.slug}/inquiry/")
    desks.query_officer.submit(f"/cases/{case.slug}/acts/hand-over/", officer=str(desks.cast.executor.pk))


def _sanction(desks: SimpleNamespace, case: Case) -> Sanction:
    """The officer of the company is fined and detained for not reporting property (民诉114, 118)."""
    it_is(clock.at_time(date(2020, 1, 11), 9))
    company = case.participations.filter(role="DEBTOR").order_by("ordinal").first().party
    path = f"/pressure/cases/{case.slug}/{company.pk}/sanction/"
    conduct = "2020年1月10日期满拒不报告财产，经传唤承认有能力而未履行，见笔录"
    desks.executor.submit(path, kind="FINE", person="环某", amount="50,000", conduct=conduct)
    desks.executor.submit(path, kind="DETENTION", person="环某", days="15", conduct=conduct)
    for decision in Decision.objects.filter(case=case, kind__in=["pressure.fine", "pressure.detention"]):
        desks.president.submit(f"/decisions/{decision.pk}/", button="act=approve")
    numbers = set(Case.objects.filter(kind="SANCTION").values_list("number", flat=True))
    assert numbers == {"（2020）鲁1427司惩1号", "（2020）鲁1427司惩2号"}
    row = Sanction.objects.get(kind="DETENTION")
    it_is(clock.at_time(date(2020, 1, 11), 11))
    desks.executor.submit(f"/pressure/sanctions/{row.pk}/detain/", detained_at="2020-01-11T10:30")
    desks.executor.submit(f"/pressure/sanctions/{row.pk}/family/")
    return row


def _release(desks: SimpleNamespace, row: Sanction) -> None:
    desks.executor.submit(f"/pressure/sanctions/{row.pk}/release/", why="履行完毕")
    row.refresh_from_db()
    assert row.state == "ENDED"


def _pay(desks: SimpleNamespace, case: Case, outside: Outside) -> Receipt:
    it_is(clock.at_time(date(2020, 1, 13), 9))
    assert queries.debt(case.matter, date(2020, 1, 13)).total == Decimal("1343497.70")
    body = {"to_sub_account": case.sub_account.number, "amount": "1343497.70", "payer_name": "山东某环保公司"}
    outside.tell("POST", "/bank/pay-in", body | {"payer_account": "370100200300"})
    settle(lambda: Receipt.objects.filter(case=case).exists())
    case.refresh_from_db()
    assert case.stage == "PAYING"
    receipt = Receipt.objects.get(case=case)
    drafts = {(row.payee_kind, row.amount, row.state) for row in Payout.objects.filter(receipt=receipt)}
    assert drafts == {("COURT", Decimal("15510.00"), "DRAFT"), ("PARTY", Decimal("1327987.70"), "DRAFT")}
    return receipt


def _pay_out(desks: SimpleNamespace, case: Case, receipt: Receipt) -> Payout:
    wang = case.participations.get(role="CREDITOR").party
    desks.executor.submit(
        f"/funds/cases/{case.slug}/payees/new/",
        party=str(wang.pk),
        holder="王某军",
        account="6228480000000000018",
        bank="农行夏津支行",
    )
    desks.judge.submit(f"/funds/payees/{wang.payee_accounts.get().pk}/confirm/")
    desks.executor.submit(f"/funds/receipts/{receipt.pk}/confirm/")
    payout = Payout.objects.get(receipt=receipt, payee_kind="PARTY")
    for approver in (desks.director, desks.president):
        approver.submit(f"/decisions/{payout.decision_id}/", button="act=approve")
    desks.payer.submit(f"/funds/payouts/{payout.pk}/send/")
    settle(lambda: Payout.objects.filter(pk=payout.pk, state="SETTLED").exists())
    payout.refresh_from_db()
    return payout


def _close(desks: SimpleNamespace, case: Case) -> None:
    desks.executor.submit(f"/cases/{case.slug}/acts/close/", how="PERFORMED", why="全部到位")
    decision = Decision.objects.get(case=case, kind="cases.close")
    desks.director.submit(f"/decisions/{decision.pk}/", button="act=approve")
    case.refresh_from_db()


def test_wang_is_paid_in_ten_days(desks: SimpleNamespace, outside: Outside, printer: None) -> None:
    _open_account(desks, outside)
    basis = _file(desks)
    assert (basis.number, basis.fee) == ("（2019）鲁1427民初1号", Decimal("16599.00"))
    _judge(desks, basis)
    case = _execute(desks, basis)
    assert (case.number, case.fee) == ("（2020）鲁1427执1号", Decimal("15510.00"))
    _notify(desks, case)
    it_is(clock.at_time(date(2020, 1, 6), 15))
    _serve_everything(desks, case)
    _inquire(desks, case, outside)
    detention = _sanction(desks, case)
    receipt = _pay(desks, case, outside)
    _release(desks, detention)
    payout = _pay_out(desks, case, receipt)
    assert payout.amount == Decimal("1327987.70")
    _close(desks, case)
    assert (case.closed_how, (case.closed_at - case.filed_at).days) == ("PERFORMED", 10)
    settle(lambda: not Document.objects.filter(pdf=None).exists())
    assert not Document.objects.exclude(render_error="").exists()
    assert verifying.verify().broken == ()
    assert ledger.rederive(case.court_id) == []
