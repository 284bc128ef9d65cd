"""Reading a bank's file: what it is is told by its content alone, and a broken one is refused whole."""

from funds.statements import camt, headings, tables
from funds.statements.decoding import LARGEST_FILE, sheets
from funds.statements.model import Statement
from funds.statements.refusing import Unreadable
from funds.statements.refusing import marked as _


def read(name: str, content: bytes, *, currency: str = "CNY") -> Statement:
    """The one statement of a file; lines in another currency are rejected. Refusal: Unreadable, also for several accounts."""
    found = read_all(name, content, currency=currency)
    if len(found) > 1:
        accounts = "、".join(statement.account for statement in found)
        raise Unreadable(0, _("文件“{name}”含有多个账户（{accounts}），请分开导入"), name=name, accounts=accounts)
    return found[0]


def read_all(name: str, content: bytes, *, currency: str = "CNY") -> tuple[Statement, ...]:
    """Every statement of a file: one for each account. Refusal: Unreadable."""
    if not content.strip():
        raise Unreadable(0, _("文件“{name}”是空的"), name=name)
    if len(content) > LARGEST_FILE:
        raise Unreadable(0, _("文件“{name}”过大，不予读取"), name=name)
    if camt.is_message(content):
        return tuple(camt.statements(content, currency=currency))
    found = sheets(content, lambda rows: headings.find(rows) is not None)
    statements = [statement for sheet in found for statement in tables.statements(sheet, currency=currency)]
    if not statements:
        raise Unreadable(0, _("没有认出“{name}”是哪家银行的流水：找不到日期、金额和余额或摘要的表头"), name=name)
    return tuple(statements)
