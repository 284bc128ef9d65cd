"""The security journal: written once, read by the court it belongs to, exported with a trace."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from accounts import acts, audit
from accounts.models import AuditEntry
from kernel.append_only import WrittenOnce
from tests.accounts.conftest import Browser
from tests.cast import MORNING, Cast

PAGE, EXPORT = reverse("accounts:audit"), reverse("accounts:audit_export")


@pytest.fixture
def entry(cast: Cast) -> AuditEntry:
    return audit.write(
        actor=cast.actor(cast.administrator),
        act=acts.APPOINTED,
        at=MORNING,
        about=cast.clerk.symbol,
        address="10.0.0.8",
        role="CLERK",
    )


def test_an_entry_is_neither_changed_nor_deleted_by_the_program(entry: AuditEntry) -> None:
    entry.act = "nothing"
    with pytest.raises(WrittenOnce):
        entry.save()
    with pytest.raises(WrittenOnce):
        entry.delete()
    assert AuditEntry.objects.get().act == acts.APPOINTED


@pytest.mark.parametrize(
    "statement", ["UPDATE accounts_auditentry SET actor_name = '某'", "DELETE FROM accounts_auditentry"]
)
def test_an_entry_is_neither_changed_nor_deleted_by_sql(entry: AuditEntry, statement: str) -> None:
    with connection.cursor() as cursor, pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        cursor.execute(statement)
    assert AuditEntry.objects.get().actor_name == "管理员"


def lines(page: object) -> list[tuple[str, str, str]]:
    return [(line.act, line.who, line.about) for line in page.context["lines"]]  # type: ignore[attr-defined]


def test_the_page_says_entries_in_words(cast: Cast, entry: AuditEntry, desk: Client) -> None:
    page = desk.get(PAGE)
    assert lines(page) == [("任职", "管理员", "李书记员（书记员）")]
    assert "岗位：书记员" in page.content.decode()
    assert "10.0.0.8" in page.content.decode()


def test_the_page_is_filtered_by_act_person_and_day(cast: Cast, entry: AuditEntry, desk: Client) -> None:
    audit.write(
        actor=cast.actor(cast.judge), act=acts.SIGNED_IN, at=MORNING - timedelta(days=3), about=cast.judge.user.symbol
    )

    def count(**query: str) -> int:
        return len(lines(desk.get(PAGE, query)))

    assert count() == 2
    assert count(act=acts.SIGNED_IN) == 1
    assert count(person=str(cast.judge.user_id)) == 1
    assert count(person=str(cast.clerk.user_id)) == 1
    assert count(from_on="2026-11-18") == 1
    assert count(until_on="2026-11-17") == 1
    assert count(from_on="2026-11-18", until_on="2026-11-19") == 0


def test_another_court_reads_nothing_of_it(cast: Cast, entry: AuditEntry, desk: Client, as_: Browser) -> None:
    audit.write(actor=cast.actor(cast.stranger), act=acts.SIGNED_IN, at=MORNING)
    assert lines(desk.get(PAGE)) == [("任职", "管理员", "李书记员（书记员）")]
    foreign = desk.get(PAGE, {"person": str(cast.stranger.user_id)})
    assert "毕法官" not in foreign.content.decode()


def test_the_journal_is_paged(cast: Cast, desk: Client) -> None:
    actor = cast.actor(cast.judge)
    for second in range(60):
        audit.write(actor=actor, act=acts.SIGNED_IN, at=MORNING + timedelta(seconds=second))
    first = desk.get(PAGE).context["page"]
    second_page = desk.get(PAGE, {"page": first.next}).context["page"]
    assert (len(first), len(second_page)) == (50, 10)
    assert min(row.at for row in first) > max(row.at for row in second_page)


def test_an_export_is_a_workbook_and_an_entry_itself(cast: Cast, desk: Client) -> None:
    audit.write(
        actor=cast.actor(cast.judge), act=acts.TOKEN_CREATED, at=MORNING, purpose='=HYPERLINK("http://x")', days=7
    )
    answer = desk.get(EXPORT, {"act": acts.TOKEN_CREATED})
    sheet = load_workbook(BytesIO(answer.content)).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[0] == ["时间", "事项", "人员", "对象", "内容", "来源地址"]
    assert rows[1][:3] == ["2026-11-20 09:00:00", "签发接口令牌", "张法官"]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value} == {"s"}
    exported = AuditEntry.objects.get(act=acts.AUDIT_EXPORTED)
    assert exported.actor_name == "管理员"
    assert exported.facts == {
        "rows": 1,
        "filters": {"act": acts.TOKEN_CREATED},
    }


@pytest.mark.parametrize("who", ["president", "director", "executor"])
@pytest.mark.parametrize("address", [PAGE, EXPORT])
def test_only_who_reads_the_journal_by_right_opens_it(
    cast: Cast, morning: None, as_: Browser, who: str, address: str
) -> None:
    assert as_(getattr(cast, who)).get(address).status_code == 403
    assert not AuditEntry.objects.exists()


def test_words_of_another_room_are_declared_and_unknown_acts_show_their_symbol(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(acts, "LABELS", dict(acts.LABELS))
    acts.declare("identity_seen", "查看证件号")
    assert (acts.label("identity_seen"), acts.label("strange_act")) == ("查看证件号", "strange_act")
