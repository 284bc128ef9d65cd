"""立案: the wizard over HTTP, from what is typed to the number, the fee and the next duty."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from cases.models import Case, Clue, Duty, Event, Participation, Party
from cases.models.cases import ClueKind
from tests.cases.acting import counts, heads, party, text, typed_filing
from tests.cast import Cast
from tests.factories import civil_case, company_number, person_number

pytestmark = pytest.mark.usefixtures("morning")
FILE, CHECK = reverse("cases:file"), reverse("cases:file_check")


def test_a_dispute_is_filed_on_one_page_with_parties_clues_risks_and_fee(cast: Cast, as_: object) -> None:
    clerk = as_(cast.filing_clerk)
    sent = typed_filing(
        **heads(plaintiffs=2, defendants=2, clues=1),
        **party("plaintiffs", 1, name="李四", id_number=person_number(102)),
        **party("defendants", 1, name="刘某", id_number=person_number(103), address="隰县龙泉镇"),
        **{"clues-0-of": "1", "clues-0-kind": "DEPOSIT", "clues-0-description": "某银行隰县支行账户"},
        **{"defendants-0-legal_representative": "靳某", "risks": ["近期转移资产迹象", "电话失联"]},
        claimed="１３１．１万元",
        officer=str(cast.trial_judge.pk),
    )
    answer = clerk.post(FILE, sent)

    case = Case.objects.get()
    assert answer.status_code == 302
    assert answer.headers["Location"] == reverse("cases:filed", args=["2026晋1031民初1号"])
    assert (case.number, case.cause, case.stage) == ("（2026）晋1031民初1号", "提供劳务者受害责任纠纷", "FILED")
    assert (case.claimed, case.fee) == (Decimal("1311000.00"), Decimal("16599.00"))
    assert case.officer == cast.trial_judge
    assert case.matter.risks == ["近期转移资产迹象", "电话失联"]
    rows = (
        Participation.objects.filter(case=case)
        .order_by("role", "ordinal")
        .values_list("role", "ordinal", "party__name")
    )
    assert list(rows) == [
        ("DEFENDANT", 1, "某环保科技公司"),
        ("DEFENDANT", 2, "刘某"),
        ("PLAINTIFF", 1, "王某军"),
        ("PLAINTIFF", 2, "李四"),
    ]
    assert Party.objects.get(name="某环保科技公司").legal_representative == "靳某"
    assert Party.objects.get(name="刘某").address == "隰县龙泉镇"
    clue = Clue.objects.get()
    assert (clue.party.name, clue.kind, clue.description) == ("刘某", ClueKind.DEPOSIT, "某银行隰县支行账户")
    verbs = Event.objects.filter(case=case).order_by("seq").values_list("verb", flat=True)
    assert list(verbs) == ["cases.filed", "cases.clue_given", "cases.risk_seen", "cases.assigned"]
    duty = Duty.objects.get(case=case, kind="assets.check_clue")
    assert (duty.subject, duty.holder) == (f"cases.clue:{clue.pk}", cast.trial_judge)


def test_after_filing_the_page_shows_number_fee_lines_and_who_must_act_next(cast: Cast, as_: object) -> None:
    clerk = as_(cast.filing_clerk)
    page = text(clerk.post(FILE, typed_filing(), follow=True))
    assert "（2026）晋1031民初1号" in page
    assert "16,599.00" in page
    assert "壹万陆仟伍佰玖拾玖元整" in page
    assert "311,000.00 元 × 0.9%" in page
    assert "《诉讼费用交纳办法》第13条" in page
    assert "移送审理" in page
    assert "您来做" in page
    assert reverse("assets:preserve", args=["2026晋1031民初1号"]) in page
    assert "继续登记保全申请" in page


def test_what_is_typed_is_kept_and_nothing_is_written_when_a_number_is_wrong(cast: Cast, as_: object) -> None:
    clerk, before = as_(cast.filing_clerk), counts()
    answer = clerk.post(FILE, typed_filing(**{"plaintiffs-0-id_number": person_number(101)[:-1]}))
    page = text(answer)
    assert answer.status_code == 400
    assert "证件号码有误：应为 18 位，现为 17 位。请对照证件重新填写。" in page
    assert "有 1 处填写有误，已标在下面，更正后再立案。" in page
    assert 'value="王某军"' in page
    assert 'value="1311000"' in page
    assert f'value="{person_number(101)[:-1]}"' in page
    assert counts() == before


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("plaintiffs-0-id_number", "14103119800506101X", "出生日期或校验码不符"),
        ("defendants-0-id_number", "91141031000000000A", "校验码不符"),
        ("plaintiffs-0-phone", "1380000", "电话号码“1380000”有误"),
        ("plaintiffs-0-name", "", "请填写姓名或名称。"),
        ("cause", "  ", "请填写案由。"),
        ("claimed", "-5", "金额不能小于 0.01 元。"),
        ("claimed", "100.005", "金额最多到分，小数不能超过两位。"),
        ("claimed", "一百万", "“一百万”不是金额。"),
        ("claimed", "0", "金额不能小于 0.01 元。"),
    ],
)  # fmt: skip
def test_every_error_stands_at_its_field_and_leaves_nothing_behind(
    cast: Cast, as_: object, field: str, typed: str, said: str
) -> None:
    clerk, before = as_(cast.filing_clerk), counts()
    answer = clerk.post(FILE, typed_filing(**{field: typed}))
    assert answer.status_code == 400
    assert said in text(answer)
    assert f'id="id_{field}_error"' in text(answer)
    assert counts() == before


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("1,311,000.00", "1311000.00"),
        ("１３１１０００", "1311000.00"),
        ("131.1万元", "1311000.00"),
        ("￥5000元", "5000.00"),
    ],
)
def test_amounts_are_read_as_people_type_them(cast: Cast, as_: object, typed: str, amount: str) -> None:
    assert as_(cast.filing_clerk).post(FILE, typed_filing(claimed=typed)).status_code == 302
    assert Case.objects.get().claimed == Decimal(amount)


def test_identity_numbers_and_phones_may_be_full_width(cast: Cast, as_: object) -> None:
    wide = str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")
    sent = typed_filing(
        **{
            "plaintiffs-0-id_number": person_number(101).translate(wide),
            "plaintiffs-0-phone": "13800000001".translate(wide),
        }
    )
    assert as_(cast.filing_clerk).post(FILE, sent).status_code == 302
    found = Party.objects.get(name="王某军")
    assert (found.id_number, found.phone, found.born_on) == (person_number(101), "13800000001", date(1980, 5, 6))


def test_names_with_rare_characters_are_kept_as_they_are(cast: Cast, as_: object) -> None:
    assert as_(cast.filing_clerk).post(FILE, typed_filing(**{"plaintiffs-0-name": "𠮷䶮·买买提"})).status_code == 302
    assert Participation.objects.get(role="PLAINTIFF").party.name == "𠮷䶮·买买提"


def test_a_number_on_file_under_another_name_is_said_at_the_name(cast: Cast, as_: object) -> None:
    civil_case(cast)
    before = counts()
    sent = typed_filing(**{"plaintiffs-0-name": "王小军"})
    answer = as_(cast.filing_clerk).post(FILE, sent)
    assert answer.status_code == 400
    assert "证件号码已登记为“王某军”，与填写的“王小军”不同。" in text(answer)
    assert counts() == before


def test_nobody_sues_himself(cast: Cast, as_: object) -> None:
    before = counts()
    sent = typed_filing(**party("defendants", 0, name="王某军", id_number=person_number(101)))
    answer = as_(cast.filing_clerk).post(FILE, sent)
    assert answer.status_code == 400
    assert "“王某军”同时出现在双方，请核对。" in text(answer)
    assert 'value="王某军"' in text(answer)
    assert counts() == before


def test_rows_left_empty_are_no_parties_and_no_clues(cast: Cast, as_: object) -> None:
    sent = typed_filing(
        **heads(plaintiffs=3, defendants=1, clues=2),
        **party("plaintiffs", 1),
        **party("plaintiffs", 2, name="李四"),
        **{"clues-0-of": "0", "clues-0-kind": "VEHICLE", "clues-0-description": " "},
        **{"clues-1-of": "0", "clues-1-kind": "VEHICLE", "clues-1-description": "晋L 牌货车"},
    )
    assert as_(cast.filing_clerk).post(FILE, sent).status_code == 302
    assert [row.party.name for row in Participation.objects.filter(role="PLAINTIFF")] == ["王某军", "李四"]
    assert [clue.description for clue in Clue.objects.all()] == ["晋L 牌货车"]


def test_a_clue_about_a_defendant_who_was_not_filled_in_is_refused(cast: Cast, as_: object) -> None:
    before = counts()
    sent = typed_filing(
        **heads(plaintiffs=1, defendants=2, clues=1),
        **party("defendants", 1),
        **{"clues-0-of": "1", "clues-0-kind": "OTHER", "clues-0-description": "房屋一套"},
    )
    answer = as_(cast.filing_clerk).post(FILE, sent)
    assert answer.status_code == 400
    assert "所选的被告没有填写，请另选。" in text(answer)
    assert counts() == before


def test_the_same_form_sent_twice_files_one_case(cast: Cast, as_: object) -> None:
    clerk = as_(cast.filing_clerk)
    key = clerk.get(FILE).context["once"]
    first, second = (clerk.post(FILE, typed_filing(once=key)) for _ in range(2))
    assert first.headers["Location"] == second.headers["Location"]
    assert Case.objects.count() == 1
    assert clerk.post(FILE, typed_filing(once=clerk.get(FILE).context["once"])).status_code == 302
    assert Case.objects.count() == 2


def test_a_refused_form_can_be_sent_again_with_the_same_key(cast: Cast, as_: object) -> None:
    clerk = as_(cast.filing_clerk)
    key = clerk.get(FILE).context["once"]
    wrong = typed_filing(once=key, **party("defendants", 0, name="王某军", id_number=person_number(101)))
    refused = clerk.post(FILE, wrong)
    assert (refused.status_code, refused.context["once"]) == (400, key)
    assert clerk.post(FILE, typed_filing(once=key)).status_code == 302
    assert Case.objects.count() == 1


def test_the_check_reckons_the_fee_line_by_line_while_one_types(cast: Cast, as_: object) -> None:
    clerk, before = as_(cast.filing_clerk), counts()
    page = text(clerk.post(CHECK, typed_filing(**{"plaintiffs-0-name": "", "plaintiffs-0-id_number": "", "cause": ""})))
    assert "16,599.00" in page
    assert "300,000.00 元 × 1.5%" in page
    assert "标的额 1,311,000.00 元，合 131.10 万元" in page
    assert "还缺：案由、原告" in page
    assert counts() == before


def test_a_claim_without_an_amount_pays_the_flat_fee(cast: Cast, as_: object) -> None:
    clerk = as_(cast.filing_clerk)
    page = text(clerk.post(CHECK, typed_filing(claimed="")))
    assert "无金额，定额50.00元" in page
    page = text(clerk.post(FILE, typed_filing(claimed=""), follow=True))
    assert (Case.objects.get().claimed, Case.objects.get().fee) == (None, Decimal("50.00"))
    assert "无金额，定额50.00元" in page


def test_the_check_says_what_a_number_tells_and_what_is_wrong_with_it(cast: Cast, as_: object) -> None:
    page = text(
        as_(cast.filing_clerk).post(CHECK, typed_filing(**{"defendants-0-id_number": company_number(201)[:-1]}))
    )
    assert "1980年5月6日生" in page
    assert "证件号码应为 18 位，现为 17 位" in page


def test_the_check_names_open_cases_of_the_same_identities(cast: Cast, as_: object) -> None:
    known = civil_case(cast)
    page = text(as_(cast.filing_clerk).post(CHECK, typed_filing()))
    assert known.number in page
    assert "双方相同，疑似重复立案" in page
    other = typed_filing(**party("defendants", 0, name="刘某", id_number=person_number(109)))
    page = text(as_(cast.filing_clerk).post(CHECK, other))
    assert known.number in page
    assert "疑似重复立案" not in page


def test_the_check_never_tells_of_another_court(cast: Cast, as_: object) -> None:
    known = civil_case(cast)
    clerk = cast.post("xialian", "夏立案", "FILING_CLERK", court=cast.xiajin)
    assert known.number not in text(as_(clerk).post(CHECK, typed_filing()))


@pytest.mark.parametrize("name", ["executor", "trial_judge", "registrar", "bailiff"])
def test_only_filing_clerks_file(cast: Cast, as_: object, name: str) -> None:
    browser, before = as_(getattr(cast, name)), counts()
    assert browser.get(FILE).status_code == 403
    assert browser.post(FILE, typed_filing()).status_code == 403
    assert browser.post(CHECK, typed_filing()).status_code == 403
    assert counts() == before


def test_who_is_not_signed_in_is_sent_to_sign_in(client: object, db: None) -> None:
    answer = client.post(FILE, typed_filing())
    assert answer.status_code == 302
    assert "sign" in answer.headers["Location"]
    assert Case.objects.count() == 0
