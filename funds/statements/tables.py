"""A bank's table, from any bank that heads its columns in Chinese, into statements.

Below the heading a row is a movement when it begins with a day; totals and notes are told apart from it, and whatever is
neither is a broken file, refused whole with its line. The direction follows from two columns, a flag, a sign or, on
credit cards, from the words; where nothing tells, the line is rejected and not guessed.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from funds.statements import cells, headings, identities
from funds.statements.cells import WrongCell
from funds.statements.checking import warnings_of
from funds.statements.decoding import Row, Sheet
from funds.statements.headings import Heading
from funds.statements.model import (
    STATEMENT,
    ControlTotals,
    Direction,
    Ignored,
    Rejected,
    Statement,
    StatementLine,
    StatementWarning,
)
from funds.statements.preamble import Preamble
from funds.statements.refusing import Unreadable
from funds.statements.refusing import marked as _

FOOTER = re.compile(
    r"[*#]|[=\-—]{2,}|(?:人民币|本页|本期|累计|交易)?(?:合计|总计|小计|总额)|(?:总|本期|累计)?(?:收入|支出)(?:合计|总)|"
    r"期[初末]|以上|注[:：]|说明|备注|温馨提示|打印|制表|第\d+页|共\d+|查询|下载|结束|END",
    re.IGNORECASE,
)
CARRIED = re.compile(r"(?:期初|上期|上日|承前|结转)余额?|承前页|承上页|上年结转|余额结转")
SPENT = re.compile(r"消费|取现|预借|手续费|利息|年费|分期|违约金|滞纳金|还款冲|代扣")
GIVEN_BACK = re.compile(r"信用卡还款|还款|退货|退款|返现|存入|冲正|溢缴")
CUT_OFF = _("最后一行不完整，文件可能没有下载完；请重新下载")
MAY_BE_CUT = _("文件末尾没有换行，最后一行可能不完整，请与银行核对")
UNTOLD = _("看不出这笔是收入还是支出")
KNOWN_SIGNS = frozenset({"ABC", "BOC", "BOCOM", "CCB", "CMB", "ICBC"})


@dataclass(frozen=True)
class Movement:
    """A row understood before it is judged: a signed amount, or the reason why its direction is not known."""

    row: Row
    booked_on: date
    traded_on: date | None
    amount: Decimal
    signed: bool
    flag: str | None
    currency: str
    own_account: str
    balance: Decimal | None
    booked_at: datetime | None


def statements(sheet: Sheet, *, currency: str) -> list[Statement]:
    """The statements of a sheet, one for each account in it; none when it has no heading."""
    index = headings.find(sheet.rows)
    if index is None:
        return []
    if sheet.open_ended and all(row.empty for row in sheet.rows[index + 1 :]):
        raise Unreadable(sheet.rows[index].line, CUT_OFF)
    heading, preamble = headings.understood(sheet.rows[index]), Preamble.of(sheet.rows[:index])
    reader = _Reader(heading, preamble, currency, sheet)
    movements = list(reader.movements(sheet.rows[index + 1 :]))
    accounts = list(dict.fromkeys(one.own_account for one in movements))
    if len(accounts) > 1 and not headings.is_tail(heading):
        return [reader.statement([one for one in movements if one.own_account == own], own) for own in accounts]
    return [reader.statement(movements, accounts[0] if len(accounts) == 1 else "")]


class _Reader:
    """Reads the rows of one sheet; keeps the totals that the bank declares below them."""

    def __init__(self, heading: Heading, preamble: Preamble, currency: str, sheet: Sheet) -> None:
        self.heading = heading
        self.preamble = preamble
        self.wanted = currency
        self.sheet = sheet
        self.bank = headings.bank(heading, preamble.text)
        self.opening = preamble.opening
        self.uncertain = False
        self.declared: list[tuple[Decimal | None, Decimal | None]] = []

    def movements(self, rows: tuple[Row, ...]) -> Iterator[Movement]:
        """The rows that move money, in the order of the file."""
        for row in rows:
            if row.empty or row.cells == self.heading.row.cells:
                continue
            try:
                movement = self._movement(row, last=row is rows[-1])
            except WrongCell as wrong:
                raise Unreadable(row.line, wrong.template, value=wrong.value) from None
            if movement:
                self.uncertain = self.sheet.open_ended and row is rows[-1]
                yield movement

    def statement(self, movements: list[Movement], own_account: str) -> Statement:
        """Judge the movements: accepted, rejected or ignored."""
        accepted: list[StatementLine] = []
        rejected: list[Rejected] = []
        ignored: list[Ignored] = []
        sides = self._sides(movements)
        for ordinal, (movement, side) in enumerate(zip(movements, sides, strict=True), 1):
            line = movement.row.line
            rest = (abs(movement.amount), side, movement.currency, movement.booked_on)
            if movement.amount == 0:
                ignored.append(Ignored(ordinal, line, "ZERO", *rest))
            elif movement.currency != self.wanted:
                reason = _("币种为 {currency}，不是 {wanted}").format(currency=movement.currency, wanted=self.wanted)
                rejected.append(Rejected(ordinal, line, "CURRENCY", reason, *rest))
            elif side is None:
                rejected.append(Rejected(ordinal, line, "DIRECTION", UNTOLD, *rest))
            else:
                accepted.append(self._line(ordinal, movement, side))
        lines = tuple(identities.numbered(accepted))
        warnings, opening, closing = warnings_of(
            lines, opening=self.opening, closing=self.preamble.closing, declared=self.declared, whole=not rejected
        )
        return Statement(
            bank=self.bank,
            kind=STATEMENT,
            account=self.preamble.account or own_account,
            currency=self.preamble.currency(self.wanted),
            opening=opening,
            closing=closing,
            lines=lines,
            rejected=tuple(rejected),
            ignored=tuple(ignored),
            control=ControlTotals.of(lines, rejected, ignored),
            warnings=(*warnings, *([StatementWarning("CUT", MAY_BE_CUT)] if self.uncertain else ())),
        )

    def _movement(self, row: Row, *, last: bool) -> Movement | None:
        """The row as a movement; None when it is a total or a note; WrongCell or Unreadable when it is neither."""
        if (
            last
            and self.sheet.open_ended
            and len(row.cells) < len(self.heading.row.cells)
            and row.cells[0][:1].isdigit()
        ):
            raise Unreadable(row.line, CUT_OFF)
        booked, traded = self._days(row)
        if booked is None:
            self._pass_by(row)
            return None
        number, signed, currency = self._amount(row)
        if number is None:
            if any(CARRIED.search(cell) for cell in row.cells):
                self.opening = cells.balance(self.heading.of(row, "balance"))
                return None
            raise Unreadable(row.line, _("这一行没有金额，文件可能不完整"))
        of = self.heading.of
        return Movement(
            row=row,
            booked_on=booked,
            traded_on=traded,
            amount=number,
            signed=signed,
            flag=cells.direction(of(row, "direction")),
            currency=currency,
            own_account=of(row, "own_account"),
            balance=cells.balance(of(row, "balance")),
            booked_at=cells.moment(traded or booked, of(row, "time")),
        )

    def _days(self, row: Row) -> tuple[date | None, date | None]:
        """The day on which the bank booked (else on which it was traded), and the day of trade."""
        of, period = self.heading.of, self.preamble.period
        booked = cells.day(of(row, "booked_on"), period=period)
        traded = cells.day(of(row, "traded_on"), period=period)
        return booked or traded or cells.day(of(row, "time")), traded

    def _pass_by(self, row: Row) -> None:
        """Take the declared totals of a footer; refuse a row with an amount but no day."""
        written = [cell for cell in row.cells if cell]
        if FOOTER.match(written[0]):
            if "计" in written[0]:
                self.declared.append((self._declared(row, "income"), self._declared(row, "expense")))
            return
        money = [self.heading.of(row, role) for role in headings.MONEY if self.heading.of(row, role)]
        if money and len(written) > 1 and any(re.search(r"\d", cell) for cell in money):
            raise Unreadable(row.line, _("日期“{value}”写法不对"), value=written[0])

    def _declared(self, row: Row, role: str) -> Decimal | None:
        try:
            found = cells.amount(self.heading.of(row, role))
        except WrongCell:
            return None
        return found[0] if found else None

    def _amount(self, row: Row) -> tuple[Decimal | None, bool, str]:
        """The amount as the columns say it, whether it bore a sign, and its currency."""
        of = self.heading.of
        currency = cells.currency(of(row, "currency"), self.preamble.currency(self.wanted))
        if "income" in self.heading.columns or "expense" in self.heading.columns:
            number = self._two_columns(row)
            return number, True, currency
        text = of(row, "amount")
        if "coded" in self.heading.columns:
            currency, text = cells.coded_amount(of(row, "coded"), currency)
        found = cells.amount(text)
        if found is None:
            return None, False, currency
        return cells.fen(found[0], text, binary=self.sheet.binary), found[1], currency

    def _two_columns(self, row: Row) -> Decimal | None:
        """Income less expense; both at once is no line of a bank."""
        found = []
        for role in ("income", "expense"):
            text = self.heading.of(row, role)
            number = cells.amount(text)
            found.append(cells.fen(number[0], text, binary=self.sheet.binary) if number else None)
        income, expense = found
        if income and expense:
            raise Unreadable(row.line, _("同一行既有收入又有支出"))
        if income is None and expense is None:
            return None
        return (income or Decimal("0.00")) - (expense or Decimal("0.00"))

    def _sides(self, movements: list[Movement]) -> list[Direction | None]:
        """The direction of every movement, by the way in which this table tells it."""
        if "income" in self.heading.columns or "expense" in self.heading.columns:
            return [_by_sign(one.amount) for one in movements]
        if "direction" in self.heading.columns:
            return _by_flag(movements)
        if "coded" in self.heading.columns and not any(one.signed for one in movements):
            return [_by_words(self._remark(one.row)) for one in movements]
        if self.heading.card:
            return [_by_sign(-one.amount) for one in movements]
        if self.bank in KNOWN_SIGNS or any(one.signed for one in movements) or self._runs(movements):
            return [_by_sign(one.amount) for one in movements]
        return [None for _one in movements]

    def _runs(self, movements: list[Movement]) -> bool:
        """Whether the running balance bears out that everything came in."""
        balances = [one.balance for one in movements]
        steps = [
            (after, before, now.amount, earlier.amount)
            for now, earlier, after, before in zip(movements[1:], movements, balances[1:], balances, strict=False)
            if after is not None and before is not None
        ]
        if not steps or len(steps) < len(movements) - 1:
            return False
        rising = all(after - before == amount for after, before, amount, _earlier in steps)
        return rising or all(before - after == earlier for after, before, _amount, earlier in steps)

    def _line(self, ordinal: int, movement: Movement, side: Direction) -> StatementLine:
        row, of = movement.row, self.heading.of
        name, account = of(row, "counterparty_name"), of(row, "counterparty_account")
        if party := of(row, "party"):
            split = cells.party(party)
            name, account = name or split[0], account or split[1]
        return StatementLine(
            ordinal=ordinal,
            booked_on=movement.booked_on,
            booked_at=movement.booked_at,
            amount=abs(movement.amount),
            direction=side,
            currency=movement.currency,
            balance=movement.balance,
            counterparty_name=name,
            counterparty_account=account,
            remark=self._remark(row),
            bank_reference=cells.reference(of(row, "reference")),
            sub_account=of(row, "sub_account"),
            traded_on=movement.traded_on,
            raw={word: cell for word, cell in zip(self.heading.words, row.cells, strict=False) if word and cell},
        )

    def _remark(self, row: Row) -> str:
        """Every text that describes the movement, each once, in the order of the columns."""
        written = [re.sub(r"-{4,}", "", row.cell(index)).strip() for index in self.heading.remarks]
        return " ".join(dict.fromkeys(text for text in written if text))


def _by_sign(amount: Decimal) -> Direction | None:
    return None if amount == 0 else "IN" if amount > 0 else "OUT"


def _by_flag(movements: list[Movement]) -> list[Direction | None]:
    """The flag decides. A negative amount repeats the flag where all outgoing ones are negative, else it reverses it."""
    outgoing = [one.amount for one in movements if one.flag == "OUT"]
    incoming = [one.amount for one in movements if one.flag == "IN"]
    repeats = bool(outgoing) and max(outgoing) <= 0 and all(amount >= 0 for amount in incoming)
    sides: list[Direction | None] = []
    for one in movements:
        reverses = one.amount < 0 and not repeats
        side = {"IN": "OUT", "OUT": "IN"}.get(one.flag or "") if reverses else one.flag
        sides.append("IN" if side == "IN" else "OUT" if side == "OUT" else None)
    return sides


def _by_words(remark: str) -> Direction | None:
    """Credit cards without signs say it at the start of the description."""
    if GIVEN_BACK.match(remark):
        return "IN"
    return "OUT" if SPENT.match(remark) else None
