"""The count beside 督办: what is not answered yet, and how much of it is past its day."""

from accounts import shell
from accounts.actors import Actor
from accounts.shell import Count
from insight.models import Supervision
from kernel import clock


def supervisions(actor: Actor) -> Count:
    """Open supervisions that the actor sees."""
    found = Supervision.objects.visible_to(actor).filter(replied_at__isnull=True)
    return Count(found[: shell.CAP].count(), found.filter(reply_by__lt=clock.today())[: shell.CAP].count())


shell.COUNTS["supervisions"] = supervisions
