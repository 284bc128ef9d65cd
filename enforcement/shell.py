"""The frame of the desk: whose page it is, and the navigation by what the person's roles may do."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from accounts import policy, queries
from accounts import shell as counters
from accounts.actors import Actor
from accounts.models import Post
from accounts.roles import Action, Role
from accounts.shell import Count
from enforcement.demo.court import progress
from kernel import clock

A = Action


@dataclass(frozen=True)
class Item:
    """One word of the navigation: shown when its page exists and the policy lists one of its actions."""

    label: Any
    url: str
    icon: str
    actions: tuple[Action, ...]
    count: str = ""
    demo_only: bool = False


GROUPS: tuple[tuple[Any, tuple[Item, ...]], ...] = (
    (
        _("工作"),
        (
            Item(_("待办"), "cases:inbox", "duty", (A.SEE_CASES,), "inbox"),
            Item(_("待签批"), "cases:decisions", "pen", queries.APPROVALS, "decisions"),
            Item(_("预警"), "cases:warnings", "alert", (A.SEE_CASES,), "warnings"),
            Item(_("督办"), "insight:supervisions", "flag", (A.SEE_CASES,), "supervisions"),
        ),
    ),
    (
        _("案件"),
        (
            Item(_("我的案件"), "cases:list", "folder", (A.SEE_CASES,), "cases"),
            Item(_("立案"), "cases:file", "file-plus", (A.FILE,), "filing"),
            Item(
                _("保全"),
                "assets:preservations",
                "lock",
                (A.APPLY_PRESERVATION, A.RULE_PRESERVATION, A.FREEZE),
                "preservations",
            ),
            Item(_("查控"), "assets:inquiries", "radar", (A.INQUIRE, A.APPROVE_MEASURE), "inquiries"),
            Item(_("案款"), "funds:receipts", "cash", (A.SEE_FUNDS,), "receipts"),
            Item(
                _("不明款"), "funds:unidentified", "hexagon-question", (A.CLAIM_MONEY, A.CONFIRM_CLAIM), "unidentified"
            ),
            Item(_("发放"), "funds:payouts", "send", (A.CONFIRM_PAYOUT, A.APPROVE_PAYOUT, A.SEND_PAYOUT), "payouts"),
            Item(_("付款批"), "funds:batches", "bank", (A.SEND_PAYOUT, A.RELEASE_BATCH), "batches"),
            Item(_("台账"), "funds:day", "table", (A.RECONCILE, A.SEND_PAYOUT, A.APPROVE_PAYOUT), "months"),
            Item(_("信用惩戒"), "pressure:board", "stairs", (A.PROPOSE_PRESSURE, A.DECIDE_PRESSURE), "pressure"),
        ),
    ),
    (
        _("管理"),
        (
            Item(_("指标"), "insight:leader", "chart", (A.LEAD,)),
            Item(_("人员"), "accounts:people", "users", (A.ADMINISTER,)),
            Item(_("团队"), "accounts:teams", "id", (A.ADMINISTER,), "vacancies"),
            Item(_("代行"), "accounts:stand_ins", "user-switch", (A.ADMINISTER, *queries.APPROVALS)),
            Item(_("本院规则"), "cases:rules", "scale", (A.SET_RULES, A.ADMINISTER)),
            Item(_("审计"), "accounts:audit", "audit", (A.READ_AUDIT,)),
            Item(_("上缴账户"), "funds:outlets", "bank", (A.ADMINISTER,)),
            Item(_("外部消息"), "gateways:messages", "share", (A.RUN_GATEWAYS,), "gateways"),
            Item(_("短信箱"), "gateways:sms", "phone", (A.ADMINISTER, A.SUPERVISE, A.SEE_CASES), demo_only=True),
        ),
    ),
)


def shell(request: HttpRequest) -> dict[str, Any]:
    """``shell`` for base.html: built once per request, and only when a page shows it."""
    if not hasattr(request, "shell"):
        request.shell = SimpleLazyObject(lambda: _shell(request))  # type: ignore[attr-defined]
    return {"shell": request.shell}  # type: ignore[attr-defined]


def _shell(request: HttpRequest) -> dict[str, Any]:
    frame: dict[str, Any] = {"today": clock.today(), "demo": settings.DEMO, "groups": [], "posts": []}
    actor: Actor | None = getattr(request, "actor", None)
    post: Post | None = getattr(request, "post", None)
    if settings.DEMO:
        frame |= progress.mark()
    frame["sign_out_url"] = _url("accounts:sign_out") if request.user.is_authenticated else ""
    if actor is None or post is None:
        return frame
    posts = list(queries.sign_in_posts(post.user, clock.today()))
    return frame | {
        "court_name": post.court.name,
        "person_name": actor.name,
        "role_label": Role(post.role).label,
        "team_name": post.team.name if post.team else "",
        "posts": [_choice(row, post) for row in posts] if len(posts) > 1 else [],
        "post_url": _url("accounts:switch_post"),
        "profile_url": _url("accounts:profile"),
        "groups": groups(actor, request.path),
    }


def groups(actor: Actor, path: str) -> list[dict[str, Any]]:
    """The navigation of an actor; empty groups are left out, the item of the present page is active."""
    shown = [(label, [item for item in items if _shows(item, actor)]) for label, items in GROUPS]
    counts = counters.counts([item.count for _label, items in shown for item in items], actor)
    found = [(label, [_entry(item, counts) for item in items]) for label, items in shown]
    entries = [entry for _label, items in found for entry in items]
    here = max(
        (entry for entry in entries if _covers(entry["url"], path)), key=lambda entry: len(entry["url"]), default=None
    )
    if here is not None:
        here["active"] = True
    return [{"label": label, "items": items} for label, items in found if items]


def _shows(item: Item, actor: Actor) -> bool:
    if item.demo_only and not settings.DEMO:
        return False
    return bool(_url(item.url)) and any(policy.may(actor, action) for action in item.actions)


def _entry(item: Item, counts: dict[str, Count]) -> dict[str, Any]:
    count = counts.get(item.count, Count(0))
    return {
        "label": item.label,
        "url": _url(item.url),
        "icon": item.icon,
        "count": count.count,
        "past": count.past,
        "active": False,
    }


def _covers(url: str, path: str) -> bool:
    return path == url or (url != "/" and path.startswith(url))


def _choice(row: Post, chosen: Post) -> dict[str, Any]:
    where = row.team.name if row.team else row.court.short_name
    return {"label": f"{Role(row.role).label}（{where}）", "value": str(row.pk), "active": row.pk == chosen.pk}


def _url(name: str) -> str:
    """The page's address, or empty while no room has the page."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
