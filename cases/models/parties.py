"""Party: a person or an organisation of a dispute; Participation: what it is in one case."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Court
from cases.kinds import ParticipationRole, PartyKind
from kernel.encryption import EncryptedTextField
from kernel.models import Keyed, Versioned
from kernel.text import mask_tail


class Party(Keyed, Versioned):
    """Known to one court; the identity number is encrypted and found by keyed digests (whole, last four)."""

    court = models.ForeignKey(Court, models.PROTECT, related_name="parties")
    kind = models.CharField(_("类型"), max_length=12, choices=PartyKind.choices)
    name = models.CharField(_("姓名或名称"), max_length=80)
    name_grams = ArrayField(models.CharField(max_length=2), default=list, editable=False)
    id_number = EncryptedTextField(_("证件号码"), blank=True)
    id_digest = models.CharField(max_length=43, blank=True, editable=False)
    id_tail_digest = models.CharField(max_length=43, blank=True, editable=False)
    born_on = models.DateField(_("出生日期"), null=True, blank=True)
    gender = models.CharField(_("性别"), max_length=1, blank=True)
    phone = EncryptedTextField(_("电话"), blank=True)
    phone_digest = models.CharField(max_length=43, blank=True, editable=False)
    address = EncryptedTextField(_("地址"), blank=True)
    legal_representative = models.CharField(_("法定代表人"), max_length=40, blank=True)

    class Meta:
        verbose_name = _("当事人")
        indexes = [
            GinIndex(fields=["name_grams"], name="party_name_grams"),
            models.Index(fields=["court", "id_tail_digest"], name="party_id_tail"),
            models.Index(fields=["court", "phone_digest"], name="party_phone"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["court", "id_digest"], condition=~Q(id_digest=""), name="party_identity_once"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def symbol(self) -> str:
        """How events name the party."""
        return f"cases.party:{self.pk}"

    @property
    def masked_id(self) -> str:
        """The identity number with everything but its last four hidden."""
        return mask_tail(self.id_number)

    @property
    def is_person(self) -> bool:
        """A natural person."""
        return self.kind == PartyKind.PERSON


class Participation(Keyed):
    """A party's role in a case; an agent names whom it represents, its scope and its term."""

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="participations")
    party = models.ForeignKey(Party, models.PROTECT, related_name="participations")
    role = models.CharField(_("诉讼地位"), max_length=12, choices=ParticipationRole.choices)
    ordinal = models.PositiveSmallIntegerField(default=1)
    represents = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="agents")
    special_authority = models.BooleanField(_("特别授权"), default=False)
    until_on = models.DateField(_("代理期限"), null=True, blank=True)

    class Meta:
        verbose_name = _("诉讼参加人")
        ordering = ["role", "ordinal"]
        constraints = [models.UniqueConstraint(fields=["case", "party", "role"], name="participation_once")]
