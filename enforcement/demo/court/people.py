"""The two courts and their people: who signs in by which name, in which team, in which seat."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache, cached_property

from django.contrib.auth.hashers import make_password
from django.db import transaction

from accounts.actors import Actor
from accounts.models import Court, Post, Seat, Team, TeamKind, User
from accounts.roles import Role
from accounts.services import teams
from enforcement.demo.court.identities import County
from kernel import clock

PASSWORD = "shanzhi-demo"  # of everybody, in the demo only
SINCE = date(2018, 1, 2)
R = Role


@dataclass(frozen=True)
class Person:
    """One person: the name for signing in, the name, the post, the team."""

    username: str
    name: str
    role: Role
    team: str = ""


@dataclass(frozen=True)
class Plan:
    """A court as it is founded: its account for case funds, its teams, its people. ``prefix`` is before every sign-in."""

    code: str
    name: str
    short: str
    county: County
    prefix: str
    account: str
    sub_prefix: str
    bank: str
    teams: tuple[tuple[str, TeamKind], ...]
    people: tuple[Person, ...]


ONE, TWO, THREE = "实施一组", "实施二组", "实施三组"
QUICK, INQUIRY, TRIAL, FINANCE = "快执团队", "集约查控组", "速裁团队", "案款组"
_TEAMS = (
    (ONE, TeamKind.IMPLEMENTATION),
    (TWO, TeamKind.IMPLEMENTATION),
    (QUICK, TeamKind.QUICK),
    (INQUIRY, TeamKind.INQUIRY),
    (TRIAL, TeamKind.TRIAL),
    (FINANCE, TeamKind.FINANCE),
)

XIXIAN = Plan(
    code="晋1031",
    name="隰县人民法院",
    short="隰县法院",
    county=County("141031", "隰县"),
    prefix="",
    account="1410310001000001",
    sub_prefix="62210310",
    bank="中国农业银行隰县支行",
    teams=(*_TEAMS, (THREE, TeamKind.IMPLEMENTATION)),
    people=(
        Person("guan", "管维", R.ADMINISTRATOR),
        Person("lian", "连书雯", R.FILING_CLERK),
        Person("jiang", "江立", R.FILING_CLERK),
        Person("shen", "沈清和", R.TRIAL_JUDGE, TRIAL),
        Person("pei", "裴正", R.TRIAL_JUDGE),
        Person("kang", "康宁", R.CLERK, TRIAL),
        Person("zhang", "张守正", R.EXECUTION_JUDGE, ONE),
        Person("zhou", "周明理", R.ASSISTANT, ONE),
        Person("li", "李记言", R.CLERK, ONE),
        Person("gao", "高远行", R.EXECUTOR, ONE),
        Person("gan", "甘实", R.EXECUTOR, ONE),
        Person("ma", "马卫", R.BAILIFF, ONE),
        Person("niu", "牛健", R.BAILIFF, ONE),
        Person("feng", "冯公允", R.EXECUTION_JUDGE, TWO),
        Person("yan", "严录", R.CLERK, TWO),
        Person("tang", "唐敏行", R.EXECUTOR, TWO),
        Person("lu", "鲁毅", R.BAILIFF, TWO),
        Person("jing", "景思齐", R.EXECUTION_JUDGE, THREE),
        Person("qin", "秦笃", R.EXECUTOR, THREE),
        Person("kuai", "蒯捷", R.EXECUTION_JUDGE, QUICK),
        Person("su", "苏速", R.EXECUTOR, QUICK),
        Person("bian", "卞书", R.CLERK, QUICK),
        Person("cha", "查明", R.QUERY_OFFICER, INQUIRY),
        Person("xun", "荀问", R.QUERY_OFFICER, INQUIRY),
        Person("deng", "邓纪", R.FINANCE_REGISTRAR, FINANCE),
        Person("bao", "鲍守成", R.FINANCE_KEEPER, FINANCE),
        Person("fa", "范方", R.FINANCE_PAYER, FINANCE),
        Person("yu", "于立行", R.BUREAU_DIRECTOR),
        Person("song", "宋衡", R.PRESIDENT),
    ),
)

XIAJIN = Plan(
    code="鲁1427",
    name="夏津县人民法院",
    short="夏津法院",
    county=County("371427", "夏津县"),
    prefix="x",
    account="3714270001000001",
    sub_prefix="62214270",
    bank="中国农业银行夏津县支行",
    teams=_TEAMS,
    people=(
        Person("guan", "关秉", R.ADMINISTRATOR),
        Person("lian", "廉立", R.FILING_CLERK),
        Person("shen", "申平", R.TRIAL_JUDGE, TRIAL),
        Person("kang", "亢笔", R.CLERK, TRIAL),
        Person("zhang", "章恒", R.EXECUTION_JUDGE, ONE),
        Person("zhou", "邹理", R.ASSISTANT, ONE),
        Person("li", "黎录", R.CLERK, ONE),
        Person("gao", "郜行", R.EXECUTOR, ONE),
        Person("gan", "干诚", R.EXECUTOR, ONE),
        Person("ma", "麻卫", R.BAILIFF, ONE),
        Person("feng", "封直", R.EXECUTION_JUDGE, TWO),
        Person("tang", "汤勤", R.EXECUTOR, TWO),
        Person("lu", "陆勇", R.BAILIFF, TWO),
        Person("kuai", "蒯疾", R.EXECUTION_JUDGE, QUICK),
        Person("su", "宿敏", R.EXECUTOR, QUICK),
        Person("cha", "察微", R.QUERY_OFFICER, INQUIRY),
        Person("deng", "邓载", R.FINANCE_REGISTRAR, FINANCE),
        Person("bao", "包真", R.FINANCE_KEEPER, FINANCE),
        Person("fa", "樊度", R.FINANCE_PAYER, FINANCE),
        Person("yu", "虞持", R.BUREAU_DIRECTOR),
        Person("song", "宋义", R.PRESIDENT),
    ),
)

PLANS = (XIXIAN, XIAJIN)


@dataclass
class Staff:
    """The people of one court in the demo, by the short name of their sign-in (at both courts the same)."""

    plan: Plan
    _actors: dict[str, Actor] = field(default_factory=dict)

    @cached_property
    def court(self) -> Court:
        """The court."""
        return Court.objects.get(code=self.plan.code)

    @cached_property
    def posts(self) -> dict[str, Post]:
        """Every post in force by short name."""
        rows = Post.objects.filter(court=self.court, until_on__isnull=True).select_related("user", "court", "team")
        return {row.user.username.removeprefix(self.plan.prefix): row for row in rows}

    def actor(self, name: str) -> Actor:
        """The person as the one who acts; nobody stands in for anybody in the demo's past."""
        if name not in self._actors:
            self._actors[name] = Actor.of_post(self.posts[name], on=clock.today())
        return self._actors[name]


@cache
def _secret() -> str:
    """The one password, hashed once: hashing is slow on purpose."""
    return make_password(PASSWORD)


@transaction.atomic
def found(plan: Plan, *, at: datetime) -> Staff:
    """Found a court: its people under the one password of the demo, its teams with their seats, some of them vacant."""
    court = Court.objects.create(code=plan.code, name=plan.name, short_name=plan.short)
    users = [
        User(username=plan.prefix + row.username, name=row.name, password=_secret(), must_change_password=False)
        for row in plan.people
    ]
    posts = [
        Post(user=user, court=court, role=row.role, from_on=SINCE) for row, user in zip(plan.people, users, strict=True)
    ]
    User.objects.bulk_create(users)
    Post.objects.bulk_create(posts)
    administrator = Actor.of_post(posts[0], on=clock.day_of(at))
    made = {name: teams.make_team(actor=administrator, at=at, name=name, kind=kind) for name, kind in plan.teams}
    _seat(plan, posts, made)
    return Staff(plan)


def _seat(plan: Plan, posts: list[Post], made: dict[str, Team]) -> None:
    """Everybody of a team sits in its first free seat for the role."""
    free = defaultdict(list)
    for seat in Seat.objects.filter(team__in=made.values()).order_by("-ordinal"):
        free[seat.team_id, seat.role].append(seat)
    taken = []
    for person, post in zip(plan.people, posts, strict=True):
        if person.team:
            post.team = made[person.team]
            seat = free[post.team.pk, person.role.value].pop()
            seat.post = post
            taken.append(seat)
    Post.objects.bulk_update(posts, ["team"])
    Seat.objects.bulk_update(taken, ["post"])
