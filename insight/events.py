"""What managers do in a case."""

from django.utils.translation import gettext_lazy as _

from cases.declaring import EVENTS, EventKind
from insight.services import supervising

EVENTS.declare(
    EventKind("insight.supervised", _("督办，要求 %(reply_by)s 前答复"), facts=supervising.Supervised, turning=False),
    EventKind("insight.supervision_answered", _("答复督办"), facts=supervising.Answered, turning=False),
)
