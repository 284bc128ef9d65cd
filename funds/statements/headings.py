"""Which column is what: the headings that Chinese banks write, folded, in the order in which they are preferred.

A row is the heading when it names a day, money, and something that tells about the movement. Banks differ in words, not
in kind, so a new export usually needs no more than its words here.
"""

import re
from dataclasses import dataclass

from funds.statements.cells import folded
from funds.statements.decoding import Row

IN_COLUMN = r"(?:收入|存入|贷方|转入|收款|来款|贷)(?:金额|发生额|数额|额)?(?:\((?:收入|存入|贷|贷方)\))?"
OUT_COLUMN = r"(?:支出|支取|借方|转出|付款|借)(?:金额|发生额|数额|额)?(?:\((?:支取|支出|取出|借|借方)\))?"
ROLES: dict[str, tuple[str, ...]] = {
    "booked_on": (r"(?:银行)?(?:记账|记帐|入账|入帐|账务|会计|过账|到账)(?:日|日期)", r"(?:booking|posting)date"),
    "traded_on": (r"(?:交易|业务|发生)(?:日|日期)", r"日期", r"(?:transaction)?date"),
    "time": (r"(?:交易|记账|记帐|入账|到账)(?:时间|日期时间|日期/时间)", r"时间|交易时刻", r"time"),
    "income": (
        r"(?:记账|入账)金额\((?:收入|存入|贷)\)",
        r"交易金额\((?:收入|存入|贷)\)",
        IN_COLUMN,
        r"credit(?:amount)?",
    ),
    "expense": (
        r"(?:记账|入账)金额\((?:支出|支取|借)\)",
        r"交易金额\((?:支出|支取|借)\)",
        OUT_COLUMN,
        r"debit(?:amount)?",
    ),
    "coded": (r"(?:入账|记账)币种/金额", r"(?:交易)?币种/金额"),
    "amount": (r"(?:记账|入账|人民币)金额", r"交易金额|金额|发生额|交易额", r"amount"),
    "direction": (
        r"借贷(?:标志|标识|标记|方向|状态)?|借/贷",
        r"(?:收支|收付|收/支|存取)(?:类型|标志|标识|方向)?|资金流向|来往账标志|交易方向",
    ),
    "currency": (r"(?:记账|入账)(?:币种|币别)", r"币种|币别|货币|货币种类|币种名称", r"交易(?:币种|币别)", r"currency"),
    "balance": (r"(?:账户|本次|联机|交易后|当前|账面|帐户)?余额", r"balance"),
    "counterparty_name": (
        r"(?:对方|对手|交易对方|交易对手)(?:户名|账户名|账户名称|帐户名称|账号名称|单位名称|单位|名称|姓名|账户户名)",
        r"(?:收\(付\)方|收/付方|收款人/付款人|付款人/收款人)(?:名称|户名)",
        r"户名",
    ),
    "counterparty_account": (
        r"(?:对方|对手|交易对方|交易对手)(?:账号|帐号|账户|帐户|卡号|卡号/账号|账号/卡号|账户账号)",
        r"(?:收\(付\)方|收/付方)(?:账号|帐号)",
    ),
    "party": (r"(?:对方|对手|交易对手|交易对方)信息|对方账号与户名|交易对方|对手方|对方",),
    "reference": (
        r"(?:交易|银行|核心|主机|账务|系统)?流水号?|日志号|账户明细编号-交易流水号|(?:业务|交易|银行)参考号|交易编号",
        r"(?:电子)?回单(?:编号|号)",
    ),
    "sub_account": (r"子账号|子账户(?:账号)?|子帐号|虚拟(?:账号|子账号|账户)|分账户?号|专户子账号|案款账号",),
    "own_account": (r"(?:本方|我方|查询|交易)?(?:账号|帐号|卡号)", r"借记卡号|卡号(?:末|后)四位"),
}
REMARKS = (
    r"(?:交易|客户|账户|业务)?(?:摘要|附言|备注|说明|描述|用途|名称|类型)|个性化信息|款项用途|转账附言|"
    r"交易地点(?:/附言)?|交易场所|(?:remark|description|narrative)s?"
)
BANKS_BY_TITLE = (
    ("ICBC", r"工商银行|明细查询文件下载|Industrial and Commercial Bank of China"),
    ("ABC", r"农业银行|Agricultural Bank of China"),
    ("CCB", r"建设银行|China Construction Bank"),
    ("BOCOM", r"交通银行|Bank of Communications"),
    ("CMB", r"招商银行|China Merchants Bank"),
    ("BOC", r"中国银行|Bank of China"),
)
BANKS_BY_HEADINGS = (
    ("ICBC", {"记账金额(收入)", "记账金额(支出)"}),
    ("ABC", {"日志号", "本次余额"}),
    ("CCB", {"记账日", "支出", "收入", "账户余额"}),
    ("BOCOM", {"借贷", "交易类型", "交易地点"}),
    ("BOCOM", {"入账币种/金额", "交易说明"}),
    ("CMB", {"联机余额", "客户摘要"}),
    ("CMB", {"人民币金额", "卡号末四位"}),
    ("CMB", {"交易类型", "交易备注", "收入", "支出"}),
    ("BOC", {"币别", "交易名称", "对方账户名"}),
    ("BOC", {"银行记账日", "卡号后四位"}),
)
DAYS, MONEY = ("booked_on", "traded_on", "time"), ("income", "expense", "coded", "amount")
TELLING = ("balance", "counterparty_name", "counterparty_account", "party", "direction")


@dataclass(frozen=True)
class Heading:
    """The heading row: where each role stands, the columns of the remark, and the folded words."""

    row: Row
    words: tuple[str, ...]
    columns: dict[str, int]
    remarks: tuple[int, ...]

    def of(self, row: Row, role: str) -> str:
        """The cell of a role in a row, or nothing."""
        return row.cell(self.columns.get(role))

    @property
    def card(self) -> bool:
        """Whether this is a credit card's statement with one signed column: there a positive amount was spent."""
        return any(re.fullmatch(r"卡号[末后]四位", word) for word in self.words) and "amount" in self.columns


def find(rows: tuple[Row, ...]) -> int | None:
    """The index of the heading row; None when no row is one."""
    for index, row in enumerate(rows[:200]):
        if len(row.cells) >= 3 and _is_heading(understood(row)):
            return index
    return None


def understood(row: Row) -> Heading:
    """What each column of a heading row means."""
    words = tuple(_word(cell) for cell in row.cells)
    columns: dict[str, int] = {}
    taken: set[int] = set()
    for role, patterns in ROLES.items():
        index = _column(words, patterns, taken)
        if index is not None:
            columns[role] = index
            taken.add(index)
    if "own_account" in columns and words[columns.get("counterparty_name", 0)] == "户名":
        del columns["counterparty_name"]  # beside one's own account number it is one's own name
    remarks = tuple(
        index for index, word in enumerate(words) if index not in taken and re.fullmatch(REMARKS, word, re.IGNORECASE)
    )
    return Heading(row, words, columns, remarks)


def bank(heading: Heading, preamble: str) -> str:
    """The bank, by what stands above the table, else by the headings; OTHER when neither tells."""
    for code, pattern in BANKS_BY_TITLE:
        if re.search(pattern, preamble, re.IGNORECASE):
            return code
    for code, words in BANKS_BY_HEADINGS:
        if words <= set(heading.words):
            return code
    return "OTHER"


def _column(words: tuple[str, ...], patterns: tuple[str, ...], taken: set[int]) -> int | None:
    for pattern in patterns:
        for index, word in enumerate(words):
            if index not in taken and re.fullmatch(pattern, word, re.IGNORECASE):
                return index
    return None


def _is_heading(heading: Heading) -> bool:
    found = heading.columns
    return (
        any(role in found for role in DAYS)
        and any(role in found for role in MONEY)
        and (any(role in found for role in TELLING) or bool(heading.remarks))
    )


def _word(cell: str) -> str:
    """A heading without blanks and units."""
    word = folded(cell).strip("*:#")
    return re.sub(r"/元|\((?:元|人民币|人民币元|CNY|RMB|单位:元)\)", "", word)


def is_tail(heading: Heading) -> bool:
    """Whether the column of one's own account shows no more than the last four digits of cards."""
    index = heading.columns.get("own_account")
    return index is not None and bool(re.search(r"[末后]四位|借记卡号", heading.words[index]))
