"""What is left over: the few places where a low floor must hear of a higher one and no declaration fits."""

from django.utils.translation import gettext_lazy as _

from accounts import handover
from accounts.models import Post
from cases import checks
from cases.models import Case, Duty
from cases.services import assigning

__all__ = ["checks", "connect"]  # importing the checks registers them


def _held(post: Post) -> int:
    cases = Case.objects.open().filter(officer=post).count()
    return cases + Duty.objects.open().filter(holder=post).exclude(case__officer=post).count()


def connect() -> None:
    """Called once, when every room is loaded."""
    handover.HANDOVERS.append(handover.Handover(_("在办案件和待办"), _held, assigning.hand_over))
