"""The count beside 信用惩戒, and the words of what reading property writes into the journal."""

from django.db.models import Count as Counted
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts import acts, shell
from accounts.actors import Actor
from accounts.shell import Count
from cases.models import Duty
from kernel import clock

_MOST = shell.CAP + 1
READ = "property.read"
acts.declare(READ, _("查看查控财产"))


def pressure(actor: Actor) -> Count:
    """Open duties of the ladder in the cases that the actor sees."""
    past = Q(paused_at__isnull=True, due_at__lt=clock.now())
    rows = Duty.objects.visible_to(actor).open().filter(kind__startswith="pressure.").order_by("due_at")
    found = rows.values("id", "paused_at", "due_at")[:_MOST].aggregate(
        count=Counted("id"), past=Counted("id", filter=past)
    )
    return Count(found["count"], found["past"])


shell.COUNTS.update(pressure=pressure)
