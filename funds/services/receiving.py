"""Receiving: every line of the bank once, from a file or from its push; each finds its case or waits with a reason.

A line is known by its identity (``funds.statements``), so the same movement is never booked twice, whatever way it
comes. Lines are kept first and booked afterwards, each under the command ``line:{identity}``; a run of them shares a
transaction that locks all its cases before any account.
"""

import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext_lazy as _

from accounts import acts, audit
from accounts.actors import Actor
from accounts.models import Court
from cases import locks as case_locks
from cases.models import Case
from funds import commands
from funds.kinds import AccountKind, LineState, ReceiptState, SuspenseReason
from funds.models import Command, MainAccount, Receipt, StatementLine
from funds.services import booking, explaining, matching
from funds.services.booking import Arrival
from funds.services.matching import Match
from funds.statements import identity_of
from gateways.models import Message
from gateways.payloads import CreditLine
from kernel import reading, writing
from kernel.keys import uuid7
from kernel.reading import Columns

logger = logging.getLogger(__name__)
RUN = 100
"""Lines that share a transaction: enough to share its cost, few enough that nobody waits long for its locks."""
_MAIN = (Columns(MainAccount, "main"), Columns(Court, "court"))
_MAIN_OF = f"""
    SELECT {", ".join(map(str, _MAIN))}
      FROM funds_mainaccount AS main
      JOIN accounts_court AS court ON court.id = main.court_id
     WHERE main.court_id = %s AND main.number = %s
"""
_BOOKED = "UPDATE funds_statementline SET state = %s WHERE id = ANY(%s)"
SUSPENDED = "money_in_suspense"
acts.declare(SUSPENDED, _("不明款入账"))


def take_credit(*, message: Message, item: CreditLine, actor: Actor, at: datetime) -> None:
    """A line that the bank pushed: kept once and booked. Called by gateways in one transaction with the message."""
    main = _main(message.court_id, item.account)
    line = keep_pushed(main=main, item=item, at=at)
    if line.state == LineState.NEW:
        book_all(lines=[line], actor=actor, at=at, savepoint=False)


def _main(court_id: UUID, number: str) -> MainAccount:
    """The court's account of this number. Raises MainAccount.DoesNotExist."""
    for values in reading.answers(_MAIN_OF, court_id, number):
        main: MainAccount
        main, main.court = reading.split(values, *_MAIN)
        return main
    raise MainAccount.DoesNotExist


def keep_pushed(*, main: MainAccount, item: CreditLine, at: datetime) -> StatementLine:
    """The line of a pushed item, made when no file brought it before."""
    identity = identity_of(
        account=main.number,
        bank_reference=item.bank_reference,
        direction=item.direction,
        amount=item.amount,
        booked_on=item.booked_on,
        balance=item.balance,
        counterparty_name=item.counterparty_name,
        counterparty_account=item.counterparty_account,
        remark=item.remark,
    )
    row = StatementLine(
        id=uuid7(),
        court_id=main.court_id,
        main=main,
        identity=identity,
        direction=item.direction,
        amount=item.amount,
        balance=item.balance,
        booked_on=item.booked_on,
        booked_at=item.booked_at,
        counterparty_name=item.counterparty_name[:120],
        counterparty_account=item.counterparty_account,
        counterparty_bank=item.counterparty_bank[:120],
        remark=item.remark[:300],
        sub_account=item.sub_account[:64],
        bank_reference=item.bank_reference[:80],
        kind=item.kind,
        instruction_key=item.instruction_key,
        taken_at=at,
    )
    if writing.insert([row], once=True):
        return row
    return StatementLine.objects.select_related("main", "court").get(main=main, identity=identity)


def book(*, line: StatementLine, actor: Actor, at: datetime) -> Receipt | None:
    """Book a line once; gives its receipt, or None for money that went out, came back, or was cash handed in."""
    book_all(lines=[line], actor=actor, at=at)
    return Receipt.objects.filter(line=line).first() if line.state == LineState.BOOKED else None


def book_all(*, lines: Sequence[StatementLine], actor: Actor, at: datetime, savepoint: bool = True) -> None:
    """Book lines of one court in one transaction, each once under its own command and all or none of them.

    Several lines must be plain ones (``explaining.is_plain``): what explains a line locks a case of its own. Without a
    ``savepoint`` a fault ends the caller's transaction.
    """
    by_key = {f"line:{line.identity}": line for line in lines}
    results = commands.run_all(
        court_id=lines[0].court_id,
        verb="funds.book",
        inputs={key: _inputs(line) for key, line in by_key.items()},
        at=at,
        act=lambda new: _book([(by_key[key], command) for key, command in new.items()], actor, at),
        savepoint=savepoint,
    )
    for key, line in by_key.items():
        line.state = results[key]["state"]


def _inputs(line: StatementLine) -> dict[str, Any]:
    return {"identity": line.identity, "amount": line.amount, "direction": line.direction}


def _book(rows: Sequence[tuple[StatementLine, Command]], actor: Actor, at: datetime) -> dict[str, dict[str, Any]]:
    results: dict[str, dict[str, Any]] = {}
    new = []
    for line, command in rows:
        plain = explaining.is_plain(line)
        known = None if plain else explaining.explain(line=line, command=command, actor=actor, at=at)
        if known is None:
            new.append((line, command))
        else:
            StatementLine.objects.filter(pk=line.pk).update(state=known)
            results[command.key] = {"state": known, "receipt": None}
    for receipt, command in _receive(new, actor, at) if new else ():
        results[command.key] = {"state": LineState.BOOKED, "receipt": receipt.pk}
    writing.run(_BOOKED, LineState.BOOKED.value, [line.pk for line, _command in new])
    return results


def _receive(
    rows: Sequence[tuple[StatementLine, Command]], actor: Actor, at: datetime
) -> list[tuple[Receipt, Command]]:
    """Receipts of new money: first what has a case, then what waits in suspense."""
    owned, lost = [], []
    for (line, command), found in zip(
        rows, _settled(matching.match_all([line for line, _command in rows])), strict=True
    ):
        receipt = booking.from_line(line, actor=actor, at=at)
        if found.case:
            owned.append(Arrival(receipt, found.case, command))
        else:
            lost.append((receipt, found, command))
    if owned:
        booking.to_cases(owned, source=AccountKind.BANK, state=ReceiptState.MATCHED, actor=actor, at=at)
    for receipt, found, command in lost:
        _suspend(receipt, found, command, actor, at)
    return [*((row.receipt, row.command) for row in owned), *((receipt, command) for receipt, _found, command in lost)]


def _suspend(receipt: Receipt, found: Match, command: Command, actor: Actor, at: datetime) -> None:
    reason = found.reason or SuspenseReason.NO_REFERENCE
    booking.to_suspense(receipt, reason=reason, meant=found.meant, command=command, actor=actor, at=at)
    audit.write(actor=actor, act=SUSPENDED, at=at, about=receipt.symbol, amount=str(receipt.amount), reason=str(reason))


def _settled(found: Sequence[Match]) -> list[Match]:
    """The matches with all their cases locked; a case that closed while we waited is routed again."""
    meant = {case.pk for match in found if (case := match.case or match.meant)}
    held = {case.pk: case for case in case_locks.lock_all(meant)} if meant else {}
    return [_with_case(match, held) for match in found]


def _with_case(found: Match, held: Mapping[UUID, Case]) -> Match:
    if found.case is None:
        return Match(None, found.reason, held[found.meant.pk] if found.meant else None)
    case = held[found.case.pk]
    if case.is_open:
        return Match(case)
    again = matching.route(case)
    if again.case is None or again.case.pk == case.pk:
        return Match(None, again.reason or SuspenseReason.CASE_CLOSED, case)
    return Match(None, SuspenseReason.CASE_CLOSED, case)


def book_waiting(*, court: Court, actor: Actor, at: datetime, limit: int = 500, import_id: UUID | None = None) -> int:
    """Book lines that are kept and not booked, oldest first, in short runs of one transaction; how many were booked."""
    rows = StatementLine.objects.filter(court=court, state=LineState.NEW)
    if import_id:
        rows = rows.filter(imported_id=import_id)
    waiting = list(rows.order_by("taken_at", "ordinal", "pk")[:limit])
    prefetch_related_objects(waiting, "main", "court")
    done = 0
    for lines in _runs(waiting):
        _book_run(lines, actor, at)
        done += len(lines)
    return done


def _runs(rows: Iterable[StatementLine]) -> Iterator[list[StatementLine]]:
    """The lines in their order: runs of plain incoming ones, every other line alone."""
    run: list[StatementLine] = []
    for line in rows:
        plain = explaining.is_plain(line)
        if run and (not plain or len(run) == RUN):
            yield run
            run = []
        if plain:
            run.append(line)
        else:
            yield [line]
    if run:
        yield run


def _book_run(lines: Sequence[StatementLine], actor: Actor, at: datetime) -> None:
    """Book lines in one transaction; when one of them fails, each in its own, so that it harms no other."""
    if len(lines) > 1:
        try:
            book_all(lines=lines, actor=actor, at=at)
            return
        except Exception:
            logger.warning("a run of %s lines is booked line by line", len(lines), exc_info=True)
    for line in lines:
        book_all(lines=[line], actor=actor, at=at)
