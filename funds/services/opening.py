"""Opening accounts: the court's own, and one account with one number for each case (FUND-ACCOUNT, 一案一账号)."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts import acts, audit
from accounts.actors import Actor
from accounts.models import Court
from cases.models import Case
from funds import commands, ledger, locks, numbers
from funds.kinds import COURT_KINDS, AccountKind, ReceiptSource, ReceiptState, SuspenseReason
from funds.models import Account, Command, MainAccount, Receipt, SubAccount
from gateways.services import feeds
from kernel import clock
from kernel.keys import uuid7
from kernel.money import ZERO
from kernel.refusals import Refusal

MAIN_ACCOUNT_OPENED = "main_account_opened"
acts.declare(MAIN_ACCOUNT_OPENED, _("登记案款专户"))
FEEDS = ("bank.credit", "bank.return")


class NoMainAccount(Refusal):
    """The court's account for case funds is not registered."""

    message = _("本院还没有登记案款专户。请管理员先登记专户账号。")


class AnotherMainAccount(Refusal):
    """A court has one account for case funds."""

    message = _("本院已登记案款专户（尾号 %(tail)s），不能再登记另一个。")


@transaction.atomic
def open_court(
    *,
    court: Court,
    number: str,
    bank: str,
    holder: str,
    sub_prefix: str,
    actor: Actor,
    at: datetime,
    opening_balance: Decimal = ZERO,
) -> MainAccount:
    """Register the court's main account, open the ledger's accounts and listen to the bank. Raises AnotherMainAccount.

    An opening balance (yuan) that no case owns yet becomes unidentified money with its reason. Again: nothing changes.
    """
    known = MainAccount.objects.filter(court=court).first()
    if known and known.number != number:
        raise AnotherMainAccount(tail=known.number[-4:])
    main = known or MainAccount.objects.create(
        court=court, number=number, bank=bank, holder=holder, sub_prefix=sub_prefix
    )
    court_accounts(court)
    for channel in FEEDS:
        feeds.subscribe(court=court, channel=channel, source=number, at=at)
    if not known:
        audit.write(actor=actor, act=MAIN_ACCOUNT_OPENED, at=at, about=f"funds.mainaccount:{main.pk}")
        if opening_balance:
            _book_opening(main, opening_balance, actor, at)
    return main


def court_accounts(court: Court) -> None:
    """The court's accounts of every kind, made where they are missing."""
    rows = [Account(court=court, kind=kind, key=ledger.key_of(kind, court.pk)) for kind in COURT_KINDS]
    Account.objects.bulk_create(rows, ignore_conflicts=True)


def _book_opening(main: MainAccount, amount: Decimal, actor: Actor, at: datetime) -> None:
    def act(command: Command) -> dict[str, Any]:
        on = clock.day_of(at)
        receipt = Receipt(
            id=uuid7(),
            court=main.court,
            number=f"{on:%Y%m%d}-QC",
            source=ReceiptSource.OPENING,
            amount=amount,
            received_on=on,
            received_at=at,
            booked_at=at,
            state=ReceiptState.SUSPENSE,
            reason=SuspenseReason.OPENING,
            registered_by_id=actor.post_id,
        )
        receipt.save(force_insert=True)
        bank, suspense = (ledger.key_of(kind, main.court_id) for kind in (AccountKind.BANK, AccountKind.SUSPENSE))
        held = locks.lock(bank, suspense)
        ledger.post(
            source=held[bank],
            destination=held[suspense],
            amount=amount,
            command=command,
            at=at,
            value_on=on,
            subject=receipt.symbol,
            remark=str(_("期初余额")),
        )
        return {"receipt": receipt.pk}

    inputs = {"main": main.number, "amount": amount}
    commands.run(court_id=main.court_id, key=f"opening:{main.pk}", verb="funds.open", inputs=inputs, at=at, act=act)


def main_account(court: Court) -> MainAccount:
    """The court's account for case funds. Raises NoMainAccount."""
    found = MainAccount.objects.filter(court=court).first()
    if found is None:
        raise NoMainAccount()
    return found


def open_for(case: Case, *, at: datetime) -> SubAccount:
    """The case's account and its number, made on first need in a savepoint of their own. Raises NoMainAccount."""
    known = SubAccount.objects.filter(case=case).first()
    if known:
        return known
    main = main_account(case.court)
    number = numbers.number_of(prefix=main.sub_prefix, year=case.year, kind=case.kind, serial=case.serial)
    with transaction.atomic():
        court_accounts(case.court)
        case_account_key(case)
        SubAccount.objects.bulk_create(
            [SubAccount(court_id=case.court_id, case=case, number=number, opened_at=at)], ignore_conflicts=True
        )
    return SubAccount.objects.get(case=case)


def case_account_key(case: Case) -> str:
    """The key of the case's account in the ledger, which is made when it is missing."""
    _case_accounts([case])
    return ledger.key_of(AccountKind.CASE, case.pk)


def hold(cases: Sequence[Case], *keys: str) -> dict[str, Account]:
    """The accounts of locked cases and the others of these keys, locked in order; a case's own is made when missing."""
    wanted = [*keys, *(ledger.key_of(AccountKind.CASE, case.pk) for case in cases)]
    try:
        return locks.lock(*wanted)
    except KeyError:  # nobody else makes the account meanwhile: the case is locked
        _case_accounts(cases)
        return locks.lock(*wanted)


def _case_accounts(cases: Sequence[Case]) -> None:
    keys = {ledger.key_of(AccountKind.CASE, case.pk): case for case in cases}
    rows = [Account(court_id=case.court_id, kind=AccountKind.CASE, case=case, key=key) for key, case in keys.items()]
    Account.objects.bulk_create(rows, ignore_conflicts=True)
