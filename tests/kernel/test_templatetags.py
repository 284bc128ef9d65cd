"""What templates say: figures, dates, limits, shapes, fields. One moment everywhere: Sunday 2026-11-22, 8:40 in court."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django import forms
from django.template import Context, Template
from django.test import RequestFactory

from kernel import clock
from kernel.templatetags import countdowns, dates, figures

NOW = datetime(2026, 11, 22, 0, 40, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _at_8_40(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


def court_time(day: int, hour: int, minute: int = 0, *, month: int = 11, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=clock.SHANGHAI)


def rendered(source: str, **context: Any) -> str:
    return Template(source).render(Context(context)).strip()


@pytest.mark.parametrize(
    ("yuan", "shown"),
    [
        (Decimal("1311000"), "1,311,000.00"),
        (Decimal("-236500.00"), "\u2212236,500.00"),
        ("0", "0.00"),
        (Decimal("-0.001"), "0.00"),
        (None, "—"),
        ("", "—"),
        ("甲", "—"),
    ],
)
def test_money_is_grouped_to_the_fen_with_a_true_minus(yuan: object, shown: str) -> None:
    assert figures.money(yuan) == shown


@pytest.mark.parametrize(("yuan", "shown"), [("1126481.42", "112.65"), ("86400", "8.64"), ("-45000", "\u22124.50")])
def test_wan_rounds_to_two_places(yuan: str, shown: str) -> None:
    assert figures.wan(yuan) == shown


@pytest.mark.parametrize(
    ("yuan", "shown"),
    [
        ("1126481.42", "壹佰壹拾贰万陆仟肆佰捌拾壹元肆角贰分"),
        ("100", "壹佰元整"),
        ("-0.05", "负伍分"),
        (None, ""),
    ],
)
def test_capital_numerals_of_a_voucher(yuan: object, shown: str) -> None:
    assert figures.capital(yuan) == shown


def test_a_date_says_its_year_only_when_it_is_another() -> None:
    assert rendered("{{ d|cndate }}", d=date(2026, 11, 21)) == '<time datetime="2026-11-21">11月21日</time>'
    assert rendered("{{ d|cndate }}", d=date(2027, 1, 20)) == '<time datetime="2027-01-20">2027年1月20日</time>'
    assert rendered("{{ d|cnfulldate }}", d=date(2026, 11, 21)) == '<time datetime="2026-11-21">2026年11月21日</time>'


def test_a_moment_is_told_in_court_time() -> None:
    assert str(dates.moment_stamp(datetime(2026, 11, 21, 16, 5, tzinfo=UTC))) == "11月22日 0:05"
    assert str(dates.hour_stamp(court_time(21, 8, 4))) == "8:04"
    assert str(dates.day_stamp(datetime(2026, 11, 21, 17, 0, tzinfo=UTC))) == "11月22日"


def test_an_absent_date_is_empty() -> None:
    assert rendered("[{{ d|cndate }}{{ d|cndatetime }}{{ d|cntime }}{{ d|weekday }}]", d=None) == "[]"


def test_a_date_joined_to_text_stays_plain_text() -> None:
    assert "截至" + dates.day_stamp(date(2026, 11, 21)) == "截至11月21日"


def test_weekdays_in_both_lengths() -> None:
    assert rendered("{{ d|weekday }} {{ d|weekday:'full' }}", d=date(2026, 11, 22)) == "周日 星期日"


@pytest.mark.parametrize(
    ("span", "shown"),
    [
        (timedelta(minutes=50), "50 分"),
        (timedelta(seconds=59), "0 分"),
        (timedelta(hours=5), "5 小时"),
        (timedelta(hours=15, minutes=40), "15 小时 40 分"),
        (timedelta(hours=23, minutes=59, seconds=59), "23 小时 59 分"),
        (timedelta(days=1), "1 天"),
        (timedelta(days=2, hours=15, minutes=20), "2 天 15 小时"),
        (timedelta(days=6, hours=23, minutes=59), "6 天 23 小时"),
        (timedelta(days=8, hours=15), "8 天"),
        (-timedelta(hours=1, minutes=1), "1 小时 1 分"),
    ],
)
def test_a_span_is_told_in_two_units_at_most(span: timedelta, shown: str) -> None:
    assert countdowns.span_text(span) == shown


@pytest.mark.parametrize(
    ("due", "text", "until", "state", "group"),
    [
        (court_time(21, 17), "已过 15 小时 40 分", "昨天 17:00", "past", "past"),
        (court_time(22, 0), "已过 8 小时 40 分", "今天 0:00", "past", "past"),
        (court_time(22, 9, 30), "剩 50 分", "今天 9:30", "near", "today"),
        (court_time(23, 0), "剩 15 小时 20 分", "今天 24:00", "near", "today"),
        (court_time(23, 17), "剩 1 天 8 小时", "11月23日 周一 17:00", "running", "soon"),
        (court_time(25, 0), "剩 2 天 15 小时", "11月24日 周二 24:00", "running", "soon"),
        (court_time(26, 0), "剩 3 天 15 小时", "11月25日 周三 24:00", "running", "soon"),
        (court_time(27, 0), "剩 4 天 15 小时", "11月26日 周四 24:00", "running", "later"),
        (court_time(21, 0, month=1, year=2027), "剩 59 天", "2027年1月20日 24:00", "running", "later"),
    ],
)
def test_a_limit_is_said_twice_and_falls_into_one_group(
    due: datetime, text: str, until: str, state: str, group: str
) -> None:
    left = countdowns.countdown(due, NOW)
    assert (left.text, left.until, left.state, left.group) == (text, until, state, group)


def test_the_last_second_of_a_day_reads_24_00() -> None:
    due = datetime(2026, 11, 24, 23, 59, 59, 999999, tzinfo=clock.SHANGHAI)
    assert countdowns.countdown(due, NOW).until == "11月24日 周二 24:00"


def test_exactly_at_its_moment_a_limit_is_not_yet_past() -> None:
    assert countdowns.countdown(NOW, NOW).state == "near"
    assert countdowns.countdown(NOW - timedelta(seconds=1), NOW).state == "past"


def test_the_warn_date_decides_what_is_near() -> None:
    due = court_time(25, 0)
    assert countdowns.countdown(due, NOW, warn_at=court_time(22, 8)).state == "near"
    assert countdowns.countdown(due, NOW, warn_at=court_time(22, 9)).state == "running"


def test_a_paused_limit_says_until_when_and_does_not_tick() -> None:
    left = countdowns.countdown(court_time(21, 0), NOW, held_until="异议审结")
    assert (left.state, left.text, left.until, left.ticks) == ("held", "已暂停", "异议审结", False)
    assert countdowns.countdown(court_time(21, 0), NOW, done=True).state == "done"


def test_the_share_of_time_used_stays_between_0_and_100() -> None:
    due = NOW + timedelta(hours=10)
    assert countdowns.countdown(due, NOW, opened=NOW - timedelta(hours=30)).share == 75
    assert countdowns.countdown(NOW - timedelta(hours=1), NOW, opened=NOW - timedelta(hours=2)).share == 100
    assert countdowns.countdown(due, NOW).share == 0


def test_a_printed_countdown_carries_shape_words_and_truth() -> None:
    page = rendered("{% countdown due %}", due=court_time(22, 13, 40))
    assert 'class="due due-near"' in page
    assert 'class="shape shape-near"' in page
    assert '<span class="due-text">剩 5 小时</span>' in page
    assert f'data-due="{court_time(22, 13, 40).isoformat()}"' in page
    assert rendered("{% countdown due as left %}{{ left }}", due=court_time(22, 13, 40)) == "剩 5 小时"
    assert rendered("[{% countdown due %}]", due=None) == "[]"


def test_a_case_number_never_wraps_and_is_escaped() -> None:
    assert rendered("{{ n|cn }}", n="（2026）晋1031执417号") == '<span class="cn">（2026）晋1031执417号</span>'
    assert rendered("{{ n|cn:'hang' }}", n="<b>") == '<span class="cn cn-hang">&lt;b&gt;</span>'


def test_names_and_numbers_are_masked() -> None:
    assert rendered("{{ n|mask_name }}", n="靳某军") == "靳**"
    assert rendered("{{ n|mask_id }}", n="140102199001012218") == "**************2218"
    assert rendered("[{{ n|mask_name }}{{ n|mask_id }}]", n=None) == "[]"


def test_prose_keeps_dates_and_case_numbers_together_and_escapes_the_rest() -> None:
    page = rendered("{{ s|prose }}", s="郝某<11月15日 10:20>提出（2026）晋1031执异23号")
    assert page == (
        '郝某&lt;<span class="day">11月15日 10:20</span>&gt;提出<span class="cn">（2026）晋1031执异23号</span>'
    )


def test_amounts_in_a_sentence_are_bold() -> None:
    assert rendered("{{ s|bold_money }}", s="到账 36,500.00 元，付 3 笔") == "到账 <b>36,500.00 元</b>，付 3 笔"


@pytest.mark.parametrize(
    ("part", "whole", "share"), [("886", "1000", 89), ("5", "0", 0), (None, "9", 0), ("20", "10", 100)]
)
def test_percent_is_whole_and_bounded(part: object, whole: object, share: int) -> None:
    assert rendered("{{ a|percent:b }}", a=part, b=whole) == str(share)


def test_shapes_are_distinct_and_hidden_from_readers_of_screens() -> None:
    drawn = {
        name: rendered("{% shape name %}", name=name) for name in ("past", "near", "done", "held", "idle", "closed")
    }
    assert len({page.split(">", 1)[1] for page in drawn.values()}) == 6
    assert all('aria-hidden="true"' in page for page in drawn.values())
    assert 'stroke-dasharray="40 100"' in rendered("{% shape 'running' 40 %}")


def test_an_icon_points_into_the_sprite() -> None:
    page = rendered("{% icon 'bell' 18 %}")
    assert 'width="18"' in page
    assert "img/icons" in page
    assert '#bell"/>' in page


def test_a_changed_filter_keeps_the_others_and_leaves_the_page() -> None:
    request = RequestFactory().get("/", {"kind": "a", "team": "三组", "page": "nX"})
    source = "{% query_with kind='b' %}|{% query_with kind=None %}|{% query_with page='nY' %}"
    kinds = Template(source).render(Context({"request": request}, autoescape=False)).split("|")
    team = "team=%E4%B8%89%E7%BB%84"
    assert kinds == [f"?kind=b&{team}", f"?{team}", f"?kind=a&{team}&page=nY"]


def test_the_reader_chooses_theme_and_text_size_and_nothing_else() -> None:
    request = RequestFactory().get("/")
    request.COOKIES.update({"theme": "dark", "text": '"><script>'})
    context = Context({"request": request})
    assert Template("{% theme %} {% text_size %}").render(context) == "dark normal"
    assert rendered("{% theme %}") == "light"


def test_a_sparkline_spans_its_field() -> None:
    assert figures.spark([1, 3, 2], 2) == {"points": "0.0,28.0 50.0,2.0 100.0,15.0", "target": 15.0}
    assert figures.spark([5], None) == {"points": "0.0,28.0", "target": None}


class Freeze(forms.Form):
    until = forms.CharField(label="冻结到", help_text="存款不超过一年")
    amount = forms.CharField(label="金额（元）")
    reason = forms.CharField(label="理由", widget=forms.Textarea, required=False)
    kind = forms.ChoiceField(label="种类", choices=[("A", "甲")])
    agreed = forms.BooleanField(label="已核对", required=False)

    def clean_amount(self) -> str:
        raise forms.ValidationError("多了一位？")


def test_a_field_ties_label_help_article_and_error_to_its_control() -> None:
    form = Freeze({"until": "2027", "amount": "1", "kind": "A"})
    assert not form.is_valid()
    until = rendered("{% field f.until article='解释第485条' article_url='/x' %}", f=form)
    assert '<label for="id_until">冻结到</label>' in until
    assert 'aria-describedby="id_until_help"' in until
    assert '<a class="field-article" href="/x">解释第485条</a>' in until
    amount = rendered("{% field f.amount %}", f=form)
    assert 'aria-invalid="true"' in amount
    assert 'aria-describedby="id_amount_error"' in amount
    assert 'id="id_amount_error" role="alert"' in amount
    assert "多了一位？" in amount


def test_fields_take_the_control_of_their_kind() -> None:
    form = Freeze()
    assert 'class="form-select"' in rendered("{% field f.kind %}", f=form)
    assert 'class="form-check-input"' in rendered("{% field f.agreed %}", f=form)
    reason = rendered("{% field f.reason wide=True %}", f=form)
    assert 'rows="3"' in reason
    assert '<span class="must">选填</span>' in reason
    assert 'class="field wide"' in reason
