"""Amounts as they are written: 大写 both ways, 万元 and thousands, full-width digits (人民币 in yuan and fen)."""

import re
import unicodedata
from decimal import Decimal, InvalidOperation

from law import money

DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_GROUPS = ("", "万", "亿", "万亿")
_READ = {
    **{character: value for value, character in enumerate(DIGITS)},
    **{character: value for value, character in enumerate("〇一二三四五六七八九")},
    **dict(zip("两弍贰陸漆玖零０", (2, 2, 2, 6, 7, 9, 0, 0), strict=True)),
    "貳": 2,
    "參": 3,
    "叄": 3,
    "弎": 3,
}
_TENS = {"拾": 10, "十": 10, "佰": 100, "百": 100, "仟": 1000, "千": 1000}
_BIG = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}
_NUMBER = re.compile(r"^(\d+(?:\.\d+)?)(亿|万|千|百)?(?:(\d+(?:\.\d+)?))?$")


class NotMoneyText(ValueError):
    """The text names no amount of money."""


def in_capitals(amount: Decimal) -> str:
    """The amount in formal numerals.

    in_capitals(Decimal("1343497.70")) == "壹佰叁拾肆万叁仟肆佰玖拾柒元柒角整".
    """
    amount = money.amount(amount)
    yuan, fen = divmod(int(amount * 100), 100)
    jiao, fen = divmod(fen, 10)
    text = f"{_integer(yuan)}元" if yuan else ""
    if not jiao and not fen:
        return (text or "零元") + "整"
    if jiao:
        text += f"{DIGITS[jiao]}角"
    elif yuan:
        text += "零"
    return text + (f"{DIGITS[fen]}分" if fen else "整")


def read(text: str) -> Decimal:
    """Read an amount in any usual form: 大写, Chinese numerals, 万元, thousands, full width.

    read("人民币壹佰叁拾肆万叁仟肆佰玖拾柒元柒角整") == Decimal("1343497.70"); read("131.1万元") == Decimal("1311000.00");
    read("４００，０００元") == Decimal("400000.00"). Raises NotMoneyText.
    """
    tidy = _tidy(text)
    arabic = _NUMBER.match(tidy)
    try:
        found = _arabic(arabic) if arabic else _chinese(tidy, text)
        return money.amount(found)
    except (InvalidOperation, money.NotAnAmount) as error:
        raise NotMoneyText(f"看不懂的金额：{text.strip()[:40]}") from error


def in_ten_thousands(amount: Decimal) -> str:
    """The amount in 万元 without needless zeros: in_ten_thousands(Decimal("1311000")) == "131.1万元"."""
    value = money.amount(amount) / 10000
    return f"{value.normalize():,f}万元"


def with_thousands(amount: Decimal) -> str:
    """The amount with thousands separators: with_thousands(Decimal("1343497.7")) == "1,343,497.70"."""
    return f"{money.amount(amount):,.2f}"


def _integer(value: int) -> str:
    groups: list[str] = []
    gap = False
    for place in range(len(_GROUPS) - 1, -1, -1):
        group = value // 10 ** (4 * place) % 10000
        if not group:
            gap = gap or bool(groups)
            continue
        if groups and (gap or group < 1000):
            groups.append("零")
        groups.append(_four(group) + _group_name(place, value))
        gap = False
    return "".join(groups)


def _group_name(place: int, value: int) -> str:
    # 万亿 followed by 亿 is written once: 壹万贰仟亿, not 壹万亿贰仟亿.
    return "万" if place == 3 and value // 10**8 % 10000 else _GROUPS[place]


def _four(group: int) -> str:
    text, gap = "", False
    for place in (3, 2, 1, 0):
        digit = group // 10**place % 10
        if not digit:
            gap = gap or bool(text)
            continue
        text += ("零" if gap else "") + DIGITS[digit] + _PLACES[place]
        gap = False
    return text


def _tidy(text: str) -> str:
    narrow = unicodedata.normalize("NFKC", text)
    narrow = re.sub(r"[\s,，_]|人民币|RMB|CNY|[¥￥:：]", "", narrow)
    return re.sub(r"(整|正|。)$", "", narrow).removesuffix("元").removesuffix("圆")


def _arabic(match: re.Match[str]) -> Decimal:
    number, unit, rest = match.groups()
    if unit is None:
        return Decimal(number)
    scale = {"亿": 10**8, "万": 10**4, "千": 1000, "百": 100}[unit]
    return Decimal(number) * scale + Decimal(rest or 0)


def _chinese(tidy: str, text: str) -> Decimal:
    whole, _, small = tidy.replace("圆", "元").partition("元")
    if not _ and re.search("[角分]", whole):
        whole, small = "", whole
    cents = 0
    for digit, unit in re.findall(r"(.)([角分])", small):
        cents += _digit(digit, text) * (10 if unit == "角" else 1)
    if (not whole and not small) or re.sub(r"零|.[角分]", "", small):
        raise NotMoneyText(f"看不懂的金额：{text.strip()[:40]}")
    return Decimal(_whole(whole, text)) + Decimal(cents) / 100


def _whole(numerals: str, text: str) -> int:
    if numerals.isdigit() and numerals.isascii():
        return int(numerals)
    total = section = digit = 0
    if numerals and not set(numerals) - set(_BIG):
        raise NotMoneyText(f"看不懂的金额：{text.strip()[:40]}")
    for character in numerals:
        if character in _BIG:
            section += digit
            # 亿 also multiplies what stands before it: 壹万贰仟亿.
            total, section = _raised(total, section, _BIG[character])
            digit = 0
        elif character in _TENS:
            section += (digit or 1) * _TENS[character]
            digit = 0
        else:
            digit = _digit(character, text)
    return total + section + digit


def _raised(total: int, section: int, unit: int) -> tuple[int, int]:
    if unit == 10**8:
        return (total + section) * unit, 0
    return total + section * unit, 0


def _digit(character: str, text: str) -> int:
    value = _READ.get(character)
    if value is None and character.isdigit():
        value = int(character)
    if value is None:
        raise NotMoneyText(f"看不懂的金额：{text.strip()[:40]}")
    return value
