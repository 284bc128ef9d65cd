"""Invented identities: names no person bears, numbers with right check digits, telephones, bank accounts.

Everything follows from a serial number, so the same demo court has the same people each time.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from stdnum import luhn
from stdnum.cn import ric

from cases.kinds import PartyKind
from cases.services.parties import PartyInput

SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
GIVEN = "军芳伟敏静强磊洋艳勇杰娟涛明超兰霞平刚桂英华玉萍红志建文丽斌"
TRADES = (
    "建材", "商贸", "运输", "农业开发", "食品", "煤业服务", "建筑劳务", "餐饮管理", "机械租赁", "环保科技", "果品", "物业服务",
)  # fmt: skip
LETTERS = "晟泽融盈拓沃源瑞和昌"
STREETS = ("迎宾街", "南关巷", "鼓楼路", "城川路", "新建路", "北大街", "东关巷", "河西路")
BANKS = ("中国农业银行", "中国工商银行", "中国建设银行", "农村信用社", "中国银行")
CREDIT_LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
ELDEST, DAYS = date(1956, 3, 1), 16_790


@dataclass(frozen=True)
class County:
    """Where people of a court live: the code in their numbers and the word in their addresses."""

    code: str
    name: str


def person_number(serial: int, county: County) -> str:
    """A resident identity number (GB 11643) with a right check digit."""
    born = ELDEST + timedelta(days=serial * 37 % DAYS)  # with the serial's tail it is never met twice
    body = f"{county.code}{born:%Y%m%d}{serial % 1000:03d}"
    return body + ric.calc_check_digit(body + "0")


def credit_code(serial: int, county: County) -> str:
    """A unified social credit code (GB 32100) with a right check character."""
    body = f"91{county.code}MA{serial % 10**7:07d}"
    weights = (pow(3, index, 31) for index in range(17))
    total = sum(weight * CREDIT_LETTERS.index(letter) for weight, letter in zip(weights, body, strict=True))
    return body + CREDIT_LETTERS[(31 - total % 31) % 31]


def phone(serial: int, county: County) -> str:
    """A mobile number that nobody has: the range 154 is not given out."""
    return f"154{county.code[-4:]}{serial % 10000:04d}"


def account(serial: int, tail: str = "") -> str:
    """A bank account of nineteen digits; with ``tail`` its last digits are these."""
    if tail:
        return f"62170014{serial % 10**7:07d}{tail}"
    body = f"6217001{serial % 10**11:011d}"
    return body + luhn.calc_check_digit(body)


def bank(serial: int, county: County) -> str:
    """The branch at which the account of that serial is held."""
    return f"{BANKS[serial % len(BANKS)]}{county.name}支行"


def person(serial: int, county: County, *, name: str = "") -> PartyInput:
    """A natural person as the clerk types it: 李某芳, with number, telephone and address."""
    draw = Random(f"name|{county.code}|{serial}")
    street = f"{county.name}{draw.choice(STREETS)}{draw.randrange(1, 90)}号"
    return PartyInput(
        kind=PartyKind.PERSON,
        name=name or f"{draw.choice(SURNAMES)}某{draw.choice(GIVEN)}",
        id_number=person_number(serial, county),
        phone=phone(serial, county),
        address=street,
    )


def company(serial: int, county: County, *, name: str = "") -> PartyInput:
    """An organisation as the clerk types it: 隰县某晟建材有限公司."""
    draw = Random(f"company|{county.code}|{serial}")
    made = f"{county.name}某{draw.choice(LETTERS)}{draw.choice(TRADES)}有限公司"
    return PartyInput(
        kind=PartyKind.ORGANISATION,
        name=name or made,
        id_number=credit_code(serial, county),
        phone=phone(serial, county),
        address=f"{county.name}{draw.choice(STREETS)}{draw.randrange(1, 90)}号",
        legal_representative=f"{draw.choice(SURNAMES)}某{draw.choice(GIVEN)}",
    )
