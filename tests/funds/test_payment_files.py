"""Files of payments: pain.001 as its schema orders it, the table of batch payment, keys that come back, status reports."""

import csv
import io
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID
from xml.etree.ElementTree import Element

import pytest
from defusedxml import ElementTree

from funds.payments import Instruction, PaymentOrder, UnreadableReport, bank_csv, keys, pain001, reports, unfit

D = Decimal
FIRST, SECOND = UUID("0196f0c8-0000-7000-8000-000000000001"), UUID("0196f0c8-0000-7000-8000-0000000000af")
ORDER = PaymentOrder(
    message="PB0196F0C8000070008000000000000099",
    number="FK2026-0001",
    made_at=datetime(2026, 11, 20, 1, 30, tzinfo=UTC),
    execute_on=date(2026, 11, 20),
    payer="隰县人民法院执行款专户",
    account="1410310001000001",
    bank="中国农业银行隰县支行",
    instructions=(
        Instruction(
            reference=keys.shortened(f"payout:{FIRST}"),
            amount=D("1327987.70"),
            name="王某军",
            account="6217001234567890123",
            bank="中国农业银行隰县支行",
            remark="执行案款 （2026）晋1031执1号",
        ),
        Instruction(
            reference=keys.shortened(f"payout:{SECOND}"),
            amount=D("0.01"),
            name="甲, 乙 & 丙<有限>公司",
            account="98765432",
            bank="某信用社",
            remark="执行案款 （2026）晋1031执2号",
        ),
    ),
)
BLOCK = [
    "PmtInfId", "PmtMtd", "BtchBookg", "NbOfTxs", "CtrlSum", "ReqdExctnDt", "Dbtr", "DbtrAcct", "DbtrAgt", "CdtTrfTxInf",
    "CdtTrfTxInf",
]  # fmt: skip
ENTRY = ["PmtId", "Amt", "CdtrAgt", "Cdtr", "CdtrAcct", "RmtInf"]


def names(element: Element) -> list[str]:
    return [child.tag.rpartition("}")[2] for child in element]


def body(version: str) -> Element:
    root = ElementTree.fromstring(pain001.write(ORDER, version=version))
    assert root.tag == f"{{urn:iso:std:iso:20022:tech:xsd:pain.001.001.{version}}}Document"
    return next(iter(root))


def test_the_key_is_short_and_comes_back() -> None:
    short = keys.shortened(f"payout:{FIRST}")
    assert short == "PO0196F0C8000070008000000000000001"
    assert len(short) <= keys.LONGEST
    for text in (short, short.lower(), f"执行案款 {short}。", f"{short[:20]} {short[20:]}", f"附言payout:{FIRST}"):
        assert keys.found_in(text) == FIRST
    for text in ("", "PO123", f"X{short}", f"{short}0"):
        assert keys.found_in(text) is None
    with pytest.raises(ValueError, match="decision"):
        keys.shortened("decision:1")


@pytest.mark.parametrize("version", pain001.VERSIONS)
def test_the_elements_stand_in_the_order_of_the_schema(version: str) -> None:
    initiation = body(version)
    assert names(initiation) == ["GrpHdr", "PmtInf"]
    head, block = initiation
    assert names(head) == ["MsgId", "CreDtTm", "NbOfTxs", "CtrlSum", "InitgPty"]
    assert names(block) == BLOCK
    for entry in list(block)[9:]:
        assert names(entry) == ENTRY
        assert names(entry[0]) == ["InstrId", "EndToEndId"]


@pytest.mark.parametrize("version", pain001.VERSIONS)
def test_the_totals_are_exact_and_every_payment_carries_its_key(version: str) -> None:
    head, block = body(version)
    assert [child.text for child in head][:4] == [ORDER.message, "2026-11-20T09:30:00+08:00", "2", "1327987.71"]
    assert [child.text for child in block][:5] == ["FK2026-0001", "TRF", "false", "2", "1327987.71"]
    day = block[5] if version == "03" else block[5][0]
    assert day.text == "2026-11-20"
    entries = list(block)[9:]
    assert [[line.text for line in entry[0]] for entry in entries] == [
        [row.reference, row.reference] for row in ORDER.instructions
    ]
    assert [(entry[1][0].text, entry[1][0].attrib) for entry in entries] == [
        ("1327987.70", {"Ccy": "CNY"}),
        ("0.01", {"Ccy": "CNY"}),
    ]
    assert [entry[3][0].text for entry in entries] == ["王某军", "甲, 乙 & 丙<有限>公司"]
    assert "".join(entries[0][4].itertext()).split() == ["6217001234567890123"]
    assert all(len(line.text or "") <= 140 for entry in entries for line in entry[5])


def test_equal_orders_are_equal_bytes() -> None:
    again = replace(ORDER, instructions=list(ORDER.instructions))
    for version in pain001.VERSIONS:
        assert pain001.write(ORDER, version=version) == pain001.write(again, version=version)
    assert bank_csv.write(ORDER) == bank_csv.write(again)
    with pytest.raises(KeyError):
        pain001.write(ORDER, version="02")


def test_the_table_of_batch_payment_opens_by_double_click() -> None:
    content = bank_csv.write(ORDER)
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert rows[0] == ["序号", "收款人账号", "收款人户名", "开户行", "金额", "用途", "附言"]
    assert rows[2] == [
        "2", "98765432", "甲, 乙 & 丙<有限>公司", "某信用社", "0.01", "执行案款 （2026）晋1031执2号",
        "PO0196F0C80000700080000000000000AF",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("account", "6217 0012", "ACCOUNT"),
        ("account", "", "ACCOUNT"),
        ("name", " ", "NAME"),
        ("name", "甲" * 61, "NAME"),
        ("name", "=1+1", "CHARACTERS"),
        ("bank", "农行\n支行", "CHARACTERS"),
        ("bank", "", "BANK"),
    ],
)
def test_what_no_bank_would_take_is_unfit(field: str, value: str, code: str) -> None:
    found = unfit(replace(ORDER.instructions[0], **{field: value}))
    assert found is not None
    assert found.code == code
    assert unfit(ORDER.instructions[0]) is None


def report(head: str = "", *entries: str, block: str = "") -> bytes:
    lines = "".join(entries)
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.03"><CstmrPmtStsRpt><GrpHdr><MsgId>B1</MsgId></GrpHdr>
<OrgnlGrpInfAndSts><OrgnlMsgId>{ORDER.message}</OrgnlMsgId><OrgnlMsgNmId>pain.001</OrgnlMsgNmId>{head}</OrgnlGrpInfAndSts>
<OrgnlPmtInfAndSts><OrgnlPmtInfId>FK2026-0001</OrgnlPmtInfId>{block}{lines}</OrgnlPmtInfAndSts>
</CstmrPmtStsRpt></Document>""".encode()


def entry(reference: str, status: str, reason: str = "") -> str:
    return f"<TxInfAndSts><OrgnlEndToEndId>{reference}</OrgnlEndToEndId><TxSts>{status}</TxSts>{reason}</TxInfAndSts>"


def test_a_status_report_says_a_word_on_each_payment() -> None:
    reason = "<StsRsnInf><Rsn><Cd>AC01</Cd></Rsn><AddtlInf>账号户名不符</AddtlInf></StsRsnInf>"
    short = [row.reference for row in ORDER.instructions]
    found = reports.read(report("", entry(short[0], "ACSP"), entry(short[1], "RJCT", reason), entry("X1", "ACSP")))
    assert (found.original, found.whole, found.strangers) == (ORDER.message, None, 1)
    assert [(row.payout_id, row.word, row.note) for row in found.answers] == [
        (FIRST, "ACCEPTED", "ACSP"),
        (SECOND, "REJECTED", "RJCT AC01 账号户名不符"),
    ]


def test_a_word_on_the_whole_file_holds_for_all() -> None:
    assert reports.read(report("<GrpSts>RJCT</GrpSts>")).whole.word == "REJECTED"  # type: ignore[union-attr]
    assert reports.read(report(block="<PmtInfSts>ACCP</PmtInfSts>")).whole.word == "ACCEPTED"  # type: ignore[union-attr]
    partly = reports.read(report("<GrpSts>PART</GrpSts>", entry(ORDER.instructions[0].reference, "PDNG")))
    assert (partly.whole, [row.word for row in partly.answers]) == (None, ["PENDING"])


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"<Document", "SYNTAX"),
        (b'<!DOCTYPE x [<!ENTITY e "a">]><Document>&e;</Document>', "SYNTAX"),
        (pain001.write(ORDER), "KIND"),
        (report(), "EMPTY"),
        (report("<GrpSts>WHAT</GrpSts>"), "STATUS"),
    ],
)
def test_what_is_no_status_report_is_refused(content: bytes, code: str) -> None:
    with pytest.raises(UnreadableReport) as refused:
        reports.read(content)
    assert refused.value.code == code
