"""The home of the desk: what to do, what was done, what runs out, what changed."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts import audit, policy, shell
from accounts.access import allowed, staff_required
from accounts.actors import Actor
from accounts.roles import Action
from accounts.services import signing_in
from cases import sheets
from cases import shell as desk
from cases.models import Duty
from cases.queries import boards, changes, lists, rows, subjects, timeline
from cases.views.acting import actor_of
from cases.views.answering import chip, workbook
from kernel import clock, paging


@require_GET
@staff_required
def inbox(request: HttpRequest) -> HttpResponse:
    """The open duties by what runs out first; the technical administrator, who has no cases, goes to the people."""
    actor, at = actor_of(request), clock.now()
    if not policy.may(actor, Action.SEE_CASES):
        return redirect("accounts:people")
    everybody = boards.team_word(actor)
    team = bool(everybody) and request.GET.get("of") == "team"
    tag = request.GET.get("tag", "")
    tray = boards.tray(actor, team=team)
    tally = boards.tally(tray, at, tag)
    found = boards.tagged(tray, tag)
    page = paging.page(boards.running(found), order=boards.ORDER, token=request.GET.get("page", ""))
    duties = [*page.rows, *([] if page.next else boards.waiting(found))]
    context = {
        "groups": boards.grouped(rows.rows(duties, actor, at, with_holder=team), tally.groups),
        "shown": len(duties),
        "tally": tally,
        "chips": _tags(request, tally, tag),
        "acts": [_whole(everybody, team)] if everybody else [],
        "strip": changes.strip(actor, at),
        "page": page,
        "batch": _batch(actor),
    }
    return render(request, "cases/inbox.html", context)


@require_POST
@allowed(Action.EXPORT)
def export(request: HttpRequest) -> HttpResponse:
    """The duties that were picked, as a workbook; entered in the journal."""
    actor, at = actor_of(request), clock.now()
    picked = [key for typed in request.POST.getlist("duty") if (key := lists.key_of(typed))]
    seen = Duty.objects.visible_to(actor) | Duty.objects.held_by(actor)
    found = boards.by_limit(seen.open().filter(pk__in=picked).select_related("case").distinct())
    address = signing_in.address(request)
    audit.write(actor=actor, act=desk.DUTIES_EXPORTED, at=at, address=address, rows=len(found))
    return workbook(sheets.duties(found, actor, at), f"shanzhi-duties-{clock.day_of(at):%Y%m%d}.xlsx")


@require_GET
@allowed(Action.SEE_CASES)
def done(request: HttpRequest) -> HttpResponse:
    """What the actor did, the latest first, in time or late."""
    actor, at = actor_of(request), clock.now()
    page = paging.page(boards.done(actor), order=boards.DONE_ORDER, token=request.GET.get("page", ""))
    names = subjects.words(duty.subject for duty in page)
    parties = subjects.sides({duty.case_id for duty in page})
    shown = [
        rows.row_of(duty, names.get(duty.subject, ""), at)
        | {"duty": duty, "parties": subjects.against(parties.get(duty.case_id))}
        for duty in page
    ]
    return render(request, "cases/done.html", {"shown": shown, "page": page})


@require_GET
@allowed(Action.SEE_CASES)
def warnings(request: HttpRequest) -> HttpResponse:
    """Duties past or near their limit in the cases that the actor sees; those reported to it by escalation apart."""
    actor, at = actor_of(request), clock.now()
    chosen = request.GET.get("of", "")
    every = boards.warned(actor, at)
    past, told = every.filter(due_at__lt=at), boards.reported(every, actor)
    count = past[: shell.CAP + 1].count()
    found = {"past": past, "near": every.filter(due_at__gte=at), "told": told}.get(chosen, every)
    page = paging.page(boards.running(found), order=boards.ORDER, token=request.GET.get("page", ""))
    words = (("", _("全部")), ("past", _("已过期")), ("near", _("临近")), ("told", _("报给您的")))
    context = {
        "shown": rows.rows(page.rows, actor, at, with_holder=True),
        "chips": [chip(request, label, chosen == key, of=key) for key, label in words],
        "past": f"{shell.CAP}+" if count > shell.CAP else count,
        "page": page,
    }
    return render(request, "cases/warnings.html", context)


@require_GET
@allowed(Action.SEE_CASES)
def changed(request: HttpRequest) -> HttpResponse:
    """What others recorded in the actor's cases since its last visit."""
    actor, at = actor_of(request), clock.now()
    start = changes.last_visit(actor, at)
    group, verb = request.GET.get("group", ""), request.GET.get("verb", "")
    followed = bool(request.GET.get("followed"))
    events = timeline.since(actor, start, group, verb, followed=followed)
    page = paging.page(events, order=timeline.RECENT, token=request.GET.get("page", ""))
    words = {"": _("全部"), **timeline.GROUPS}
    context = {
        "entries": timeline.entries(page.rows),
        "chips": [
            *(chip(request, label, group == key and not verb, group=key, verb="") for key, label in words.items()),
            chip(request, _("只看关注的案件"), followed, followed="" if followed else "1"),
        ],
        "start": start,
        "page": page,
    }
    return render(request, "cases/changes.html", context)


def _tags(request: HttpRequest, tally: boards.Tally, tag: str) -> list[dict[str, Any]]:
    total = sum(tally.groups.values()) if tag not in boards.TAGS else None
    every = chip(request, _("全部"), tag not in boards.TAGS, tag="") | {"count": total}
    return [
        every,
        *(
            chip(request, boards.TAGS[name], name == tag, tag=name) | {"count": count}
            for name, count in tally.tags.items()
        ),
    ]


def _whole(everybody: str, team: bool) -> dict[str, Any]:
    home = reverse("cases:inbox")
    if team:
        return {"label": _("只看我的"), "url": home, "icon": "user"}
    return {"label": everybody, "url": f"{home}?of=team", "icon": "users"}


def _batch(actor: Actor) -> list[dict[str, str]]:
    if not policy.may(actor, Action.EXPORT):
        return []
    return [{"label": _("导出所选"), "formaction": reverse("cases:inbox_export")}]
