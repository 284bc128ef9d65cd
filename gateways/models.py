"""What goes to the outside and what comes from there: one row per letter, and how far each feed has been read."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from accounts.models import Court
from gateways import channels, problems, wire
from gateways.fields import EncryptedJSONField
from kernel.encryption import EncryptedTextField
from kernel.models import Keyed


class Direction(models.TextChoices):
    """Which way a message goes."""

    OUT = "OUT", _("发出")
    IN = "IN", _("收到")


class MessageState(models.TextChoices):
    """QUEUED waits to leave (or, incoming, to be taken in); SENT may have arrived and waits for its answer."""

    QUEUED = "QUEUED", _("待发送")
    SENT = "SENT", _("已发送，待答复")
    ANSWERED = "ANSWERED", _("已答复")
    REFUSED = "REFUSED", _("对方拒绝")
    PARKED = "PARKED", _("已搁置，待人工处理")
    CANCELLED = "CANCELLED", _("已撤回")


class Way(models.TextChoices):
    """How a court reaches a channel."""

    NETWORK = "NETWORK", _("联网")
    FILES = "FILES", _("文件摆渡")


MOVING = (MessageState.QUEUED, MessageState.SENT)
OPEN = (MessageState.QUEUED, MessageState.SENT, MessageState.PARKED)


def channel_choices() -> list[tuple[str, Any]]:
    """As a function, so that a new channel makes no migration."""
    return [(channel.name, channel.title) for channel in channels.CHANNELS.values()]


class MessageQuerySet(models.QuerySet["Message"]):
    def visible_to(self, actor: Actor) -> "MessageQuerySet":
        """Messages of the actor's court."""
        return self.filter(court_id=actor.court_id)

    def moving(self) -> "MessageQuerySet":
        """Messages that the sweep still attends to."""
        return self.filter(state__in=MOVING)


class Message(Keyed):
    """One letter, sent or received once under its key, with its answer.

    ``about`` is a symbol of the room whose act it is (``funds.payout:uuid``); ``condition`` is that room's word for its
    check before sending. ``sent_at`` is empty as long as the outside certainly has not received it. ``reply`` on an
    open message is an answer that the room has not taken yet. ``tail`` finds phones and accounts by their last four.
    """

    court = models.ForeignKey(Court, models.PROTECT, related_name="+", verbose_name=_("法院"))
    direction = models.CharField(_("方向"), max_length=3, choices=Direction.choices, default=Direction.OUT)
    channel = models.CharField(_("通道"), max_length=40, choices=channel_choices)
    kind = models.CharField(_("类型"), max_length=20)
    key = models.CharField(_("编号"), max_length=120)
    about = models.CharField(_("事项"), max_length=120, blank=True)
    condition = models.CharField(max_length=40, blank=True)
    payload = EncryptedJSONField(_("内容"))
    reply = EncryptedJSONField(_("答复"), null=True)
    reference = models.CharField(_("对方编号"), max_length=60, blank=True)
    tail = models.CharField(max_length=60, blank=True)
    state = models.CharField(_("状态"), max_length=10, choices=MessageState.choices, default=MessageState.QUEUED)
    attempts = models.PositiveSmallIntegerField(_("失败次数"), default=0)
    next_attempt_at = models.DateTimeField(_("下次处理"), null=True)
    claimed_until = models.DateTimeField(null=True)
    last_error = models.CharField(_("最近的问题"), max_length=300, blank=True)
    created_at = models.DateTimeField(_("登记时间"))
    sent_at = models.DateTimeField(_("发出时间"), null=True)
    answered_at = models.DateTimeField(_("答复时间"), null=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("外部消息")
        indexes = [
            models.Index(fields=["next_attempt_at"], name="message_due", condition=Q(state__in=["QUEUED", "SENT"])),
            models.Index(fields=["court", "-created_at", "-id"], name="message_newest"),
            models.Index(fields=["court", "channel", "-created_at", "-id"], name="message_newest_of_channel"),
            models.Index(fields=["about"], name="message_about", condition=~Q(about="")),
            models.Index(fields=["court", "tail"], name="message_tail", condition=~Q(tail="")),
            models.Index(fields=["court", "-created_at"], name="message_parked", condition=Q(state="PARKED")),
        ]
        constraints = [models.UniqueConstraint(fields=["channel", "key"], name="message_key_once_in_channel")]

    def __str__(self) -> str:
        return f"{self.channel}/{self.kind} {self.key}"

    @property
    def about_key(self) -> str:
        """The key behind ``room.model:`` in the symbol."""
        return self.about.partition(":")[2]

    @property
    def kind_row(self) -> channels.Kind:
        """The declaration of this kind of letter."""
        return channels.get(self.channel).kind(self.kind)

    @property
    def payload_object(self) -> Any:
        """The typed payload."""
        return wire.from_plain(self.kind_row.payload, self.payload)

    @property
    def reply_object(self) -> Any:
        """The typed reply, or None."""
        reply_type = self.kind_row.reply
        return wire.from_plain(reply_type, self.reply) if reply_type and self.reply is not None else None

    @property
    def problem(self) -> str:
        """The latest problem as a sentence."""
        return problems.sentence(self.last_error)

    @property
    def is_parked(self) -> bool:
        """Whether a person must look at it."""
        return self.state == MessageState.PARKED


class FeedCursor(Keyed):
    """How far a polled feed of a court has been read; ``source`` is the account (or the like) it is asked for."""

    court = models.ForeignKey(Court, models.PROTECT, related_name="+", verbose_name=_("法院"))
    channel = models.CharField(_("通道"), max_length=40, choices=channel_choices)
    source = EncryptedTextField(_("来源"), blank=True)
    source_digest = models.CharField(max_length=60)
    cursor = models.CharField(_("读到"), max_length=120, blank=True)
    next_poll_at = models.DateTimeField(_("下次读取"))
    claimed_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(_("失败次数"), default=0)
    last_error = models.CharField(_("最近的问题"), max_length=300, blank=True)
    taken_at = models.DateTimeField(_("上次读取"), null=True)

    class Meta:
        verbose_name = _("来件游标")
        constraints = [models.UniqueConstraint(fields=["court", "channel", "source_digest"], name="feed_once")]
        indexes = [models.Index(fields=["next_poll_at"], name="feed_due")]


class Connection(Keyed):
    """How a court reaches a channel; the network when there is no row."""

    court = models.ForeignKey(Court, models.PROTECT, related_name="+", verbose_name=_("法院"))
    channel = models.CharField(_("通道"), max_length=40, choices=channel_choices)
    way = models.CharField(_("方式"), max_length=10, choices=Way.choices, default=Way.NETWORK)

    class Meta:
        verbose_name = _("通道方式")
        constraints = [models.UniqueConstraint(fields=["court", "channel"], name="connection_once")]
