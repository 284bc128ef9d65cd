"""What parties do in the portal that the court must answer."""

from django.utils.translation import gettext_lazy as _

from cases.declaring import DEBTORS, EVENTS, EventKind
from portal.services import approaching

EVENTS.declare(
    EventKind(
        "portal.approached",
        _("义务人主动联系：%(kind)s"),
        facts=approaching.Approached,
        seen_by=DEBTORS,
        plain=_("您主动联系法院：%(kind)s。"),
        means=_("承办人会在两个工作日内答复。"),
    ),
    EventKind(
        "portal.approach_answered",
        _("已答复义务人的主动联系"),
        seen_by=DEBTORS,
        plain=_("承办人答复了您的请求。"),
        tell=DEBTORS,
        sms=_("承办人已答复您的请求，请登录查看。"),
    ),
)
