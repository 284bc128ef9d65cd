"""Every channel of the court: how it is reached, what waits on it, and how far its feed has been read."""

from typing import Any

from django.contrib import messages as notes
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts import policy
from accounts.access import allowed
from accounts.actors import Actor
from accounts.models import Court
from accounts.roles import Action
from gateways import problems
from gateways.channels import CHANNELS
from gateways.forms import WayForm
from gateways.models import OPEN, Connection, FeedCursor, Message, Way
from gateways.services import connecting
from kernel import clock
from kernel.refusals import NotFound


@require_GET
@allowed(Action.RUN_GATEWAYS)
def channels(request: HttpRequest) -> HttpResponse:
    """One row for each channel."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return render(
        request,
        "gateways/channels.html",
        {"rows": _rows(actor), "may_choose": policy.may(actor, Action.ADMINISTER), "ways": Way.choices},
    )


@require_POST
@allowed(Action.ADMINISTER)
def choose_way(request: HttpRequest, channel: str) -> HttpResponse:
    """Network or files."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    form = WayForm(request.POST)
    if channel not in CHANNELS or not form.is_valid():
        raise NotFound
    court = Court.objects.get(pk=actor.court_id)
    connecting.choose(court=court, channel=channel, way=Way(form.cleaned_data["way"]), actor=actor, at=clock.now())
    notes.success(request, _("已改为%(way)s。") % {"way": Way(form.cleaned_data["way"]).label})
    return redirect("gateways:channels")


def _rows(actor: Actor) -> list[dict[str, Any]]:
    open_now = Message.objects.visible_to(actor).filter(state__in=OPEN).order_by()
    counted = open_now.values_list("channel", "state").annotate(count=Count("pk"))
    counts = {(channel, state): count for channel, state, count in counted}
    ways = dict(Connection.objects.filter(court_id=actor.court_id).values_list("channel", "way"))
    feeds = {feed.channel: feed for feed in FeedCursor.objects.filter(court_id=actor.court_id).order_by("taken_at")}
    return [
        {
            "channel": channel,
            "way": Way(ways.get(channel.name, Way.NETWORK)),
            "queued": counts.get((channel.name, "QUEUED"), 0),
            "sent": counts.get((channel.name, "SENT"), 0),
            "parked": counts.get((channel.name, "PARKED"), 0),
            "feed": feeds.get(channel.name),
            "problem": problems.sentence(feeds[channel.name].last_error) if channel.name in feeds else "",
        }
        for channel in CHANNELS.values()
    ]
