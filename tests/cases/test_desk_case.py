"""The case page: the answer on top, the spine, the tabs, the timeline, and who may see it."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import AuditEntry, Post
from accounts.roles import Action
from cases import locks
from cases.declaring import ACTS, PANELS, Act, Panel
from cases.kinds import PerformanceSource
from cases.models import Case, Duty, Event
from cases.services import assigning, executing, filing, noting, performing, trial
from kernel import clock
from tests import factories
from tests.cast import MORNING, Cast
from tests.factories import person_number

pytestmark = pytest.mark.usefixtures("morning")
SignIn = Callable[[Post], Client]
BOTH_BY = date(2026, 11, 30)


@pytest.fixture
def case(cast: Cast) -> Case:
    """The execution of 王某军 (1,311,000.00 and costs 8,299.50, due 15 July), filed on 20 July, with 张法官."""
    cast.everyone()
    at = clock.at_time(date(2026, 7, 20), 9)
    found = factories.execution_case(cast, at=at, costs="8299.50")
    assigning.assign(case_id=found.pk, officer=cast.judge, actor=cast.actor(cast.filing_clerk), at=at)
    found.refresh_from_db()
    return found


def page(browser: Client, case: Case, **query: str) -> dict[str, object]:
    """What the page of the case shows."""
    answer = browser.get(reverse("cases:case", args=[case.slug]), query)
    assert answer.status_code == 200
    return answer.context  # type: ignore[no-any-return]


def pay(cast: Cast, case: Case, amount: str, on: date, source: PerformanceSource = PerformanceSource.RECEIPT) -> None:
    """A performance on a day, recorded at noon of it."""
    with transaction.atomic():
        performing.record(
            case=locks.lock(case.pk),
            amount=Decimal(amount),
            on=on,
            source=source,
            subject=f"funds.receipt:{on}",
            actor=cast.actor(cast.registrar),
            at=clock.at_time(on, 12),
        )


def test_the_answer_says_what_is_owed_to_the_fen_and_how_it_comes_about(cast: Cast, as_: SignIn, case: Case) -> None:
    clock.set_to(clock.at_time(date(2026, 11, 22), 8, 40))
    pay(cast, case, "200000.00", date(2026, 9, 30))
    pay(cast, case, "36500.00", date(2026, 11, 19))
    owed = page(as_(cast.judge), case)["owed"]
    assert isinstance(owed, dict)
    assert (owed["total"], owed["daily"]) == (Decimal("1126481.42"), Decimal("192.20"))
    lines = [(str(line["label"]), line.get("note", ""), line["amount"]) for line in owed["lines"]]
    assert lines == [
        ("判项1 金钱给付", "7月15日届满", Decimal("1311000.00")),
        ("诉讼费、执行费", "", Decimal("23809.50")),
        ("迟延履行加倍利息", "日 0.175‰，3 段共 130 天", Decimal("28171.92")),
        ("减：已履行 2 笔", "9月30日、11月19日", Decimal("-236500.00")),
    ]
    assert sum((amount for _label, _note, amount in lines), Decimal(0)) == owed["total"]
    assert owed["lines"][2]["detail"] == "77 天×131.10 万，50 天×113.48 万，3 天×109.83 万"


def test_many_items_are_gathered_so_that_the_answer_stays_short(cast: Cast, as_: SignIn) -> None:
    civil = factories.civil_case(cast, at=MORNING - timedelta(days=90))
    actor, judge = cast.actor(cast.filing_clerk), cast.actor(cast.trial_judge)
    trial.begin(case_id=civil.pk, judge=cast.trial_judge, actor=actor, at=MORNING - timedelta(days=80))
    one, other = (civil.participations.get(role=role).party for role in ("PLAINTIFF", "DEFENDANT"))
    items = [
        trial.ItemInput(amount=Decimal(100 * number), payers=[other], payee=one, due_on=date(2026, 12, number))
        for number in range(1, 7)
    ]
    trial.judge(case_id=civil.pk, items=items, judged_on=date(2026, 11, 1), actor=judge, at=MORNING)
    owed = page(as_(cast.trial_judge), civil)["owed"]
    assert isinstance(owed, dict)
    assert [(str(line["label"]), line["amount"]) for line in owed["lines"]] == [
        ("判项1 金钱给付", Decimal("100.00")),
        ("判项2 金钱给付", Decimal("200.00")),
        ("其余 4 个判项", Decimal("1800.00")),
    ]
    assert owed["total"] == Decimal("2100.00")


def test_before_a_judgment_the_page_says_what_is_claimed(cast: Cast, as_: SignIn) -> None:
    civil = factories.civil_case(cast)
    owed = page(as_(cast.filing_clerk), civil)["owed"]
    assert isinstance(owed, dict)
    assert (owed["known"], owed["total"]) == (False, Decimal("1311000.00"))
    assert [line["amount"] for line in owed["lines"]] == [Decimal("16599.00")]


def test_the_next_act_names_its_holder_and_gives_the_button_to_nobody_else(cast: Cast, as_: SignIn, case: Case) -> None:
    following = page(as_(cast.query_officer), case)["next"]
    assert isinstance(following, dict)
    assert (following["who"], following["what"], following["mine"]) == ("查询员", "发执行通知书和报告财产令", True)
    assert following["by"] == "7月30日 周四 24:00 前"
    assert following["act"] == {"label": "发通知", "url": reverse("cases:notify", args=[case.slug]), "panel": True}
    assert "网络查询被执行人财产" in following["after"]
    others = page(as_(cast.judge), case)["next"]
    assert isinstance(others, dict)
    assert (others["who"], others["mine"], others["act"]) == ("查询员", False, None)


def test_the_first_to_run_out_are_four_in_their_order(cast: Cast, as_: SignIn, case: Case) -> None:
    executing.notify(
        case_id=case.pk, perform_by=BOTH_BY, report_by=BOTH_BY, actor=cast.actor(cast.query_officer), at=MORNING
    )
    shown = page(as_(cast.judge), case)
    notes = [row["note"] for row in shown["first"]]  # type: ignore[attr-defined]
    assert len(notes) == 4
    assert shown["duty_count"] == Duty.objects.open().filter(case=case).count()
    assert notes[0] == "网络查询被执行人财产，11月23日"
    limits = [duty.due_at for duty in Duty.objects.open().filter(case=case).order_by("due_at")[:4]]
    assert limits == sorted(limits)


def test_the_spine_takes_its_dates_from_the_events(cast: Cast, as_: SignIn, case: Case) -> None:
    clock.set_to(clock.at_time(date(2026, 8, 20), 9))
    actor = cast.actor(cast.query_officer)
    executing.notify(
        case_id=case.pk,
        perform_by=BOTH_BY,
        report_by=BOTH_BY,
        actor=actor,
        at=clock.at_time(date(2026, 7, 23), 10),
    )
    executing.hand_over(case_id=case.pk, officer=cast.judge, actor=actor, at=clock.at_time(date(2026, 8, 14), 9))
    spine = page(as_(cast.judge), case)["spine"]
    assert isinstance(spine, dict)
    assert [(str(node["label"]), node["note"], node["state"]) for node in spine["nodes"]] == [
        ("立案", "7月20日", "done"),
        ("通知与报告令", "7月23日", "done"),
        ("网络查询", "未经过", "todo"),
        ("强制与威慑", "现在，第 7 天", "now"),
        ("评估拍卖", "", "todo"),
        ("发放", "", "todo"),
        ("结案", "不晚于 2027年1月20日", "todo"),
    ]
    assert [(str(lane["label"]), lane["span"], lane["now"]) for lane in spine["lanes"]] == [
        ("集约查控", 3, False),
        ("执行实施", 1, True),
        ("财产处置", 1, False),
        ("案款与结案", 2, False),
    ]


def test_a_closed_case_says_how_and_asks_nothing_more(cast: Cast, as_: SignIn, case: Case) -> None:
    civil = case.arises_from
    assert civil is not None
    shown = page(as_(cast.filing_clerk), civil)
    spine, tree = shown["spine"], shown["tree"]
    assert isinstance(spine, dict)
    assert isinstance(tree, list)
    assert spine["nodes"][-1] == {"label": spine["nodes"][-1]["label"], "note": "6月20日，判决", "state": "done"}
    assert shown["next"] is None
    assert [(row["number"], row["here"]) for row in tree] == [(civil.number, True), (case.number, False)]


def test_a_case_of_the_dispute_that_one_may_not_see_is_named_without_a_link(
    cast: Cast, as_: SignIn, case: Case
) -> None:
    tree = page(as_(cast.judge), case)["tree"]
    assert isinstance(tree, list)
    assert [bool(row["url"]) for row in tree] == [False, True]
    assert all(row["url"] for row in page(as_(cast.director), case)["tree"])  # type: ignore[attr-defined]


def test_other_cases_of_the_debtor_are_one_click_away(cast: Cast, as_: SignIn, case: Case) -> None:
    second = filing.Filing(
        cause="买卖合同纠纷",
        plaintiffs=[factories.person("孙某", 501)],
        defendants=[factories.company("某环保科技公司", 201)],
        claimed=Decimal("42000.00"),
    )
    found = filing.file_civil(court=cast.xixian, filing=second, actor=cast.actor(cast.filing_clerk), at=MORNING)
    others = page(as_(cast.director), case)["others"]
    assert isinstance(others, list)
    assert [(row["number"], row["claimed"]) for row in others] == [(found.number, Decimal("42000.00"))]
    assert page(as_(cast.judge), case)["others"] == []


def test_every_tab_opens_and_counts_what_it_holds(cast: Cast, as_: SignIn, case: Case) -> None:
    executing.notify(
        case_id=case.pk, perform_by=BOTH_BY, report_by=BOTH_BY, actor=cast.actor(cast.query_officer), at=MORNING
    )
    pay(cast, case, "1000.00", date(2026, 11, 19))
    noting.attach(
        case_id=case.pk,
        title="现场照片",
        name="a.png",
        content=b"\x89PNG\r\n\x1a\n1",
        actor=cast.actor(cast.judge),
        at=MORNING,
    )
    browser = as_(cast.judge)
    counts = {str(tab["label"]): tab["count"] for tab in page(browser, case)["tabs"]}  # type: ignore[attr-defined]
    found = {label: counts[label] for label in ("当事人", "判项", "文书", "卷宗", "时间轴")}
    events = Event.objects.filter(case=case).count()
    assert found == {"当事人": 2, "判项": 2, "文书": 2, "卷宗": 1, "时间轴": events}
    words = {"parties": "王某军", "items": "债务逐笔", "papers": "执行通知书", "dossier": "现场照片"}
    for tab, word in (words | {"timeline": "立案，案号"}).items():
        assert word in browser.get(reverse("cases:case", args=[case.slug]), {"tab": tab}).content.decode()


def test_the_timeline_keeps_to_a_group_and_strikes_a_corrected_entry_through(
    cast: Cast, as_: SignIn, case: Case
) -> None:
    actor = cast.actor(cast.judge)
    noting.write(case_id=case.pk, text="电话联系刘某，答应周末付款", kind="CONTACT", actor=actor, at=MORNING)
    event = Event.objects.get(case=case, verb="cases.contacted")
    noting.correct(event_id=event.pk, reason="记错案件", actor=actor, at=MORNING)
    browser = as_(cast.judge)
    (contact,) = page(browser, case, tab="timeline", group="parties")["entries"]  # type: ignore[misc,attr-defined]
    assert (contact["sentence"], contact["corrected"], contact["weighty"]) == ("联系当事人", True, False)
    assert contact["plain"] == '张法官<span class="sep"></span>电话联系刘某，答应周末付款'
    pay(cast, case, "1000.00", date(2026, 11, 19))
    (money,) = page(browser, case, group="money")["entries"]  # type: ignore[misc,attr-defined]
    assert money["weighty"] is True
    assert "履行 1,000.00 元" in money["sentence"]


def test_only_who_may_correct_is_led_to_it_and_only_while_it_stands(cast: Cast, as_: SignIn, case: Case) -> None:
    noting.write(case_id=case.pk, text="记错了", kind="NOTE", actor=cast.actor(cast.judge), at=MORNING)
    event = Event.objects.get(case=case, verb="cases.noted")
    address = reverse("cases:correct", args=[event.pk])

    def links(post: Post, **query: str) -> list[str]:
        entries = page(as_(post), case, **query)["entries"]
        return [paper["url"] for entry in entries for paper in entry["papers"]]  # type: ignore[attr-defined]

    assert address in links(cast.judge, tab="timeline")
    assert address not in links(cast.clerk, tab="timeline")
    assert address not in links(cast.judge)
    noting.correct(event_id=event.pk, reason="记错案件", actor=cast.actor(cast.judge), at=MORNING)
    assert address not in links(cast.judge, tab="timeline")


def test_papers_and_decisions_of_an_entry_are_links(cast: Cast, as_: SignIn, case: Case) -> None:
    made = executing.notify(
        case_id=case.pk, perform_by=BOTH_BY, report_by=BOTH_BY, actor=cast.actor(cast.query_officer), at=MORNING
    )
    entries = page(as_(cast.judge), case, group="papers")["entries"]
    urls = {paper["url"] for entry in entries for paper in entry["papers"]}  # type: ignore[attr-defined]
    assert urls == {reverse("cases:document", args=[case.slug, paper.pk]) for paper in made}


def test_more_events_need_no_more_queries(cast: Cast, as_: SignIn) -> None:
    case = factories.civil_case(cast)
    browser, actor = as_(cast.filing_clerk), cast.actor(cast.filing_clerk)

    def counted(upto: int) -> dict[str, int]:
        """Queries of both tabs when the case has so many events, of which the last is about the case itself."""
        for number in range(upto - 1 - Event.objects.filter(case=case).count()):
            noting.write(case_id=case.pk, text=f"第 {number} 条", kind="NOTE", actor=actor, at=MORNING)
        assigning.assign(case_id=case.pk, officer=cast.judge, actor=actor, at=MORNING)
        found = {}
        for tab in ("overview", "timeline"):
            page(browser, case, tab=tab)
            with CaptureQueriesContext(connection) as queries:
                shown = page(browser, case, tab=tab)
            assert len(shown["entries"]) == min(upto, 8 if tab == "overview" else 50)  # type: ignore[arg-type]
            found[tab] = len(queries)
        return found

    assert counted(5) == counted(60)


def test_identity_numbers_are_masked_and_shown_only_with_a_trace(cast: Cast, as_: SignIn, case: Case) -> None:
    number, party = person_number(101), case.participations.get(role="CREDITOR").party
    address = reverse("cases:reveal", args=[case.slug, party.pk])
    browser = as_(cast.judge)
    hidden = browser.get(reverse("cases:case", args=[case.slug]), {"tab": "parties"}).content.decode()
    assert (number in hidden, f"**************{number[-4:]}" in hidden) == (False, True)
    assert browser.get(address).status_code == 405
    answer = browser.post(address)
    assert number in answer.content.decode()
    assert answer["Cache-Control"] == "private, no-store"
    entry = AuditEntry.objects.get(act="cases.identity_read")
    assert (entry.actor, entry.about, entry.facts) == (cast.judge.symbol, party.symbol, {})


def test_whoever_may_not_read_identities_is_refused_and_leaves_no_trace(cast: Cast, as_: SignIn, case: Case) -> None:
    party = case.participations.get(role="CREDITOR").party
    address = reverse("cases:reveal", args=[case.slug, party.pk])
    assert as_(cast.clerk).post(address).status_code == 403
    assert as_(cast.other_judge).post(address).status_code == 404
    assert as_(cast.stranger).post(address).status_code == 404
    elsewhere = factories.civil_case(cast, seed=9).participations.get(role="PLAINTIFF").party
    foreign = reverse("cases:reveal", args=[case.slug, elsewhere.pk])
    assert as_(cast.judge).post(foreign).status_code == 404
    assert not AuditEntry.objects.filter(act="cases.identity_read").exists()


def test_the_risks_seen_at_filing_stay_in_sight(cast: Cast, as_: SignIn, case: Case) -> None:
    case.matter.risks = ["被告有转移财产迹象"]
    case.matter.save()
    text = as_(cast.judge).get(reverse("cases:case", args=[case.slug])).content.decode()
    assert "被告有转移财产迹象" in text


def test_absent_and_forbidden_look_the_same(cast: Cast, as_: SignIn, case: Case) -> None:
    absent = reverse("cases:case", args=["2026晋1031执999号"])
    here = reverse("cases:case", args=[case.slug])
    answers = [as_(cast.stranger).get(here), as_(cast.other_judge).get(here), as_(cast.judge).get(absent)]
    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert case.number not in answers[0].content.decode()
    assert Client().get(here).status_code == 302


def test_an_address_without_the_last_character_finds_the_case_too(cast: Cast, as_: SignIn, case: Case) -> None:
    assert page(as_(cast.judge), case)["case"] == case
    answer = as_(cast.judge).get(reverse("cases:case", args=[case.slug.removesuffix("号")]))
    assert answer.context["case"] == case


@pytest.fixture
def of_another_room() -> Iterator[None]:
    """A panel and two acts as an upper room would declare them."""
    PANELS.declare(
        Panel(
            "test.property", "property", "房产", "_parts/empty.html", lambda case, actor, at: {"text": "福星小区一套"}
        )
    )
    ACTS.declare(
        Act("test.open", "看房", lambda case: f"/look/{case.slug}/", Action.EXECUTE),
        Act("test.shut", "不该出现", lambda case: "/x/", Action.EXECUTE, open_to=lambda case: False),
        Act("test.missing", "没有页面", lambda case: reverse("test:missing"), Action.EXECUTE),
    )
    yield
    PANELS.remove("test.property")
    for name in ("test.open", "test.shut", "test.missing"):
        ACTS.remove(name)


@pytest.mark.usefixtures("of_another_room")
def test_rooms_contribute_panels_and_acts(cast: Cast, as_: SignIn, case: Case) -> None:
    browser = as_(cast.judge)
    answer = browser.get(reverse("cases:case", args=[case.slug]), {"tab": "property"})
    assert "福星小区一套" in answer.content.decode()
    labels = {str(act["label"]): act["panel"] for act in answer.context["acts"]}
    assert labels["看房"] is True
    assert not {"不该出现", "没有页面"} & labels.keys()
    assert "看房" not in {str(act["label"]) for act in page(as_(cast.bailiff), case)["acts"]}
