"""Reading the security journal: filters, the names behind its symbols, and the workbook."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from accounts import acts
from accounts.models import AuditEntry, Post, Team, TeamKind, User
from accounts.roles import Role
from accounts.sheets import workbook
from kernel import clock

ORDER = ("-at", "-id")
ATTEMPTS = (acts.SIGN_IN_FAILED, acts.LOCKED_OUT)
MOST = 20_000  # rows of one workbook

FACTS: dict[str, Any] = {
    "role": _("岗位"),
    "from_on": _("起"),
    "until_on": _("止"),
    "until": _("至"),
    "to": _("接收"),
    "deputy": _("代行人"),
    "team": _("团队"),
    "moved": _("移交"),
    "changed": _("修改项"),
    "failures": _("连续次数"),
    "reason": _("原因"),
    "purpose": _("用途"),
    "days": _("天数"),
    "rows": _("行数"),
    "filters": _("条件"),
    "tokens_revoked": _("同时撤销的令牌"),
    "kind": _("类型"),
}


@dataclass(frozen=True)
class Line:
    """One entry in words."""

    at: datetime
    act: str
    who: str
    about: str
    facts: str
    address: str


def entries(
    court_id: UUID,
    *,
    act: str = "",
    person: User | None = None,
    from_on: date | None = None,
    until_on: date | None = None,
) -> "QuerySet[AuditEntry]":
    """The court's entries by act, by person (what it did and what was done to it) and by day.

    Attempts on accounts that nobody has belong to no court; every court reads them.
    """
    rows = AuditEntry.objects.filter(Q(court_id=court_id) | Q(court__isnull=True, act__in=ATTEMPTS))
    if act:
        rows = rows.filter(act=act)
    if person is not None:
        symbols = [person.symbol, *(post.symbol for post in Post.objects.filter(user=person))]
        rows = rows.filter(Q(actor__in=symbols) | Q(about__in=symbols))
    if from_on:
        rows = rows.filter(at__gte=clock.start_of(from_on))
    if until_on:
        rows = rows.filter(at__lt=clock.end_of(until_on))
    return rows


def lines(rows: Iterable[AuditEntry]) -> list[Line]:
    """The entries in words; symbols of this room become names."""
    found = list(rows)
    symbols = {row.about for row in found} | {str(row.facts.get(key, "")) for row in found for key in _SYMBOLIC}
    names = _names(symbols)
    return [
        Line(
            at=row.at,
            act=acts.label(row.act),
            who=row.actor_name or _t("（未登录）"),
            about=names.get(row.about, row.about) or (_t("没有这个账号") if row.act in ATTEMPTS else ""),
            facts=_facts(row.facts, names),
            address=row.address or "",
        )
        for row in found
    ]


def export(rows: "QuerySet[AuditEntry]") -> tuple[bytes, int]:
    """The newest entries as a workbook, at most 20,000, and how many they are."""
    found = lines(rows.order_by(*ORDER)[:MOST])
    heads = [_t("时间"), _t("事项"), _t("人员"), _t("对象"), _t("内容"), _t("来源地址")]
    cells = (
        [
            f"{line.at.astimezone(clock.SHANGHAI):%Y-%m-%d %H:%M:%S}",
            line.act,
            line.who,
            line.about,
            line.facts,
            line.address,
        ]
        for line in found
    )
    return workbook(title=_t("安全审计"), heads=heads, rows=cells), len(found)


_SYMBOLIC = ("to", "deputy", "team")
_CHOICES: dict[str, Any] = {"role": Role, "kind": TeamKind}


def _names(symbols: set[str]) -> dict[str, str]:
    """Names of the people, posts and teams among the symbols."""
    keys: dict[str, list[str]] = {}
    for symbol in symbols:
        model, _colon, key = symbol.partition(":")
        keys.setdefault(model, []).append(key)
    users = User.objects.filter(pk__in=keys.get("accounts.user", []))
    posts = Post.objects.filter(pk__in=keys.get("accounts.post", [])).select_related("user")
    teams = Team.objects.filter(pk__in=keys.get("accounts.team", []))
    names = {user.symbol: user.name for user in users}
    names |= {post.symbol: str(post) for post in posts}
    names |= {f"accounts.team:{team.pk}": team.name for team in teams}
    return names | {f"accounts.apitoken:{key}": _t("接口令牌") for key in keys.get("accounts.apitoken", [])}


def _facts(facts: dict[str, Any], names: dict[str, str]) -> str:
    pairs = ((FACTS.get(key, key), _value(key, value, names)) for key, value in facts.items())
    return "；".join(f"{label}：{value}" for label, value in pairs if value != "")


def _value(key: str, value: Any, names: dict[str, str]) -> str:
    if value is None:
        return ""
    if key in _CHOICES and value in _CHOICES[key].values:
        return str(_CHOICES[key](value).label)
    if isinstance(value, dict):
        return "，".join(f"{label} {names.get(str(count), count)}" for label, count in value.items())
    if isinstance(value, list):
        return "，".join(str(item) for item in value)
    return names.get(str(value), str(value))
