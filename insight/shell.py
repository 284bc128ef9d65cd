"""The count beside 督办: what is not answered yet, and how much of it is past its day."""

from accounts import shell
from accounts.actors import Actor
from accounts.shell import Rows
from insight.models import Supervision
from kernel import clock


def supervisions(actor: Actor) -> Rows:
    """Open supervisions that the actor sees."""
    found = Supervision.objects.visible_to(actor).filter(replied_at__isnull=True)
    return Rows(found, found.filter(reply_by__lt=clock.today()))


shell.COUNTS["supervisions"] = supervisions
