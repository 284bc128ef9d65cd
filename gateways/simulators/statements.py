"""The bank's statement of one account and day, as camt.053.001.08 and as a GB18030 table."""

import csv
import io
from dataclasses import dataclass
from decimal import Decimal
from xml.sax.saxutils import escape

from gateways.simulators.state import SHANGHAI, Document, moment_of, yuan

NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"
HEADINGS = (
    "记账日期",
    "记账时间",
    "流水号",
    "收入金额",
    "支出金额",
    "余额",
    "币种",
    "子账号",
    "对方户名",
    "对方账号",
    "对方开户行",
    "附言",
)


@dataclass(frozen=True)
class Sheet:
    """One day of one account: its lines between an opening and a closing balance, in yuan."""

    account: str
    name: str
    day: str
    opening: Decimal
    closing: Decimal
    lines: list[Document]

    @classmethod
    def of(cls, account: Document, day: str, lines: list[Document]) -> "Sheet":
        """Cut a day out of all lines of an account."""
        before = [line for line in lines if line["booked_on"] < day]
        today = [line for line in lines if line["booked_on"] == day]
        opening = Decimal(before[-1]["balance"] if before else account["opening"])
        closing = Decimal(today[-1]["balance"]) if today else opening
        return cls(account["account"], account["name"], day, opening, closing, today)

    def moved(self, direction: str) -> Decimal:
        """The sum of one direction; a line that the bank shows twice counts once."""
        amounts = {line["bank_reference"]: line["amount"] for line in self.lines if line["direction"] == direction}
        return sum((Decimal(amount) for amount in amounts.values()), Decimal(0))

    def totals(self) -> Document:
        """The day in four figures."""
        return {
            "account": self.account,
            "day": self.day,
            "opening": yuan(self.opening),
            "closing": yuan(self.closing),
            "received": yuan(self.moved("IN")),
            "paid": yuan(self.moved("OUT")),
            "count": len(self.lines),
        }


def table(sheet: Sheet) -> bytes:
    """The day as a table with a preamble and a footer, as banks' own exports have them."""
    out = io.StringIO()
    rows = csv.writer(out)
    rows.writerow(["账户交易明细"])
    rows.writerow([f"账号：{sheet.account}", f"户名：{sheet.name}", "币种：人民币"])
    rows.writerow([f"日期：{sheet.day}", f"期初余额：{sheet.opening:,.2f}", f"期末余额：{sheet.closing:,.2f}"])
    rows.writerow(HEADINGS)
    for line in sheet.lines:
        rows.writerow(_cells(line))
    rows.writerow(["合计", "", "", f"{sheet.moved('IN'):,.2f}", f"{sheet.moved('OUT'):,.2f}"])
    return out.getvalue().encode("gb18030")


def _cells(line: Document) -> list[str]:
    amount = f"{Decimal(line['amount']):,.2f}"
    return [
        line["booked_on"],
        moment_of(line["booked_at"]).astimezone(SHANGHAI).strftime("%H:%M:%S"),
        line["bank_reference"],
        amount if line["direction"] == "IN" else "",
        amount if line["direction"] == "OUT" else "",
        f"{Decimal(line['balance']):,.2f}",
        "人民币",
        line["sub_account"],
        line["counterparty_name"],
        line["counterparty_account"],
        line["counterparty_bank"],
        " ".join(part for part in (line["remark"], line["instruction_key"]) if part),
    ]


def camt053(sheet: Sheet) -> bytes:
    """The day as an ISO 20022 bank-to-customer statement."""
    balances = _balance("OPBD", sheet.opening, sheet.day) + _balance("CLBD", sheet.closing, sheet.day)
    entries = "".join(_entry(line) for line in sheet.lines)
    name = f"{sheet.account}-{sheet.day}"
    created = f"{sheet.day}T23:59:59+08:00"
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<Document xmlns="{NAMESPACE}"><BkToCstmrStmt>'
        f"<GrpHdr><MsgId>{escape(name)}</MsgId><CreDtTm>{created}</CreDtTm></GrpHdr>"
        f"<Stmt><Id>{escape(name)}</Id><CreDtTm>{created}</CreDtTm>"
        f"<Acct><Id><Othr><Id>{escape(sheet.account)}</Id></Othr></Id><Ccy>CNY</Ccy>"
        f"<Nm>{escape(sheet.name)}</Nm></Acct>{balances}{entries}</Stmt></BkToCstmrStmt></Document>\n"
    ).encode()


def _balance(code: str, amount: Decimal, day: str) -> str:
    return (
        f"<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp>{_amount(amount)}{_side(amount >= 0)}"
        f"<Dt><Dt>{day}</Dt></Dt></Bal>"
    )


def _entry(line: Document) -> str:
    incoming = line["direction"] == "IN"
    booked = moment_of(line["booked_at"]).astimezone(SHANGHAI).isoformat(timespec="seconds")
    end_to_end = escape(line["instruction_key"] or "NOTPROVIDED")
    return (
        f"<Ntry>{_amount(Decimal(line['amount']))}{_side(incoming)}<Sts><Cd>BOOK</Cd></Sts>"
        f"<BookgDt><DtTm>{booked}</DtTm></BookgDt><ValDt><Dt>{line['booked_on']}</Dt></ValDt>"
        f"<AcctSvcrRef>{line['bank_reference']}</AcctSvcrRef>"
        f"<BkTxCd><Prtry><Cd>{line['kind']}</Cd></Prtry></BkTxCd>"
        f"<NtryDtls><TxDtls><Refs><EndToEndId>{end_to_end}</EndToEndId></Refs>"
        f"<RltdPties>{_parties(line, incoming)}</RltdPties>"
        f"<RmtInf><Ustrd>{escape(line['remark'])}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>"
    )


def _parties(line: Document, incoming: bool) -> str:
    """The other side, then the sub-account of ours that was meant."""
    other, own = ("Dbtr", "Cdtr") if incoming else ("Cdtr", "Dbtr")
    parties = f"<{other}><Pty><Nm>{escape(line['counterparty_name'])}</Nm></Pty></{other}>"
    if line["counterparty_account"]:
        parties += _party_account(other, line["counterparty_account"])
    return parties + (_party_account(own, line["sub_account"]) if line["sub_account"] else "")


def _party_account(side: str, number: str) -> str:
    return f"<{side}Acct><Id><Othr><Id>{escape(number)}</Id></Othr></Id></{side}Acct>"


def _amount(amount: Decimal) -> str:
    return f'<Amt Ccy="CNY">{abs(amount):.2f}</Amt>'


def _side(incoming: bool) -> str:
    return f"<CdtDbtInd>{'CRDT' if incoming else 'DBIT'}</CdtDbtInd>"
