"""The table that the large banks' batch payment (批量代付) takes: UTF-8 with a byte order mark, one row per payment.

The last column is the shortened instruction key: the bank prints it on the statement, which settles the payment by it.
"""

import csv
from io import StringIO

from funds.payments.model import PaymentOrder

HEADS = ("序号", "收款人账号", "收款人户名", "开户行", "金额", "用途", "附言")
MARK = "\ufeff"


def write(order: PaymentOrder) -> bytes:
    """The table in UTF-8 with CRLF; the same order gives the same bytes. Amounts are yuan with two places."""
    out = StringIO()
    table = csv.writer(out, lineterminator="\r\n")
    table.writerow(HEADS)
    for place, row in enumerate(order.instructions, start=1):
        table.writerow([place, row.account, row.name, row.bank, f"{row.amount:.2f}", row.remark, row.reference])
    return (MARK + out.getvalue()).encode()
