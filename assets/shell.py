"""The counts beside 保全 and 查控, and the words of what reading property writes into the journal."""

from django.utils.translation import gettext_lazy as _

from accounts import acts, shell
from accounts.actors import Actor
from accounts.shell import Rows
from cases.models import Duty
from kernel import clock

READ = "property.read"
REVEALED = "property.revealed"
acts.declare(READ, _("查看查控财产"))
acts.declare(REVEALED, _("查看完整账号、证号"))

PRESERVATION = ("assets.rule", "assets.carry_out", "assets.sue", "assets.lift")
INQUIRY = ("assets.inquire", "assets.answers_owed")


def _duties(actor: Actor, kinds: tuple[str, ...]) -> Rows:
    rows = Duty.objects.visible_to(actor).open().filter(kind__in=kinds)
    return Rows(rows, rows.filter(paused_at__isnull=True, due_at__lt=clock.now()))


def preservations(actor: Actor) -> Rows:
    """Preservations that wait for a ruling, for being carried out, for the suit or for being lifted."""
    return _duties(actor, PRESERVATION)


def inquiries(actor: Actor) -> Rows:
    """Cases that wait for an inquiry or for its answers."""
    return _duties(actor, INQUIRY)


shell.COUNTS.update(preservations=preservations, inquiries=inquiries)
