"""A paper prints exactly what it was given: nothing is markup, nothing is lost, nothing turns into an empty box."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pypdfium2
import pytest
from fontTools.ttLib import TTFont

from accounts.models import Court
from cases.papermaking import fonts, numerals, paper, pdf, qr, word
from tests.cases.reading_papers import pdf_text, printed, squeezed, word_text

COURT = Court(name="隰县人民法院", code="晋1031")
HOSTILE = '#evil() #import "x" $x$ <b>&amp; `raw` *bold* _i_ @ref \\ // {{ name }} {% now %} = 一 - 二'


def _sheet(*blocks: paper.Block) -> paper.Sheet:
    return paper.sheet(*blocks, court=COURT)


def test_hostile_text_stays_text_in_both_files() -> None:
    sheet = _sheet(
        paper.to(HOSTILE),
        paper.para(HOSTILE),
        paper.table([HOSTILE], [[HOSTILE]]),
        paper.form([[(HOSTILE, HOSTILE)]]),
        paper.account([(HOSTILE, HOSTILE)], qr=HOSTILE, caption=HOSTILE),
    )
    given = printed(sheet)
    wanted = squeezed(HOSTILE)
    assert pdf_text(pdf.write(given)).count(wanted) == 9
    assert word_text(word.write(given)).count(wanted) == 9


def test_line_ends_and_invisible_turns_are_taken_out_of_names() -> None:
    assert paper.tidy("张\n三\u202e四\u0007") == "张 三四"


def test_a_rare_character_is_printed_by_the_fallback_font() -> None:
    given = printed(_sheet(paper.to("李䶮"), paper.para("骉甡㛃")))
    content = pdf.write(given)
    text = pdf_text(content)
    assert "李䶮：" in text
    assert "骉甡㛃" in text
    with pypdfium2.PdfDocument(content) as file:
        found = {item.get_font().get_family_name() for item in file[0].get_objects() if item.type == 1}
    assert any("WenKai" in family for family in found)


def test_a_character_that_no_font_has_is_named_and_nothing_is_printed() -> None:
    with pytest.raises(fonts.GlyphMissing) as refused:
        pdf.write(printed(_sheet(paper.to("李\U0002ebf0😀"))))
    assert "😀（U+1F600）" in refused.value.text


def test_without_fonts_the_refusal_says_what_to_do(tmp_path: Path, settings: SimpleNamespace) -> None:
    settings.FONTS_DIR = tmp_path
    with pytest.raises(fonts.FontsMissing) as refused:
        fonts.installed()
    assert "make setup" in refused.value.text


def test_a_licensed_court_font_goes_before_ours(tmp_path: Path, settings: SimpleNamespace) -> None:
    with TTFont(Path(settings.FONTS_DIR) / "NotoSansSC-Regular.ttf") as font:
        for record in (1, 16):
            font["name"].setName("FangSong_GB2312", record, 3, 1, 0x409)
        font.save(tmp_path / "fangsong.ttf")
    settings.COURT_FONTS_DIR = str(tmp_path)
    known = fonts.installed()
    assert known.stack(fonts.BODY) == ["FangSong_GB2312", "Noto Serif SC", "LXGW WenKai"]
    assert known.stack(fonts.TITLE) == ["Noto Serif SC", "LXGW WenKai"]


def test_identity_numbers_are_cipher_text_in_the_data_and_plain_on_paper() -> None:
    sheet = _sheet(paper.para("公民身份号码", paper.secret("141031198005061234"), "。"))
    assert "141031198005061234" not in json.dumps(sheet)
    assert paper.holds_secrets(sheet)
    assert not paper.holds_secrets(_sheet(paper.para("公民身份号码")))
    given = printed(sheet)
    assert "公民身份号码141031198005061234。" in pdf_text(pdf.write(given))
    assert "公民身份号码141031198005061234。" in word_text(word.write(given))


def test_the_same_paper_gives_the_same_pdf() -> None:
    sheet = _sheet(paper.para("一"))
    assert pdf.write(printed(sheet)) == pdf.write(printed(sheet))


def test_the_signature_never_stands_alone_on_a_page() -> None:
    for count in range(14, 26):
        sheet = _sheet(
            *(paper.para(f"第{index}行") for index in range(count)), paper.closing(judges=[("审判员", "李某")])
        )
        with pypdfium2.PdfDocument(pdf.write(printed(sheet))) as file:
            last = squeezed(file[len(file) - 1].get_textpage().get_text_range())
        assert f"第{count - 1}行" in last
        assert last.index(f"第{count - 1}行") < last.index("审判员")


def test_who_signed_the_decision_signs_where_the_name_is_left_open() -> None:
    sheet = _sheet(paper.para("决定如下。"), paper.closing(judges=[("院长", ""), ("审判员", "张法官")], clerk="赵某"))
    given = replace(printed(sheet), signer="宋院长")
    for text in (pdf_text(pdf.write(given)), word_text(word.write(given))):
        assert "决定如下。院长宋院长审判员张法官（院印）二〇二六年十一月二十日书记员赵某" in text


def test_a_form_is_signed_in_its_boxes_and_bears_no_seal() -> None:
    boxes = [paper.cell("承办人意见", "同意发放。", height=2, sign=True, name="高执行员", day="2026年11月20日")]
    given = printed(
        _sheet(paper.form([[("案号", "（2026）晋1031执1号"), ("案由", "借款")], *boxes])), title="案款发放审批表"
    )
    for text in (pdf_text(pdf.write(given)), word_text(word.write(given))):
        assert "承办人意见同意发放。签名：高执行员2026年11月20日" in text
        assert "院印" not in text


def test_every_page_of_a_long_paper_has_its_number_outside() -> None:
    sheet = _sheet(*(paper.para(f"第{index}行") for index in range(60)))
    with pypdfium2.PdfDocument(pdf.write(printed(sheet))) as file:
        texts = [squeezed(page.get_textpage().get_text_range()) for page in file]
    assert len(texts) == 3
    assert [f"—{index}—" in text for index, text in enumerate(texts, 1)] == [True] * 3


def test_a_block_of_an_unknown_kind_is_a_fault_in_both_files() -> None:
    sheet = _sheet({"is": "song"})
    with pytest.raises(RuntimeError, match="unknown block song"):
        pdf.write(printed(sheet))
    with pytest.raises(KeyError):
        word.write(printed(sheet))


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (1, "一"),
        (10, "十"),
        (12, "十二"),
        (20, "二十"),
        (105, "一百零五"),
        (110, "一百一十"),
        (253, "二百五十三"),
        (500, "五百"),
    ],
)
def test_articles_are_written_in_chinese(number: int, text: str) -> None:
    assert numerals.chinese(number) == text


def test_the_day_of_issue_is_written_in_chinese() -> None:
    assert numerals.formal_day(date(2026, 11, 30)) == "二〇二六年十一月三十日"
    assert numerals.formal_day(date(2010, 10, 5)) == "二〇一〇年十月五日"


def test_the_code_is_an_image_of_its_text() -> None:
    assert qr.svg("账号：1").startswith("<?xml")
    assert qr.png("账号：1").startswith(b"\x89PNG")
    assert qr.svg("账号：1") != qr.svg("账号：2")
