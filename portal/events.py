"""What parties do in the portal that the court must answer."""

from django.utils.translation import gettext_lazy as _

from cases.declaring import DEBTORS, EVENTS, EventKind
from portal.services import approaching, submitting

EVENTS.declare(
    EventKind(
        "portal.approached",
        _("义务人主动联系：%(kind)s"),
        facts=approaching.Approached,
        seen_by=DEBTORS,
        plain=_("您主动联系法院：%(kind)s。"),
        means=_("承办人收到后会在几个工作日内答复。"),
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

EVENTS.declare(
    EventKind("portal.hurried", _("当事人催办"), facts=submitting.Hurried),
    EventKind("portal.hurry_answered", _("已答复当事人的催办"), facts=submitting.Hurried, turning=False),
    EventKind("portal.objection_handed_in", _("当事人网上提交执行异议：%(kind)s"), facts=submitting.HandedIn),
    EventKind(
        "portal.objection_taken", _("网上提交的执行异议已立案：%(number)s"), facts=submitting.HandedIn, turning=False
    ),
    EventKind("portal.objection_turned_back", _("网上提交的执行异议未予立案，已说明理由"), facts=submitting.HandedIn),
)
