"""A broken file is refused whole, with its line and a sentence that says how to go on."""

from pathlib import Path

import pytest

from funds import statements
from funds.statements import material

FIXTURES = Path(__file__).parent / "fixtures"
HEAD = "日期,收入,支出,余额,摘要\n2026-03-01,5.00,,5.00,a\n"


def refused(content, name="流水.csv"):
    with pytest.raises(statements.Unreadable) as caught:
        statements.read_all(name, content if isinstance(content, bytes) else content.encode())
    return caught.value.line, caught.value.reason


@pytest.mark.parametrize(
    ("content", "line", "reason"),
    [
        ("", 0, "文件“流水.csv”是空的"),
        (" \n\n", 0, "文件“流水.csv”是空的"),
        (
            "姓名,电话\n张三,1\n",
            0,
            "没有认出“流水.csv”是哪家银行的流水：找不到日期、金额和余额或摘要的表头",
        ),
        (HEAD + "2026-02-30,1.00,,6.00,b\n", 3, "日期“2026-02-30”不存在"),
        (HEAD + "三月二日,1.00,,6.00,b\n", 3, "日期“三月二日”写法不对"),
        (HEAD + ",1.00,,6.00,b\n", 3, "日期“1.00”写法不对"),
        (HEAD + "2026-03-02,一元,,6.00,b\n", 3, "金额“一元”写法不对"),
        (HEAD + '2026-03-02,"1,23.00",,6.00,b\n', 3, "金额“1,23.00”写法不对"),
        (HEAD + "2026-03-02,1.005,,6.00,b\n", 3, "金额“1.005”超过两位小数"),
        (HEAD + "2026-03-02,1.00,,6.0a0,b\n", 3, "金额“6.0a0”写法不对"),
        (HEAD + "2026-03-02,,,6.00,b\n", 3, "这一行没有金额，文件可能不完整"),
        (HEAD + "2026-03-02,1.00,1.00,6.00,b\n", 3, "同一行既有收入又有支出"),
        (HEAD + '2026-03-02,1.00,,6.00,"b\n', 3, "引号不配对，表格已损坏；请从银行重新下载"),
        (HEAD + "2026-03-02,1.", 3, "最后一行不完整，文件可能没有下载完；请重新下载"),
        ("日期,收入,支出,余额", 1, "最后一行不完整，文件可能没有下载完；请重新下载"),
        (HEAD + "2026-03-02,1.00,,6.00,\x00\n", 3, "文件含有二进制内容，不是银行流水；请从银行重新下载"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", 3, "文件含有二进制内容，不是银行流水；请从银行重新下载"),
        (b"\xff\xd8\xff\xe0,JFIF\n", 1, "文件编码损坏，不是完整的 GB18030 文本；请从银行重新下载"),
        (
            HEAD.encode() + "2026-03-02,1.00,,6.00,汇".encode()[:-1] + b",\n",
            3,
            "文件编码损坏，不是完整的 UTF-8 文本；请从银行重新下载",
        ),
        ("<html><table><tr><td>日期</td>", 0, "网页表格不完整；请从银行重新下载"),
        ('<?xml version="1.0"?>\n<Document>\n<a></Document>', 3, "报文不完整或格式错误，无法解析；请从银行重新下载"),
        ("<Document><FIToFICstmrCdtTrf/></Document>", 0, "不是 camt.052、camt.053 或 camt.054 报文"),
        (
            "<Document><BkToCstmrStmt><GrpHdr/></BkToCstmrStmt></Document>",
            0,
            "报文里没有账户部分（Stmt），可能不完整",
        ),
        (
            '<!DOCTYPE a [<!ENTITY b "c">]><Document><BkToCstmrStmt/></Document>',
            0,
            "报文带有外部定义，不予读取",
        ),
    ],
)
def test_what_is_broken_is_refused_with_its_line(content, line, reason):
    assert refused(content) == (line, reason)


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9])
@pytest.mark.parametrize(
    "name", ["ccb.xls", "camt053_v2.xml", "camt053_v8_batch.xml", "ccb_page.xls", "workbook_2003.xls"]
)
def test_a_file_cut_off_is_refused(name, share):
    content = (FIXTURES / name).read_bytes()
    assert refused(content[: int(len(content) * share)])[1]


def test_a_spreadsheet_that_is_none_is_refused():
    sentence = "电子表格已损坏，无法打开；请从银行重新下载"
    assert refused(b"PK\x03\x04" + b"x" * 100) == (0, sentence)
    assert refused(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xff" * 5000) == (0, sentence)


def test_a_file_too_large_is_refused_unread():
    assert refused(b"," * 30_000_001) == (0, "文件“流水.csv”过大，不予读取")


def test_an_entry_of_a_message_that_cannot_be_read_is_named():
    content = (FIXTURES / "camt053_v2.xml").read_bytes().replace(b">300.00<", b">300.001<")
    assert refused(content) == (0, "第 2 笔：金额“300.001”超过两位小数")
    content = (FIXTURES / "camt053_v2.xml").read_bytes().replace(b"<Dt>2026-03-02</Dt></BookgDt>", b"</BookgDt>")
    assert refused(content)[1].startswith("第 2 笔：日期")


def test_a_refusal_shows_its_line():
    with pytest.raises(statements.Unreadable, match=r"^第3行：金额“一元”写法不对$"):
        statements.read("x", (HEAD + "2026-03-02,一元,,6.00,b\n").encode())


def test_a_refused_file_is_a_row_of_its_own_in_the_comparison(tmp_path):
    (tmp_path / "broken.csv").write_text(HEAD + "2026-03-02,一元,,6.00,b\n", encoding="utf-8")
    (row,) = material.compare(tmp_path)
    assert (row.verdict, row.good, row.remarks) == ("REFUSED", False, ("第3行：金额“一元”写法不对",))
