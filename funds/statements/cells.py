"""Reading one cell: amounts, days, times, currencies and the other side of a line, as banks write them."""

import re
import unicodedata
from datetime import date, datetime, time
from decimal import Decimal
from zoneinfo import ZoneInfo

from funds.statements.refusing import marked as _

SHANGHAI = ZoneInfo("Asia/Shanghai")
FEN = Decimal("0.01")
AMOUNT = re.compile(r"([+-]?)(\d+|\d{1,3}(?:,\d{3})+)(\.\d+)?([+-]?)")
DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?|(\d{4})(\d{2})(\d{2})")
SHORT_DAY = re.compile(r"(\d{1,2})[-/月](\d{1,2})日?")
TIME = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?")
CODED = re.compile(r"([A-Z]{3})\s*(.*)", re.S)
TAIL_NUMBER = re.compile(r"(.*?)[\s,;/|:]*([\d*]{6,}[0-9A-Z]?)")
CURRENCIES = {
    "CNY": ("人民币", "人民币元", "RMB", "CNY", "CNH", "元", "156", "01", "001"),
    "USD": ("美元", "USD", "840"),
    "HKD": ("港币", "港元", "HKD", "344"),
    "EUR": ("欧元", "EUR", "978"),
    "JPY": ("日元", "日圆", "JPY", "392"),
    "GBP": ("英镑", "GBP", "826"),
}
BY_NAME = {name: code for code, names in CURRENCIES.items() for name in names}
INCOMING = ("贷", "收入", "存入", "转入", "来账", "来帐", "收款", "入账", "进账", "CR", "C", "CRDT", "IN", "+", "收")
OUTGOING = ("借", "支出", "支取", "转出", "往账", "往帐", "付款", "出账", "DR", "D", "DBIT", "OUT", "-", "支", "付")


class WrongCell(ValueError):
    """A cell that cannot be what its column says; carries a template and its value."""

    def __init__(self, template: str, value: str) -> None:
        super().__init__(template, value)
        self.template = template
        self.value = value


def clean(value: object) -> str:
    """A cell as text: no tabs, no wide blanks, no spreadsheet armour, no dashes that stand for nothing."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = " ".join(str(value if value is not None else "").replace("\ufeff", "").split())
    if text.startswith('="') and text.endswith('"'):
        text = text[2:-1].strip()
    text = text.removeprefix("'")
    return text if text.strip("-—－_/") else ""


def folded(text: str) -> str:
    """Full-width digits and punctuation as ASCII, without blanks: how headings, dates and numbers are compared."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def amount(text: str) -> tuple[Decimal, bool] | None:
    """A signed number and whether it bore a sign; None for an empty cell. Thousands must be grouped by threes."""
    plain = folded(text).replace("\u2212", "-")
    plain = re.sub(r"^([+-]?)(?:[¥￥$]|CNY|RMB|人民币)([+-]?)", r"\1\2", plain).removesuffix("元")
    if not plain:
        return None
    if match := re.fullmatch(r"\((.+)\)", plain):
        plain = "-" + match[1]
    match = AMOUNT.fullmatch(plain)
    if not match or (match[1] and match[4]):
        raise WrongCell(_("金额“{value}”写法不对"), text)
    number = Decimal(match[2].replace(",", "") + (match[3] or ""))
    sign = match[1] or match[4]
    return (-number if sign == "-" else number), bool(sign)


def fen(number: Decimal, text: str, *, binary: bool = False) -> Decimal:
    """Two places; more are refused, except the noise of a spreadsheet's binary numbers."""
    rounded = number.quantize(FEN)
    if rounded != number and not (binary and abs(rounded - number) < Decimal("0.000001")):
        raise WrongCell(_("金额“{value}”超过两位小数"), text)
    return rounded


def balance(text: str) -> Decimal | None:
    """A balance; masked or absent ones are None."""
    if not re.search(r"\d", text) or re.search(r"[xX*]", text):
        return None
    found = amount(text)
    return fen(found[0], text, binary=True) if found else None


def day(text: str, *, period: tuple[int, int] | None = None) -> date | None:
    """The day at the start of a cell; without a year it is the latest not after the statement's month. None: no day."""
    plain = unicodedata.normalize("NFKC", text).strip()
    match = DAY.match(plain[:8] if re.fullmatch(r"\d{14}", plain) else plain)
    try:
        if match and (len(plain) == 14 or not re.match(r"\d", plain[match.end() :])):
            return date(*(int(part) for part in match.groups() if part))
        if period and (match := SHORT_DAY.fullmatch(plain)):
            month, number = int(match[1]), int(match[2])
            return date(period[0] - (month > period[1]), month, number)
    except ValueError:
        raise WrongCell(_("日期“{value}”不存在"), text) from None
    return None


def clock(text: str) -> time | None:
    """The time of day in a cell, with or without a day before it; six digits count too. None: none there."""
    plain = unicodedata.normalize("NFKC", text).strip()
    match = TIME.search(plain)
    try:
        if match:
            return time(int(match[1]), int(match[2]), int(match[3] or 0))
        digits = re.sub(r"^\d{4}[-/.]?\d{2}[-/.]?\d{2}(?:\s+|(?=\d{6}$))", "", plain)
        if re.fullmatch(r"\d{5,6}", digits):
            digits = digits.zfill(6)
            return time(int(digits[:2]), int(digits[2:4]), int(digits[4:]))
    except ValueError:
        raise WrongCell(_("时间“{value}”不存在"), text) from None
    return None


def moment(on: date, text: str) -> datetime | None:
    """The moment of a day and a time cell, in Shanghai; None when the cell has no time."""
    at = clock(text) if text else None
    return datetime.combine(day(text) or on, at, tzinfo=SHANGHAI) if at else None


def currency(text: str, default: str) -> str:
    """The ISO code of a currency as banks write it; an empty cell is the statement's."""
    plain = folded(text).upper()
    return BY_NAME.get(plain, plain) if plain else default


def coded_amount(text: str, default: str) -> tuple[str, str]:
    """Currency and amount of a cell such as `CNY 13.50`."""
    match = CODED.fullmatch(unicodedata.normalize("NFKC", text).strip())
    return (currency(match[1], default), match[2]) if match else (default, text)


def direction(text: str) -> str | None:
    """IN or OUT by the holder's side of a flag; None when it says neither."""
    words = [word for word in re.split(r"[\s/()]+", unicodedata.normalize("NFKC", text).upper()) if word]
    for word in words:
        if word in INCOMING or word.startswith(("贷", "收入", "转入", "存入")):
            return "IN"
        if word in OUTGOING or word.startswith(("借", "支出", "转出", "支取")):
            return "OUT"
    return None


def party(text: str) -> tuple[str, str]:
    """Name and account of a cell that holds both, one behind the other, or one of them."""
    match = TAIL_NUMBER.fullmatch(text)
    return (match[1].strip(), match[2]) if match else (text, "")


def reference(text: str) -> str | None:
    """The bank's reference; placeholders are none."""
    plain = folded(text)
    if not plain or plain.upper() in ("NOTPROVIDED", "NONREF", "NOREF", "N/A", "无") or not plain.strip("0*-"):
        return None
    return plain
