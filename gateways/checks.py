"""Receivers must name channels and kinds that exist; said when Django starts, not when an answer comes."""

from typing import Any

from django.core.checks import CheckMessage, Error, register

from gateways import channels
from gateways.receiving import INCOMING, RECEIVERS


@register
def check_receivers(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """gateways.E001: an unknown kind. gateways.E002: a feed that does not exist."""
    found: list[CheckMessage] = []
    for row in RECEIVERS:
        try:
            channels.get(row.channel).kind(row.kind)
        except channels.UnknownKind as error:
            found.append(Error(f"A receiver names {error}, which no channel declares", id="gateways.E001"))
    names = {channel.name for channel in channels.feeds()}
    found += [
        Error(f"{row.channel} is not a feed", hint="See gateways/channels.py", id="gateways.E002")
        for row in INCOMING
        if row.channel not in names
    ]
    return found
