"""The count beside 信用惩戒, and the words of what reading property writes into the journal."""

from django.utils.translation import gettext_lazy as _

from accounts import acts, shell
from accounts.actors import Actor
from accounts.shell import Rows
from cases.models import Duty
from kernel import clock

READ = "property.read"
acts.declare(READ, _("查看查控财产"))


def pressure(actor: Actor) -> Rows:
    """Open duties of the ladder in the cases that the actor sees."""
    rows = Duty.objects.visible_to(actor).open().filter(kind__startswith="pressure.")
    return Rows(rows, rows.filter(paused_at__isnull=True, due_at__lt=clock.now()))


shell.COUNTS.update(pressure=pressure)
