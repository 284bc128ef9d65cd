"""The director's question about unidentified money: may it be told to the public?"""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.roles import Action, Role
from cases.declaring import Card, CardFact, DecisionKind
from cases.models import Decision
from funds.models import PublicNotice
from funds.services import noticing


def _card(decision: Decision) -> Card:
    notice = PublicNotice.objects.get(pk=decision.subject.partition(":")[2])
    items = list(notice.items.order_by("ordinal"))
    page = reverse("funds:notice", args=[notice.pk])
    supports = [
        CardFact(
            _("%(count)s 笔超过甄别期限，最早 %(day)s 到账")
            % {"count": len(items), "day": min(item.received_on for item in items).isoformat()},
            source=_("逐笔清单"),
            url=page,
        ),
        CardFact(_("付款人姓名打码，不公开账号")),
    ]
    return Card(
        figure=notice.total,
        whom=_("社会公众"),
        supports=supports,
        against=[CardFact(decision.why)] if decision.why else [],
        law=[_("本院内控：不明款公告认领（FUND-UNKNOWN）")],
        then=[
            _("公告 %(days)s 天，期间可凭证据认领。") % {"days": notice.days},
            _("期满无人认领的，另行报批提存或上缴。"),
        ],
    )


ROWS = (
    DecisionKind(
        kind=noticing.KIND,
        title=_("公告认领不明款"),
        tiers=(Role.BUREAU_DIRECTOR,),
        ask=Action.REGISTER_RECEIPT,
        decide=Action.APPROVE_PAYOUT,
        card=_card,
        carry_out=noticing.publish,
    ),
)
