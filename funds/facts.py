"""What other rooms may ask of the vault: money of a case in the court's account, paid out, and the case's number."""

from datetime import date, datetime
from decimal import Decimal

from cases import facts
from cases.models import Case
from funds import queries
from funds.kinds import PayeeKind, PayoutState
from funds.models import MainAccount, Payout
from funds.services import opening
from kernel import clock


def _in_funds(case: Case, at: datetime) -> Decimal:
    return queries.in_funds(case)


def _paid_out(case: Case, at: datetime) -> Decimal:
    return queries.paid_out(case)


def _last_paid_on(case: Case, at: datetime) -> date | None:
    rows = Payout.objects.filter(case=case, state=PayoutState.SETTLED, payee_kind=PayeeKind.PARTY)
    last = rows.order_by("-settled_at").values_list("settled_at", flat=True).first()
    return clock.day_of(last) if last else None


def _sub_account(case: Case, at: datetime) -> str:
    """The number, given out on first need; empty while the court has no main account."""
    if not MainAccount.objects.filter(court=case.court_id).exists():
        return ""
    return opening.open_for(case, at=at).number


def _account_name(case: Case, at: datetime) -> str:
    main = MainAccount.objects.filter(court=case.court_id).first()
    return main.holder if main else ""


def _account_bank(case: Case, at: datetime) -> str:
    main = MainAccount.objects.filter(court=case.court_id).first()
    return main.bank if main else ""


facts.provide(facts.IN_FUNDS, _in_funds)
facts.provide(facts.PAID_OUT, _paid_out)
facts.provide(facts.LAST_PAID_ON, _last_paid_on)
facts.provide(facts.SUB_ACCOUNT, _sub_account)
facts.provide(facts.ACCOUNT_NAME, _account_name)
facts.provide(facts.ACCOUNT_BANK, _account_bank)
