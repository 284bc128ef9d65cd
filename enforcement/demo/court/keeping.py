"""Keeping the books while the demo grows: relief in and out, a deposit, fees handed over, and last month closed.

Everything happens now and through the bank, step after step as the money arrives; a step that a service refuses is tried
again with the next stories.
"""

import base64
import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from django.conf import settings

from accounts.actors import Actor
from cases.kinds import ItemNature
from cases.models import Case
from cases.models.cases import CaseQuerySet
from cases.queries import debt
from cases.services import assigning, deciding, transferring
from enforcement.demo.court import identities
from enforcement.demo.court.people import Staff
from funds import months
from funds.kinds import AccountKind, PayoutState, ReceiptState
from funds.kinds.apart import FundSource, MonthState
from funds.models import Deposit, FundMoney, Grant, MonthClosing, PayeeAccount, Payout, Receipt, Remittance, SmallSale
from funds.services import (
    closing_month,
    depositing,
    funding,
    opening,
    outlets,
    paying,
    reconciling,
    relieving,
    remitting,
    selling,
)
from gateways.adapters.http import HttpTransport
from kernel import clock
from kernel.refusals import Refusal

log = logging.getLogger(__name__)
RELIEF, GRANTED, UNCLAIMED = Decimal("200000.00"), Decimal("50000.00"), Decimal("8600.00")
OFFICE = "隰县财政局"
PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYPj/HwADAgH/5kZ0ZwAAAABJRU5ErkJggg=="
)
PROOF = depositing.Evidence("查找经过.pdf", b"%PDF-1.4\n%\xe6\x8f\x90\xe5\xad\x98\n")
WAGE = Decimal("6180.00")


@dataclass
class Books:
    """The books of one court: each step runs once, the next time it can."""

    staff: Staff
    done: set[str] = field(default_factory=set)

    def work(self) -> None:
        """Take every step that can be taken now."""
        if not settings.SIMULATORS_URL:
            return
        steps: tuple[Callable[[], bool], ...] = (
            self._open, self._relief_comes, self._relief_booked, self._relief_granted, self._debtor_pays,
            self._deposited, self._fees, self._month, self._gourds,
        )  # fmt: skip
        for step in steps:
            name = step.__name__
            if name in self.done:
                continue
            try:
                if step():
                    self.done.add(name)
            except Refusal as refusal:
                log.warning("%s waits: %s", name, refusal)

    def _actor(self, name: str) -> Actor:
        return self.staff.actor(name)

    def _open(self) -> bool:
        """The administrator enters where fees and fines go."""
        bank = "农业银行隰县支行"
        for kind, holder, number in (
            ("FEES", f"{OFFICE}非税收入专户", "1410310009000018"),
            ("UNCLAIMED", "国家金库隰县支库", "1410310009000026"),
        ):
            actor = self._actor("guan")
            outlets.enter(kind=kind, holder=holder, number=number, bank=bank, actor=actor, at=clock.now())
        return True

    def _pay_in(self, to: str, amount: Decimal, payer: str, remark: str, key: str) -> None:
        body = {
            "to_sub_account": to,
            "amount": str(amount),
            "payer_name": payer,
            "payer_account": identities.account(9000 + len(key)),
            "payer_bank": "农业银行隰县支行",
            "remark": remark,
            "account": self.staff.plan.account,
            "key": key,
        }
        HttpTransport(settings.SIMULATORS_URL).call("POST", "/bank/pay-in", body)

    def _relief_comes(self) -> bool:
        self._pay_in(self.staff.plan.account, RELIEF, OFFICE, "司法救助专项资金", "books:relief")
        return True

    def _relief_booked(self) -> bool:
        """The registrar books it into the fund, the keeper confirms."""
        court = self.staff.court
        receipt = Receipt.objects.filter(court=court, state=ReceiptState.SUSPENSE, amount=RELIEF).first()
        if receipt is None:
            return FundMoney.objects.filter(court=court).exists()
        row = funding.ask(
            receipt_id=receipt.pk,
            fund=AccountKind.RELIEF,
            source=FundSource.FISCAL,
            why="县财政司法救助专项拨款",
            actor=self._actor("deng"),
            at=clock.now(),
        )
        funding.confirm(intake_id=row.pk, actor=self._actor("bao"), at=clock.now(), key=f"books:intake:{row.pk}")
        return True

    def _relief_granted(self) -> bool:
        """Relief for a creditor whose debtor can pay nothing: asked by the officer, approved twice, sent by the payer."""
        court = self.staff.court
        if Grant.objects.filter(court=court).exists() or not FundMoney.objects.filter(court=court).exists():
            return Grant.objects.filter(court=court).exists()
        case, account = self._case_with_account()
        if case is None or account is None or case.officer is None:
            return False
        grant = relieving.ask(
            case_id=case.pk,
            given=relieving.GrantInput(
                fund=AccountKind.RELIEF,
                source=FundSource.FISCAL,
                amount=min(GRANTED, debt(case.matter, clock.today()).total),
                why="被执行人确无履行能力，申请人伤残、无收入，子女在读。",
                payee=account.party,
                hardship="INJURY",
                wage=WAGE,
                debtor_unable=True,
            ),
            actor=Actor.of_post(case.officer, on=clock.today()),
            at=clock.now(),
        )
        assert grant.decision is not None
        for name in ("yu", "song"):
            deciding.approve(
                decision_id=grant.decision.pk, actor=self._actor(name), at=clock.now(), opinion="同意救助。"
            )
        ids = list(grant.payouts.values_list("pk", flat=True))
        paying.send(payout_ids=ids, actor=self._actor("fa"), at=clock.now(), key=f"books:grant:{grant.pk}")
        return True

    def _case_with_account(self) -> tuple[Case | None, PayeeAccount | None]:
        rows = PayeeAccount.objects.usable().filter(court=self.staff.court, party__kind="PERSON")
        for account in rows.select_related("party").order_by("-entered_at")[:50]:
            case = self._cases().filter(participations__party=account.party, participations__role="CREDITOR").first()
            if case is not None and case.officer is not None and case.officer.role in ("EXECUTOR", "EXECUTION_JUDGE"):
                return case, account
        return None, None

    def _cases(self) -> "CaseQuerySet":
        rows = Case.objects.open().filter(court=self.staff.court, kind="EXECUTION", officer__isnull=False)
        return rows.select_related("officer__user", "officer__court", "matter", "court").order_by("-filed_at")

    def _debtor_pays(self) -> bool:
        """A debtor pays; the creditor will not be found."""
        for case in self._cases()[:40]:
            owed = debt(case.matter, clock.today()).total
            if owed > UNCLAIMED * 3 and not Receipt.objects.filter(case=case).exists() and _one_creditor(case):
                number = opening.open_for(case, at=clock.now()).number
                debtor = case.participations.get(role="DEBTOR", ordinal=1).party
                self._pay_in(number, UNCLAIMED, debtor.name, "履行执行案款", "books:deposit")
                return True
        return False

    def _deposited(self) -> bool:
        """The payout is deposited for a creditor of whom nobody knows anything."""
        if Deposit.objects.filter(court=self.staff.court).exists():
            return True
        rows = Payout.objects.filter(court=self.staff.court, state=PayoutState.DRAFT, payee_kind="PARTY")
        payout = rows.filter(receipt__amount=UNCLAIMED).select_related("case__officer").first()
        if payout is None or payout.case.officer is None:
            return False
        deposit = depositing.ask(
            payout_id=payout.pk,
            reason="MISSING",
            why="按登记住址、电话和村委会多次查找，均无下落。",
            evidence=PROOF,
            actor=Actor.of_post(payout.case.officer, on=clock.today()),
            at=clock.now(),
        )
        assert deposit.decision is not None
        deciding.approve(
            decision_id=deposit.decision.pk, actor=self._actor("yu"), at=clock.now(), opinion="同意提存并公告。"
        )
        return True

    def _fees(self) -> bool:
        """Fees until last month go to the fiscal account: asked, approved and sent."""
        if Remittance.objects.filter(court=self.staff.court).exists():
            return True
        row = remitting.ask_fees(
            until=clock.today().replace(day=1), why="上月诉讼费用", actor=self._actor("bao"), at=clock.now()
        )
        key = f"books:remit:{row.pk}"
        remitting.approve(remittance_id=row.pk, actor=self._actor("yu"), at=clock.now(), key=f"{key}:approve")
        remitting.send(remittance_id=row.pk, actor=self._actor("fa"), at=clock.now(), key=f"{key}:send")
        return True

    def _month(self) -> bool:
        """Last month is reconciled day by day, drawn up and confirmed."""
        court, at = self.staff.court, clock.now()
        closing_month.sweep(court=court, at=at)
        row = MonthClosing.objects.filter(court=court, month__lt=clock.today().replace(day=1)).order_by("month").first()
        if row is None or row.state != MonthState.OPEN:
            return row is not None
        days = months.unreconciled_days(court.pk, row.month)
        told = {day: self._closing(day) for day in days}
        expected = {day: reconciling.bank_by_ledger(court, day) - reconciling.cash_in_hand(court, day) for day in days}
        if told != expected:  # a comparison would stop the court's payouts
            log.warning("%s is not closed: %s", row.month, {day for day in days if told[day] != expected[day]})
            return True
        for day in days:
            reconciling.reconcile(court=court, on=day, actor=self._actor("deng"), at=at, bank_closing=told[day])
        row = closing_month.prepare(closing_id=row.pk, why="逐日与银行核对相符", actor=self._actor("bao"), at=at)
        assert row.decision is not None
        deciding.approve(decision_id=row.decision.pk, actor=self._actor("yu"), at=at, opinion="核对无误。")
        return True

    def _gourds(self) -> bool:
        """A fine of 5,000, handed over by the criminal chamber; gourds are sold for it, an officer offers the rest."""
        court, at = self.staff.court, clock.now()
        if SmallSale.objects.filter(court=court).exists():
            return True
        given = transferring.Transfer(
            judgment=f"（{at.year}）{court.code}刑初31号",
            offence="盗伐林木罪",
            effective_on=clock.today() - timedelta(days=20),
            convict=identities.person(9101, self.staff.plan.county),
            orders=[transferring.Order(ItemNature.FINE, Decimal("5000.00"))],
        )
        case = transferring.file(court=court, given=given, actor=self._actor("lian"), at=at)
        gao, clerk = self.staff.posts["gao"], self.staff.posts["li"]
        assigning.assign(case_id=case.pk, officer=gao, actor=self._actor("lian"), at=at)
        sale = selling.agree(
            case_id=case.pk,
            owner=case.participations.get(role="DEBTOR").party,
            consent_on=clock.today(),
            consent="自愿将家中手工葫芦变卖抵缴罚金",
            items=[selling.Item("手工葫芦", 16, Decimal("20.00"))],
            photos=[depositing.Evidence("葫芦.png", PICTURE)],
            actor=self._actor("gao"),
            at=at,
        )
        selling.sell(
            sale_id=sale.pk,
            buyer="集市顾客",
            amount=Decimal("320.00"),
            record="在县城集市当场变卖，两名执行人员在场，价款当场点清。",
            second=clerk,
            actor=self._actor("gao"),
            at=clock.now(),
            key=f"books:sale:{sale.pk}",
        )
        return True

    def _closing(self, day: date) -> Decimal:
        query = {"day": day.isoformat(), "account": self.staff.plan.account}
        _status, answer = HttpTransport(settings.SIMULATORS_URL).call("GET", "/bank/balance", None, query)
        return Decimal(answer["closing"])


def _one_creditor(case: Case) -> bool:
    return case.participations.filter(role="CREDITOR").count() == 1
