"""Choosing how a court reaches a channel: over the network, or by files across an air gap."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts import acts, audit, policy
from accounts.actors import Actor
from accounts.models import Court
from accounts.roles import Action
from gateways import channels
from gateways.models import MOVING, Connection, Message, Way

WAY_CHOSEN = "gateway_way_chosen"
acts.declare(WAY_CHOSEN, _("更改外部通道方式"))


def choose(*, court: Court, channel: str, way: Way, actor: Actor, at: datetime) -> Connection:
    """Set the way; messages that waited for a file go on over the network when it is the network. Raises NotAllowed."""
    policy.require(actor, Action.ADMINISTER)
    channels.get(channel)
    with transaction.atomic():
        connection = Connection.objects.update_or_create(court=court, channel=channel, defaults={"way": way})[0]
        if way == Way.NETWORK:
            waiting = Message.objects.filter(court=court, channel=channel, state__in=MOVING)
            waiting.filter(next_attempt_at__isnull=True).update(next_attempt_at=at)
        audit.write(actor=actor, act=WAY_CHOSEN, at=at, channel=channel, way=str(way))
    return connection
