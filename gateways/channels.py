"""Every channel to the outside: its kinds of letters with their types, and how an unclear delivery is treated."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from django.utils.translation import gettext_lazy as _

from gateways import payloads


@dataclass(frozen=True)
class Kind:
    """One kind of letter: its payload and reply types; ``tail_of`` names the field by whose last four it is found."""

    name: str
    title: Any
    payload: type
    reply: type | None = None
    tail_of: str = ""


@dataclass(frozen=True)
class Channel:
    """A line to one outside system.

    ``resend``: what the outside says it never received is sent again under the same key; without it (money) a person
    must say so. ``in_order``: letters about the same thing leave one after the other, each after the other's answer.
    ``incoming``: a feed that is polled; its only kind is what comes in.
    """

    name: str
    title: Any
    kinds: tuple[Kind, ...]
    resend: bool = True
    in_order: bool = False
    incoming: bool = False

    def kind(self, name: str) -> Kind:
        """The kind of that name; raises UnknownKind."""
        for row in self.kinds:
            if row.name == name:
                return row
        raise UnknownKind(f"{self.name}/{name}")

    @property
    def actor_part(self) -> Literal["bank", "gateway"]:
        """Which part of the system speaks when this channel answers."""
        return "bank" if self.name.startswith("bank.") else "gateway"


class UnknownKind(LookupError):
    """No channel declares this kind of letter: a fault of the program."""


def _registry(name: str, title: Any) -> Channel:
    kind = Kind("inquiry", _("财产查询"), payloads.Inquiry, payloads.InquiryReply)
    return Channel(f"registry.{name}", title, (kind,))


_REGISTRIES = (
    _registry("deposit", _("银行存款查询")),
    _registry("vehicle", _("车辆查询")),
    _registry("real_estate", _("不动产查询")),
    _registry("equity", _("股权查询")),
    _registry("securities", _("证券查询")),
    _registry("tax", _("税务查询")),
    _registry("social_security", _("社会保险查询")),
)

CHANNELS: dict[str, Channel] = {
    channel.name: channel
    for channel in (
        Channel(
            "bank.payment",
            _("银行付款"),
            (Kind("pay", _("付款指令"), payloads.Payment, payloads.PaymentReply, tail_of="payee_account"),),
            resend=False,
        ),
        Channel(
            "bank.freeze",
            _("银行控制"),
            (
                Kind("freeze", _("冻结"), payloads.FreezeOrder, payloads.FreezeReply),
                Kind("renew", _("续冻"), payloads.FreezeRenewal, payloads.OrderReply),
                Kind("release", _("解冻"), payloads.FreezeRelease, payloads.OrderReply),
                Kind("levy", _("扣划"), payloads.Levy, payloads.OrderReply),
            ),
            resend=False,
            in_order=True,
        ),
        Channel("bank.credit", _("银行来款"), (Kind("credit", _("来款"), payloads.CreditLine),), incoming=True),
        Channel("bank.return", _("银行退汇"), (Kind("return", _("退汇"), payloads.CreditLine),), incoming=True),
        *_REGISTRIES,
        Channel(
            "list.centre",
            _("名单报送"),
            (
                Kind("put", _("纳入"), payloads.ListingPut, payloads.ListingReply),
                Kind("remove", _("撤销"), payloads.ListingRemove, payloads.ListingReply),
            ),
            in_order=True,
        ),
        Channel(
            "partner.push",
            _("联合惩戒推送"),
            (Kind("push", _("推送"), payloads.PartnerPush, payloads.PushReply),),
            in_order=True,
        ),
        Channel(
            "police.request",
            _("公安协助"),
            (Kind("request", _("协助请求"), payloads.PoliceRequest, payloads.PoliceReply),),
        ),
        Channel("sms", _("短信"), (Kind("text", _("短信"), payloads.Text, payloads.TextReply, tail_of="phone"),)),
    )
}
REGISTRY_CHANNELS = tuple(channel.name for channel in _REGISTRIES)


def get(name: str) -> Channel:
    """The channel of that name; raises UnknownKind."""
    if name not in CHANNELS:
        raise UnknownKind(name)
    return CHANNELS[name]


def outgoing() -> Iterator[Channel]:
    """Channels that letters leave by."""
    return (channel for channel in CHANNELS.values() if not channel.incoming)


def feeds() -> Iterator[Channel]:
    """Channels that are polled."""
    return (channel for channel in CHANNELS.values() if channel.incoming)
