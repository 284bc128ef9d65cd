"""A receipt counts for its case: what it does to the debt, and the drafts that follow, without saying again that it came."""

from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.utils import translation

from accounts.actors import Actor
from cases import queries
from cases.kinds import PerformanceSource
from cases.models import Case, Performance
from cases.services import performing
from funds.kinds import ReceiptSource
from funds.models import Receipt
from funds.services import booking, drafting, splitting
from funds.services.splitting import Proposal
from law.debt import Statement

Propose = Callable[[Statement, Statement], Proposal]


def whole(receipt: Receipt, *, case: Case, actor: Actor, at: datetime) -> None:
    """The receipt of a locked case reduces its debt again and is drafted as the law divides it."""
    rows = queries.owing([case.matter])[case.matter_id].rows

    def propose(before: Statement, after: Statement) -> Proposal:
        return splitting.propose(receipt=receipt, case=case, before=before, after=after, rows=rows)

    by(receipt, case=case, actor=actor, at=at, propose=propose)


def by(receipt: Receipt, *, case: Case, actor: Actor, at: datetime, propose: Propose, in_debt: bool = True) -> None:
    """The same with a proposal of the caller's; without ``in_debt`` the debt of the case stays as it is."""
    receipt.case = case
    before = queries.debt(case.matter, receipt.received_on)
    if in_debt:
        performing.record(
            case=case,
            amount=receipt.amount,
            on=receipt.received_on,
            source=booking.SOURCES.get(ReceiptSource(receipt.source), PerformanceSource.RECEIPT),
            subject=_subject(receipt),
            actor=actor,
            at=at,
            payer=receipt.payer,
        )
    after = queries.debt(case.matter, receipt.received_on)
    with translation.override(settings.LANGUAGE_CODE):  # what is kept is Chinese, whoever looks at the page
        drafting.draft(receipt=receipt, case=case, proposal=propose(before, after), actor=actor, at=at)


def _subject(receipt: Receipt) -> str:
    known = Performance.objects.filter(subject__startswith=receipt.symbol, revokes__isnull=True).count()
    return f"{receipt.symbol}.{known}" if known else receipt.symbol
