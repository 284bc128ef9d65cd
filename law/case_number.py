"""Case numbers: read any written shape, write the official one （2025）晋1031执123号 (rules CN-FORMAT … CN-EX).

Two generations are read: since 2016 court code + kind + number (法〔2015〕137号), and before that the 字第 form. The
court's code is taken as written and never derived from an administrative code (CN-EX).
"""

import re
import unicodedata
from dataclasses import dataclass

PROVINCES = "京津沪渝冀晋内辽吉黑苏浙皖闽赣鲁豫鄂湘粤桂琼川黔云藏陕甘青宁新兵"
NUMERALS = "一二三四五六七八九"
_OPEN, _CLOSE = "(〔[【〖{﹝⦅<〈《「", ")〕]】〗}﹞⦆>〉》」"
_BRACKETS = str.maketrans({**dict.fromkeys(_OPEN, "("), **dict.fromkeys(_CLOSE, ")")})
_SUFFIX = r"(?:(?:之|[-–—－])(?P<suffix>[一二三四五六七八九十百]+|\d{1,3}))?"
_NUMBER = r"(?P<number>\d{1,7})(?:[-–—－](?P<inner>\d{1,3})(?=号))?号?"
_SUFFIX_IN_BRACKETS = re.compile(r"\((之[^()]+)\)")
_PAPER = r"(?:[民刑]事|行政|执行)?(?:判决|裁定|调解|决定|通知)?(?:书|令)?"
_YEAR = r"\(?(?P<year>\d{4})\)?年?度?"
_HAN = r"[\u3400-\u9fff]"
_OLD_KINDS = "民|商|刑|行|执|知|经|调|督|破|赔|司|仲|撤|特|催|诉|立|辖|监|再|申|引|财保|非诉|少(?=[民刑行家])"
_NEW = re.compile(
    rf"^{_YEAR}(?P<court>[{PROVINCES}]\d{{0,4}}|最高法)(?P<kind>(?:(?![字第]){_HAN}){{1,9}}?){_NUMBER}{_SUFFIX}{_PAPER}$"
)
_OLD = re.compile(
    rf"^{_YEAR}(?P<court>{_HAN}{{1,8}}?)(?P<kind>(?:{_OLD_KINDS})(?:(?![字第]){_HAN}|[()]){{0,7}})"
    rf"字?第?{_NUMBER}{_SUFFIX}{_PAPER}$"
)


class Malformed(ValueError):
    """The text is no case number; the sentence says which part is missing."""


@dataclass(frozen=True, slots=True, order=True, kw_only=True)
class CaseNumber:
    """One case number: year of filing, court code, kind, running number, suffix ("之一" or empty).

    `old` marks the 字第 form used before 2016. Equal numbers written differently are equal values.
    """

    year: int
    court: str
    kind: str
    number: int
    suffix: str = ""
    old: bool = False

    @property
    def text(self) -> str:
        """The official form: full-width brackets, no zeros in front, 号 and the suffix."""
        body = f"{self.kind}字第{self.number}" if self.old else f"{self.kind}{self.number}"
        return f"（{self.year}）{self.court}{body}号{self.suffix}"

    @property
    def sequence(self) -> tuple[str, int, str]:
        """What numbers are counted within: court, year and kind; each has its own sequence (CN-SEQ)."""
        return self.court, self.year, self.kind

    @property
    def slug(self) -> str:
        """The form used in addresses: 2025晋1031执123."""
        return f"{self.year}{self.court}{self.kind}{self.number}{self.suffix}"

    def __str__(self) -> str:
        return self.text


def parse(text: str) -> CaseNumber:
    """Read a case number in any usual shape; raise Malformed otherwise.

    parse("(2025) 晋1031执 123").text == "（2025）晋1031执123号". Full and half width, 〔〕 and [], spaces, no 号,
    字第, zeros in front, 之一 or -1, and a document's name behind the number are all accepted.
    """
    tidy = _tidy(text)
    match = None if "字第" in tidy else _NEW.match(tidy)
    old = match is None
    match = match or _OLD.match(tidy)
    if match is None:
        raise Malformed(_what_is_missing(text, tidy))
    year, number = int(match["year"]), int(match["number"])
    if not 1949 <= year <= 2199 or number == 0:
        raise Malformed(f"案号的年度或者编号不对：{text.strip()[:40]}")
    return CaseNumber(
        year=year,
        court=match["court"],
        kind=match["kind"].replace("(", "（").replace(")", "）"),
        number=number,
        suffix=_suffix(match["suffix"] or match["inner"]),
        old=old,
    )


def _tidy(text: str) -> str:
    narrow = unicodedata.normalize("NFKC", text).translate(_BRACKETS)
    joined = re.sub(r"[\s\u200b\ufeff]+", "", narrow).strip(",.;:、。，；：“”\"'")
    return _SUFFIX_IN_BRACKETS.sub(r"\1", joined)


def _suffix(found: str | None) -> str:
    if not found:
        return ""
    return "之" + (_numeral(int(found)) if found.isdigit() else found)


def _numeral(value: int) -> str:
    if value < 10:
        return NUMERALS[value - 1] if value else "〇"
    tens, ones = divmod(value, 10)
    return ("" if tens == 1 else _numeral(tens)) + "十" + (NUMERALS[ones - 1] if ones else "")


def _what_is_missing(text: str, tidy: str) -> str:
    shown = text.strip()[:40]
    if not tidy:
        return "请填写案号，例如（2025）晋1031执123号"
    if not re.match(r"^\(?\d{4}", tidy):
        return f"案号缺少年度：{shown}。应如（2025）晋1031执123号"
    if not re.search(r"\d+号?(?:之.+)?$", tidy[5:]):
        return f"案号缺少编号：{shown}。应如（2025）晋1031执123号"
    return f"不是案号：{shown}。应如（2025）晋1031执123号"
