"""Importing a statement file: read whole or refused whole, kept with its control totals, every line once."""

import hashlib
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts import acts, audit, policy
from accounts.actors import Actor
from accounts.models import Court
from accounts.roles import Action
from funds import statements
from funds.models import MainAccount, StatementImport, StatementLine
from funds.services import opening, receiving
from kernel import canonical, writing
from kernel.keys import uuid7
from kernel.refusals import Refusal

IMPORTED = "statement_imported"
acts.declare(IMPORTED, _("导入银行流水"))
AT_A_TIME = 1000
"""Lines that one statement keeps."""
AT_ONCE = 200
"""Lines that are booked while the clerk waits; a larger file is booked by the worker, with its progress shown."""


class FileRefused(Refusal):
    """The file cannot be read; nothing of it was taken."""

    message = _("文件未导入，第 %(line)s 行：%(reason)s。请核对后重新导入，没有任何一行入账。")
    status = 400


class WrongAccount(Refusal):
    """The statement is of another account."""

    message = _("这是账户尾号 %(tail)s 的流水，不是本院案款专户（尾号 %(own)s）。请重新选择文件。")
    status = 400


class WrongCurrency(Refusal):
    """Case funds are kept in yuan."""

    message = _("这是 %(currency)s 账户的流水，案款专户只收人民币。")
    status = 400


@transaction.atomic
def take(*, court: Court, name: str, content: bytes, actor: Actor, at: datetime) -> StatementImport:
    """Keep a statement file and its new lines; the same file again gives the first import. Nothing is booked yet.

    Raises FileRefused, WrongAccount, WrongCurrency, NoMainAccount, NotAllowed. Advices and intraday reports keep no lines.
    """
    policy.require(actor, Action.REGISTER_RECEIPT)
    main = opening.main_account(court)
    sha256 = hashlib.sha256(content).hexdigest()
    known = StatementImport.objects.filter(court=court, sha256=sha256).first()
    if known:
        return known
    statement = _read(name, content)
    _check(statement, main)
    row = _row(statement, main, name=name, sha256=sha256, actor=actor, at=at)
    StatementImport.objects.bulk_create([row], ignore_conflicts=True)
    stored = StatementImport.objects.get(court=court, sha256=sha256)
    if stored.pk != row.pk:  # somebody imported the same file at this very moment
        return stored
    _keep_lines(statement, main, row, actor, at)
    audit.write(
        actor=actor, act=IMPORTED, at=at, about=row.symbol, new=row.lines_new, known=row.lines_known, sha256=sha256
    )
    return row


def take_and_book(*, court: Court, name: str, content: bytes, actor: Actor, at: datetime) -> StatementImport:
    """Keep a file and book its lines, each in its own transaction; those of a larger file are left to the worker.

    One transaction for several lines would lock a case while it holds the accounts of another, and so wait crosswise with
    every push of the bank. What is kept and not booked when this breaks off, the worker books.
    """
    row = take(court=court, name=name, content=content, actor=actor, at=at)
    if row.lines_new <= AT_ONCE:
        receiving.book_waiting(court=court, actor=actor, at=at, limit=AT_ONCE, import_id=row.pk)
    return row


def _read(name: str, content: bytes) -> statements.Statement:
    try:
        return statements.read(name, content)
    except statements.Unreadable as error:
        raise FileRefused(line=error.line or "—", reason=error.reason.rstrip("。")) from error


def _check(statement: statements.Statement, main: MainAccount) -> None:
    digits = "".join(letter for letter in statement.account if letter.isdigit())
    if digits and digits != main.number:
        raise WrongAccount(tail=digits[-4:], own=main.number[-4:])
    if statement.currency not in {"", "CNY"} and not statement.lines:  # lines in yuan say it better than a preamble
        raise WrongCurrency(currency=statement.currency)


def _row(
    statement: statements.Statement, main: MainAccount, *, name: str, sha256: str, actor: Actor, at: datetime
) -> StatementImport:
    days = [line.booked_on for line in statement.lines]
    return StatementImport(
        id=uuid7(),
        court_id=main.court_id,
        main=main,
        name=name[:200],
        sha256=sha256,
        bank=statement.bank,
        kind=statement.kind,
        from_on=min(days, default=None),
        until_on=max(days, default=None),
        opening=statement.opening,
        closing=statement.closing,
        control=_control(statement.control),
        rejected=[_left_out(one) for one in statement.rejected],
        ignored=[_left_out(one) for one in statement.ignored],
        warnings=[{"code": one.code, "text": one.text} for one in statement.warnings],
        imported_by_id=actor.post_id,
        at=at,
    )


def _keep_lines(
    statement: statements.Statement, main: MainAccount, row: StatementImport, actor: Actor, at: datetime
) -> None:
    """Keep the lines that are new, in the order of their identities: two files that overlap never wait crosswise."""
    if not statement.bookable:
        return
    lines: dict[str, StatementLine] = {}
    for told in statement.lines:
        line = _line(told, main, row, actor, at)
        lines.setdefault(line.identity, line)
    ordered = [lines[identity] for identity in sorted(lines)]
    row._state.adding = False
    runs = (ordered[start : start + AT_A_TIME] for start in range(0, len(ordered), AT_A_TIME))
    row.lines_new = sum(len(writing.insert(run, once=True)) for run in runs)
    row.lines_known = len(lines) - row.lines_new
    row.save(update_fields=["lines_new", "lines_known"])


def _line(
    line: statements.StatementLine, main: MainAccount, row: StatementImport, actor: Actor, at: datetime
) -> StatementLine:
    return StatementLine(
        id=uuid7(),
        court_id=main.court_id,
        main=main,
        imported=row,
        identity=statements.identity(line, main.number),
        ordinal=line.ordinal,
        direction=line.direction,
        amount=line.amount,
        balance=line.balance,
        booked_on=line.booked_on,
        booked_at=line.booked_at,
        traded_on=line.traded_on,
        counterparty_name=line.counterparty_name[:120],
        counterparty_account=line.counterparty_account,
        remark=line.remark[:300],
        sub_account=line.sub_account[:64],
        bank_reference=(line.bank_reference or "")[:80],
        instruction_key=line.raw.get("EndToEndId", "")[:120],
        taken_by_id=actor.post_id,
        taken_at=at,
    )


def _control(control: statements.ControlTotals) -> dict[str, Any]:
    totals = {}
    for name in ("read", "accepted", "rejected", "ignored"):
        total: statements.Total = getattr(control, name)
        totals[name] = {
            "count": total.count,
            "sum": total.sum,
            "in_count": total.in_count,
            "in_sum": total.in_sum,
            "out_count": total.out_count,
            "out_sum": total.out_sum,
        }
    plain: dict[str, Any] = canonical.plain(totals)
    return plain


def _left_out(one: statements.Rejected | statements.Ignored) -> dict[str, Any]:
    reason = one.reason if isinstance(one, statements.Rejected) else ""
    found: dict[str, Any] = canonical.plain(
        {
            "line": one.line,
            "code": one.code,
            "reason": reason,
            "amount": one.amount,
            "direction": one.direction,
            "currency": one.currency,
            "booked_on": one.booked_on,
        }
    )
    return found
