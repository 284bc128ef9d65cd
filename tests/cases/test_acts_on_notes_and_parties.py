"""Notes, contacts, files, corrections; particulars of parties against stale edits; agents and clues."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.models import AuditEntry
from cases.models import Attachment, Case, Clue, Event, Note, Participation, Party, StoredFile
from cases.queries import disclosing
from kernel import clock
from tests.cases.acting import audits, counts, text, url
from tests.cast import Cast
from tests.factories import civil_case, execution_case, person_number

pytestmark = pytest.mark.usefixtures("morning")
PDF = b"%PDF-1.7 evidence"


def in_team(cast: Cast) -> Case:
    """An execution case of the first field team."""
    case = execution_case(cast)
    Case.objects.filter(pk=case.pk).update(officer=cast.judge, team=cast.team)
    case.refresh_from_db()
    return case


def debtor(case: Case) -> Party:
    return case.participations.get(role="DEBTOR").party


def creditor(case: Case) -> Party:
    return case.participations.get(role="CREDITOR").party


def file(name: str = "证据.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def particulars(party: Party, **changes: str) -> dict[str, str]:
    """The edit form as it is opened."""
    fields = {
        "name": party.name,
        "id_number": party.id_number,
        "phone": party.phone,
        "address": party.address,
        "legal_representative": party.legal_representative,
        "version": str(party.version),
    }
    return fields | changes


def test_a_note_is_kept_with_its_writer(cast: Cast, as_: object) -> None:
    case = in_team(cast)
    answer = as_(cast.bailiff).post(url("note", case), {"text": " 现场有人居住 "})
    note = Note.objects.get()
    assert answer.status_code == 302
    assert (note.text, note.kind, note.by) == ("现场有人居住", "NOTE", cast.bailiff)
    assert Event.objects.filter(case=case, verb="cases.noted").count() == 1


def test_an_empty_note_is_refused(cast: Cast, as_: object) -> None:
    case = in_team(cast)
    before = counts()
    answer = as_(cast.judge).post(url("note", case), {"text": "  "})
    assert answer.status_code == 400
    assert "请写明内容。" in text(answer)
    assert counts() == before


def test_the_same_note_sent_twice_is_written_once(cast: Cast, as_: object) -> None:
    case, browser = in_team(cast), as_(cast.judge)
    key = browser.get(url("note", case)).context["once"]
    for _ in range(2):
        assert browser.post(url("note", case), {"text": "已电话核实", "once": key}).status_code == 302
    assert Note.objects.count() == 1


def test_a_contact_says_whom_how_and_what_came_of_it(cast: Cast, as_: object) -> None:
    case = in_team(cast)
    form = as_(cast.clerk).get(url("contact", case))
    assert form.context["form"].initial["party"] == debtor(case)
    assert "13800000002" in text(form)
    sent = {"party": str(debtor(case).pk), "way": "电话", "outcome": "已联系上", "text": "答应周末前付三万元"}
    assert as_(cast.clerk).post(url("contact", case), sent).status_code == 302
    note = Note.objects.get()
    assert (note.kind, note.text) == ("CONTACT", "电话联系某环保科技公司，已联系上。答应周末前付三万元")
    assert Event.objects.filter(case=case, verb="cases.contacted").count() == 1


def test_somebody_outside_the_case_cannot_be_the_one_contacted(cast: Cast, as_: object) -> None:
    case, other = in_team(cast), civil_case(cast, seed=9)
    stranger = other.participations.get(role="DEFENDANT").party
    sent = {"party": str(stranger.pk), "way": "电话", "outcome": "已联系上"}
    assert as_(cast.clerk).post(url("contact", case), sent).status_code == 400
    assert Note.objects.count() == 0


def test_files_go_into_the_dossier_and_come_back_byte_for_byte(cast: Cast, as_: object) -> None:
    case, browser = in_team(cast), as_(cast.clerk)
    sent = {"files": [file(), file("照片.png", b"\x89PNG\r\n\x1a\n0")], "title": "现场材料", "volume": "SIDE"}
    assert browser.post(url("attach", case), sent).status_code == 302
    rows = list(Attachment.objects.order_by("at", "pk"))
    assert [(row.title, row.volume, row.file.name) for row in rows] == [
        ("现场材料（1）", "SIDE", "证据.pdf"),
        ("现场材料（2）", "SIDE", "照片.png"),
    ]
    answer = browser.get(reverse("cases:attachment", args=[case.slug, rows[0].pk]))
    assert (answer.status_code, answer.content, answer["Content-Type"]) == (200, PDF, "application/pdf")
    assert answer["X-Content-Type-Options"] == "nosniff"
    other = as_(cast.other_judge).get(reverse("cases:attachment", args=[case.slug, rows[0].pk]))
    assert other.status_code == 404


@pytest.mark.parametrize(
    ("name", "content"),
    [("伪装.pdf", b"MZ\x90"), ("程序.exe", b"MZ\x90"), ("页面.html", b"<html>"), ("改名.png", PDF)],
)
def test_a_file_that_is_not_what_it_says_is_refused_with_all_that_came_with_it(
    cast: Cast, as_: object, name: str, content: bytes
) -> None:
    case = in_team(cast)
    before = counts()
    answer = as_(cast.clerk).post(
        url("attach", case), {"files": [file(), file(name, content)], "title": "", "volume": "MAIN"}
    )
    assert answer.status_code == 400
    assert f"文件 {name} 不能上传" in text(answer)
    assert (counts(), StoredFile.objects.count()) == (before, 0)


def test_a_file_over_the_limit_is_refused(cast: Cast, as_: object) -> None:
    case = in_team(cast)
    before = counts()
    large = file("录像.pdf", PDF + b"0" * settings.UPLOAD_LIMIT)
    answer = as_(cast.clerk).post(url("attach", case), {"files": [large], "title": "录像", "volume": "MAIN"})
    assert answer.status_code == 413
    assert "文件 录像.pdf 有 20.0 MB，超过上限 20 MB。" in text(answer)
    assert 'value="录像"' in text(answer)
    assert (counts(), StoredFile.objects.count()) == (before, 0)


def test_no_file_is_said_at_the_field(cast: Cast, as_: object) -> None:
    answer = as_(cast.clerk).post(url("attach", in_team(cast)), {"title": "", "volume": "MAIN"})
    assert answer.status_code == 400
    assert "请选择文件。" in text(answer)


def test_a_mistaken_entry_is_struck_by_a_new_one(cast: Cast, as_: object) -> None:
    case, browser = in_team(cast), as_(cast.judge)
    browser.post(url("note", case), {"text": "写错了案子"})
    mistaken = Event.objects.get(verb="cases.noted")
    address = reverse("cases:correct", args=[mistaken.pk])
    assert "记录笔记" in text(browser.get(address))
    assert browser.post(address, {"reason": "应记入另案"}).status_code == 302
    correction = Event.objects.get(verb="cases.corrected")
    assert (correction.corrects, correction.facts["reason"]) == (mistaken, "应记入另案")
    assert Note.objects.get().struck_at is not None
    again = browser.post(address, {"reason": "再更正一次"})
    assert again.status_code == 409
    assert "这条记录已经更正过。" in text(again)
    assert "再更正一次" in text(again)
    assert Event.objects.filter(verb="cases.corrected").count() == 1


def test_filing_is_not_undone_by_a_correction(cast: Cast, as_: object) -> None:
    case = in_team(cast)
    before = counts()
    filed = Event.objects.get(case=case, verb="cases.filed")
    answer = as_(cast.judge).post(reverse("cases:correct", args=[filed.pk]), {"reason": "立错了"})
    assert answer.status_code == 409
    assert "这条记录不能直接更正" in text(answer)
    assert counts() == before


def test_entries_of_other_teams_and_courts_are_not_found(cast: Cast, as_: object) -> None:
    filed = Event.objects.get(case=in_team(cast), verb="cases.filed")
    address = reverse("cases:correct", args=[filed.pk])
    assert as_(cast.other_judge).get(address).status_code == 404
    assert as_(cast.stranger).post(address, {"reason": "看看"}).status_code == 404


def test_particulars_are_corrected_and_the_journal_says_why(cast: Cast, as_: object) -> None:
    party = creditor(in_team(cast))
    address = reverse("cases:party", args=[party.pk])
    sent = particulars(party, phone="０３５７－７３２１１１１", address="隰县龙泉镇", reason="对照身份证")
    assert as_(cast.judge).post(address, sent).status_code == 302
    party.refresh_from_db()
    assert (party.phone, party.address, party.version) == ("0357-7321111", "隰县龙泉镇", 2)
    entry = AuditEntry.objects.get(act="cases.party_corrected")
    assert (entry.about, entry.facts) == (party.symbol, {"reason": "对照身份证"})


def test_opening_the_form_with_a_whole_number_is_journalled(cast: Cast, as_: object) -> None:
    party = creditor(in_team(cast))
    page = text(as_(cast.judge).get(reverse("cases:party", args=[party.pk])))
    assert party.id_number in page
    assert audits("cases.identity_read") == 1


def test_who_may_not_read_the_number_edits_without_it(cast: Cast, as_: object) -> None:
    party = creditor(in_team(cast))
    address = reverse("cases:party", args=[party.pk])
    page = text(as_(cast.clerk).get(address))
    assert party.id_number not in page
    assert party.masked_id in page
    assert audits("cases.identity_read") == 0
    sent = particulars(party, id_number=person_number(555), address="新地址")
    assert as_(cast.clerk).post(address, sent).status_code == 302
    changed = Party.objects.get(pk=party.pk)
    assert (changed.address, changed.id_number) == ("新地址", party.id_number)


def test_a_stale_edit_shows_both_versions_and_overwrites_only_with_a_reason(cast: Cast, as_: object) -> None:
    party = creditor(in_team(cast))
    address = reverse("cases:party", args=[party.pk])
    mine = particulars(party, phone="13900000001", address="我填的地址")
    theirs = particulars(party, phone="13900000002", address="他填的地址")
    assert as_(cast.filing_clerk).post(address, theirs).status_code == 302

    browser = as_(cast.judge)
    answer = browser.post(address, mine)
    page = text(answer)
    assert answer.status_code == 409
    assert "您打开之后，这份资料已被他人修改。" in page
    shown = {(row.label, row.now, row.typed) for row in answer.context["refusal"].differences}
    assert shown == {("电话", "13900000002", "13900000001"), ("地址", "他填的地址", "我填的地址")}
    assert 'value="我填的地址"' in page
    assert Party.objects.get(pk=party.pk).phone == "13900000002"

    assert "用我填的，写明原因" in page
    bare = browser.post(address, mine | {"over": "2"})
    assert bare.status_code == 400
    assert "覆盖他人的修改须写明更正原因。" in text(bare)
    assert Party.objects.get(pk=party.pk).phone == "13900000002"

    assert browser.post(address, mine | {"over": "2", "reason": "本人到庭核对"}).status_code == 302
    assert Party.objects.get(pk=party.pk).phone == "13900000001"


def test_a_stale_edit_of_the_number_alone_shows_the_number(cast: Cast, as_: object) -> None:
    party = creditor(in_team(cast))
    address = reverse("cases:party", args=[party.pk])
    assert as_(cast.filing_clerk).post(address, particulars(party, id_number=person_number(777))).status_code == 302
    answer = as_(cast.judge).post(address, particulars(party))
    assert answer.status_code == 409
    (row,) = answer.context["refusal"].differences
    assert (row.label, row.now, row.typed) == ("证件号码", person_number(777), party.id_number)


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("id_number", "123", "应为 18 位，现为 3 位"),
        ("phone", "12345", "电话号码“12345”有误"),
        ("name", " ", "请填写姓名或名称。"),
    ],
)
def test_a_wrong_particular_is_refused_at_its_field(cast: Cast, as_: object, field: str, typed: str, said: str) -> None:
    party = creditor(in_team(cast))
    answer = as_(cast.judge).post(
        reverse("cases:party", args=[party.pk]), particulars(party, address="新地址", **{field: typed})
    )
    assert answer.status_code == 400
    assert said in text(answer)
    assert 'value="新地址"' in text(answer)
    assert (Party.objects.get(pk=party.pk).address, audits("cases.party_corrected")) == ("", 0)


def test_a_number_of_another_party_cannot_be_taken(cast: Cast, as_: object) -> None:
    case = in_team(cast)
    party, other = creditor(case), debtor(case)
    Party.objects.filter(pk=other.pk).update(kind="PERSON")
    number = person_number(888)
    taker = particulars(other, id_number=number)
    assert as_(cast.judge).post(reverse("cases:party", args=[other.pk]), taker).status_code == 302
    answer = as_(cast.judge).post(reverse("cases:party", args=[party.pk]), particulars(party, id_number=number))
    assert answer.status_code == 409
    assert "证件号码已登记为“某环保科技公司”，一个号码在本院只登记一次。请核对。" in text(answer)
    assert Party.objects.get(pk=party.pk).id_number == party.id_number


def test_parties_of_other_teams_and_courts_are_not_found(cast: Cast, as_: object) -> None:
    party = creditor(in_team(cast))
    address = reverse("cases:party", args=[party.pk])
    assert as_(cast.other_judge).get(address).status_code == 404
    assert as_(cast.stranger).post(address, particulars(party, name="改名")).status_code == 404
    assert as_(cast.bailiff).get(address).status_code == 403
    assert Party.objects.get(pk=party.pk).name == "王某军"


def test_an_agent_is_entered_for_one_of_the_parties(cast: Cast, as_: object) -> None:
    case = in_team(cast)
    of = case.participations.get(role="CREDITOR")
    sent = {
        "represents": str(of.pk), "kind": "PERSON", "name": "苏律师", "id_number": person_number(321),
        "phone": "13700000003", "special": "on",
    }  # fmt: skip
    assert as_(cast.clerk).post(url("agent", case), sent).status_code == 302
    agent = Participation.objects.get(case=case, role="AGENT")
    assert (agent.party.name, agent.represents, agent.special_authority) == ("苏律师", of, True)
    assert Event.objects.filter(case=case, verb="cases.agent_added").count() == 1


def test_an_agent_reads_the_case_until_his_term_ends(cast: Cast, as_: object) -> None:
    case = in_team(cast)
    of = case.participations.get(role="CREDITOR")
    sent = {
        "represents": str(of.pk), "kind": "PERSON", "name": "苏律师", "id_number": person_number(321), "phone": "",
        "until_on": "2026-11-19",
    }  # fmt: skip
    assert as_(cast.clerk).post(url("agent", case), sent).status_code == 400
    assert not Participation.objects.filter(case=case, role="AGENT").exists()
    assert as_(cast.clerk).post(url("agent", case), {**sent, "until_on": "2026-11-20"}).status_code == 302
    agent = Participation.objects.get(case=case, role="AGENT")
    assert agent.until_on == clock.today()
    assert disclosing.participations_of(agent.party_id) == [agent]
    clock.set_to(clock.now() + timedelta(days=1))
    assert disclosing.participations_of(agent.party_id) == []


def test_an_agent_of_another_case_is_refused(cast: Cast, as_: object) -> None:
    case, other = in_team(cast), civil_case(cast, seed=9)
    before = counts()
    sent = {"represents": str(other.participations.first().pk), "kind": "PERSON", "name": "苏律师"}
    answer = as_(cast.clerk).post(url("agent", case), sent)
    assert answer.status_code == 400
    assert 'value="苏律师"' in text(answer)
    assert counts() == before


def test_a_clue_is_kept_and_its_text_stays_out_of_the_events(cast: Cast, as_: object) -> None:
    case = in_team(cast)
    sent = {"party": str(debtor(case).pk), "kind": "IMMOVABLE", "description": "鼓楼路商铺一间", "given_by": "王某军"}
    assert as_(cast.executor).post(url("clue", case), sent).status_code == 302
    clue = Clue.objects.get()
    assert (clue.matter, clue.party, clue.description, clue.given_by) == (
        case.matter,
        debtor(case),
        "鼓楼路商铺一间",
        "王某军",
    )
    event = Event.objects.get(verb="cases.clue_given")
    assert event.facts == {"kind": "IMMOVABLE", "owner": debtor(case).symbol, "v": 1}


def test_a_clue_that_says_nothing_is_refused(cast: Cast, as_: object) -> None:
    case = in_team(cast)
    sent = {"party": str(debtor(case).pk), "kind": "OTHER", "description": " "}
    answer = as_(cast.executor).post(url("clue", case), sent)
    assert (answer.status_code, Clue.objects.count()) == (400, 0)
    assert "请写明线索内容。" in text(answer)
