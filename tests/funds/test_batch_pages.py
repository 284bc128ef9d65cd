"""The pages of payment batches: from the picked rows to the file, the sheet to sign, vouchers, photographs; who may not."""

from collections.abc import Callable
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from accounts.models import Post
from funds.models import BatchPhoto, PaymentBatch, Payout
from tests.funds.conftest import Vault
from tests.funds.test_batches import ONE_PIXEL, approved_payouts, left, made, released, shared_payouts

SignIn = Callable[[Post], Client]


def test_from_the_picked_rows_to_the_file_in_the_browser(vault: Vault, as_: SignIn) -> None:
    payouts = approved_payouts(vault, ["300.00", "200.00"])
    payer = as_(vault.cast.payer)
    assert "出付款批" in payer.get(reverse("funds:payouts") + "?show=approved").content.decode()
    posted = {"pick": [row.pk for row in payouts], "once": "0196f0c8-0000-7000-8000-000000000001"}
    answer = payer.post(reverse("funds:batch_make"), posted)
    batch = PaymentBatch.objects.get()
    assert answer["Location"] == reverse("funds:batch", args=[batch.pk])
    keeper = as_(vault.cast.keeper)
    assert "放行" in keeper.get(answer["Location"]).content.decode()
    assert keeper.post(reverse("funds:batch_release", args=[batch.pk])).status_code == 302
    payer = as_(vault.cast.payer)
    url = reverse("funds:batch_send", args=[batch.pk])
    assert payer.post(url, {"way": "CSV", "once": "0196f0c8-0000-7000-8000-000000000002"}).status_code == 302
    first = payer.get(reverse("funds:batch_file", args=[batch.pk]))
    assert first["Content-Type"] == "text/csv; charset=utf-8"
    assert first.content == payer.get(reverse("funds:batch_file", args=[batch.pk])).content
    text = payer.get(reverse("funds:batch", args=[batch.pk])).content.decode()
    for words in ("伍佰元整", "批量代付表", "下载付款文件", "登记签领", "SHA-256"):
        assert words in text
    assert "6217001234567890123" not in text


WRONG = {
    "keeper": ("batch_make", "batch_send", "batch_file", "batch_sign", "batch_take_out"),
    "payer": ("batch_release", "batch_report"),
    "registrar": ("batch_release", "batch_send", "batch_cancel", "batch_file"),
    "director": ("batch_make", "batch_release", "batch_send"),
}


def test_the_wrong_person_is_told_403_and_nothing_changes(vault: Vault, as_: SignIn) -> None:
    batch = made(vault, approved_payouts(vault, ["300.00"]))
    extra = {"batch_take_out": [batch.pk, batch.items.get().payout_id], "batch_make": [], "batch_report": []}
    for who, names in WRONG.items():
        browser = as_(getattr(vault.cast, who))
        for name in names:
            url = reverse(f"funds:{name}", args=extra.get(name, [batch.pk]))
            answer = browser.get(url) if name == "batch_file" else browser.post(url)
            assert answer.status_code == 403, (who, name)
    batch.refresh_from_db()
    assert (batch.state, batch.version) == ("MADE", 1)


def test_a_field_team_sees_no_batches(vault: Vault, as_: SignIn) -> None:
    batch = made(vault, approved_payouts(vault, ["300.00"]))
    browser = as_(vault.cast.executor)
    assert browser.get(reverse("funds:batches")).status_code == 403
    assert browser.get(reverse("funds:batch", args=[batch.pk])).status_code == 403


def test_what_is_in_a_batch_cannot_be_picked_again(vault: Vault, as_: SignIn) -> None:
    payouts = approved_payouts(vault, ["300.00", "200.00"])
    batch = made(vault, payouts[:1])
    text = as_(vault.cast.payer).get(reverse("funds:payouts") + "?show=approved").content.decode()
    assert f'value="{payouts[1].pk}"' in text
    assert f'value="{payouts[0].pk}"' not in text
    assert batch.number in text
    answer = as_(vault.cast.payer).post(reverse("funds:batch_make"), {"pick": [payouts[0].pk], "once": "x"})
    assert answer.status_code == 409
    assert batch.number in answer.content.decode()


def test_the_page_of_a_payout_says_who_has_it_now(vault: Vault, as_: SignIn) -> None:
    payout = approved_payouts(vault, ["300.00"])[0]
    url = reverse("funds:payout", args=[payout.pk])
    assert "案款发放" in as_(vault.cast.executor).get(url).content.decode()
    made(vault, [payout])
    text = as_(vault.cast.executor).get(url).content.decode()
    assert "现在在谁手里" in text
    assert "案款保管" in text
    assert "作废" not in text
    assert "放行付款批" not in text
    assert "放行付款批" in as_(vault.cast.keeper).get(url).content.decode()


def test_the_papers_of_the_ceremony(vault: Vault, as_: SignIn) -> None:
    batch = released(vault, approved_payouts(vault, ["1343.70", "200.00"]))
    browser = as_(vault.cast.payer)
    posted = {"on": "2026-11-23", "place": "本院大厅"}
    assert browser.post(reverse("funds:ceremony", args=[batch.pk]), posted).status_code == 302
    sheet = browser.get(reverse("funds:batch_sign_sheet", args=[batch.pk])).content.decode()
    for words in (
        "签领表",
        "本院大厅",
        "王某军",
        "1,343.70",
        "壹仟叁佰肆拾叁元柒角整",
        "壹仟伍佰肆拾叁元柒角整",
        "签名",
        "0123",
    ):
        assert words in sheet
    vouchers = browser.get(reverse("funds:batch_vouchers", args=[batch.pk])).content.decode()
    assert vouchers.count("领款人签名") == 2
    receipt = batch.items.get(payout__amount="1343.70").payout.receipt
    assert receipt.number in vouchers
    assert batch.items.first().payout.case.number in vouchers  # type: ignore[union-attr]
    for text in (sheet, vouchers):
        assert "6217001234567890123" not in text


def test_the_thirty_payouts_of_a_ceremony_are_a_workbook_a_file_and_thirty_signatures(
    vault: Vault, as_: SignIn
) -> None:
    batch = left(vault, shared_payouts(vault, [f"{100 + number}.00" for number in range(30)]), "CSV")
    browser = as_(vault.cast.payer)
    answer = browser.get(reverse("funds:batch_sheet", args=[batch.pk]))
    rows = list(load_workbook(BytesIO(answer.content)).active.values)  # type: ignore[union-attr]
    assert len(rows) == 32
    assert rows[0][:4] == ("序号", "案号", "款项编号", "收款人")
    assert (rows[31][3], float(rows[31][6])) == ("30 笔", 3435.0)
    file = browser.get(reverse("funds:batch_file", args=[batch.pk])).content.decode("utf-8-sig").split("\r\n")
    assert (len(file), file[0]) == (32, "序号,收款人账号,收款人户名,开户行,金额,用途,附言")
    assert file[1].split(",")[3:5] == ["中国农业银行隰县支行", "100.00"]
    picks = [str(item.pk) for item in batch.items.all()]
    assert browser.post(reverse("funds:batch_sign", args=[batch.pk]), {"pick": picks}).status_code == 302
    assert batch.items.filter(handed_at__isnull=False).count() == 30
    assert Payout.objects.filter(state="SENT").count() == 30


def test_a_photograph_is_kept_shown_and_struck(vault: Vault, as_: SignIn) -> None:
    batch = made(vault, approved_payouts(vault, ["300.00"]))
    browser = as_(vault.cast.payer)
    file = SimpleUploadedFile("合影.png", ONE_PIXEL)
    url = reverse("funds:batch_photo_add", args=[batch.pk])
    assert browser.post(url, {"file": file, "caption": "现场"}).status_code == 302
    photo = BatchPhoto.objects.get()
    shown = reverse("funds:batch_photo", args=[photo.pk])
    assert browser.get(shown).content == ONE_PIXEL
    assert as_(vault.cast.stranger).get(shown).status_code in {403, 404}
    browser = as_(vault.cast.payer)
    assert browser.post(reverse("funds:batch_photo_strike", args=[photo.pk])).status_code == 302
    assert browser.get(shown).status_code == 404


def test_the_list_and_the_page_need_as_many_queries_for_many_as_for_few(vault: Vault, as_: SignIn) -> None:
    payouts = shared_payouts(vault, [f"{number}.00" for number in range(1, 13)])
    few = made(vault, payouts[:2])
    browser = as_(vault.cast.payer)

    def queries_of(url: str) -> int:
        browser.get(url)
        with CaptureQueriesContext(connection) as found:
            assert browser.get(url).status_code == 200
        return len(found)

    listed, page = queries_of(reverse("funds:batches")), queries_of(reverse("funds:batch", args=[few.pk]))
    many = made(vault, payouts[2:])
    assert queries_of(reverse("funds:batches")) == listed
    assert queries_of(reverse("funds:batch", args=[many.pk])) == page
