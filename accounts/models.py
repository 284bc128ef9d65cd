"""Courts, people and their dated posts, teams and their seats, the security journal."""

from datetime import date

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from knox.models import AbstractAuthToken

from accounts.roles import STAFF_ROLES, Role
from kernel.append_only import AppendOnly
from kernel.keys import uuid7
from kernel.models import Keyed, Versioned


def role_choices() -> list[tuple[str, str]]:
    """As a function, so that a new role makes no migration."""
    return list(Role.choices)


class Court(Keyed):
    """A court, known by the code in its case numbers (晋1031)."""

    code = models.CharField(_("法院代字"), max_length=8, unique=True)
    name = models.CharField(_("名称"), max_length=60)
    short_name = models.CharField(_("简称"), max_length=20)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, verbose_name=_("上级法院"))

    class Meta:
        verbose_name = _("法院")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


class UserManager(BaseUserManager["User"]):
    """Makes people who must change their first password."""

    def create_user(self, username: str, password: str | None = None, **fields: object) -> "User":
        """A person; the password given here is the first one and must be changed at the first sign-in."""
        user = self.model(username=username, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, username: str, password: str | None = None, **fields: object) -> "User":
        """For Django's own command; rights in the product come from posts, not from this flag."""
        return self.create_user(username, password, is_superuser=True, must_change_password=False, **fields)


class User(Keyed, Versioned, AbstractBaseUser, PermissionsMixin):
    """A person who signs in. What the person may do comes from posts."""

    username = models.CharField(_("账号"), max_length=40, unique=True)
    name = models.CharField(_("姓名"), max_length=40)
    phone = models.CharField(_("电话"), max_length=20, blank=True)
    is_active = models.BooleanField(_("在用"), default=True)
    must_change_password = models.BooleanField(_("须修改初始密码"), default=True)
    password_changed_at = models.DateTimeField(null=True, blank=True)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["name"]
    objects = UserManager()

    class Meta:
        verbose_name = _("人员")

    def __str__(self) -> str:
        return self.name

    @property
    def symbol(self) -> str:
        """How the journal names the person."""
        return f"accounts.user:{self.pk}"

    @property
    def is_staff(self) -> bool:
        """Whether Django's admin opens; only for the technical superuser."""
        return self.is_superuser


class TeamKind(models.TextChoices):
    """What a team does."""

    IMPLEMENTATION = "IMPLEMENTATION", _("执行实施团队")
    QUICK = "QUICK", _("快执团队")
    INQUIRY = "INQUIRY", _("集约查控团队")
    TRIAL = "TRIAL", _("审判团队")
    FINANCE = "FINANCE", _("案款组")


class Team(Keyed, Versioned):
    """A team of a court. Field teams follow the template 1 judge, 1 assistant, 1 clerk, 2 executors, 2 bailiffs."""

    court = models.ForeignKey(Court, models.PROTECT, related_name="teams")
    name = models.CharField(_("团队"), max_length=30)
    kind = models.CharField(_("类型"), max_length=20, choices=TeamKind.choices, default=TeamKind.IMPLEMENTATION)
    is_open = models.BooleanField(_("在用"), default=True)

    class Meta:
        verbose_name = _("团队")
        constraints = [models.UniqueConstraint(fields=["court", "name"], name="team_name_once_in_court")]

    def __str__(self) -> str:
        return self.name


class PostQuerySet(models.QuerySet["Post"]):
    def in_force(self, on: date) -> "PostQuerySet":
        """Posts held on a day."""
        return self.filter(from_on__lte=on).filter(Q(until_on__isnull=True) | Q(until_on__gte=on))


class Post(Keyed, Versioned):
    """A dated post: a person in a role at a court, perhaps in a team. Ended, never deleted."""

    user = models.ForeignKey(User, models.PROTECT, related_name="posts", verbose_name=_("人员"))
    court = models.ForeignKey(Court, models.PROTECT, related_name="posts", verbose_name=_("法院"))
    role = models.CharField(_("岗位"), max_length=20, choices=role_choices)
    team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, related_name="posts", verbose_name=_("团队"))
    title = models.CharField(_("职务"), max_length=30, blank=True)
    from_on = models.DateField(_("任职起"))
    until_on = models.DateField(_("任职止（含当日）"), null=True, blank=True)

    objects = PostQuerySet.as_manager()

    class Meta:
        verbose_name = _("岗位")
        indexes = [models.Index(fields=["court", "role"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")), name="post_dates_in_order"
            ),
            models.UniqueConstraint(
                fields=["user", "court", "role", "team"],
                condition=Q(until_on__isnull=True),
                nulls_distinct=False,
                name="post_open_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user.name}（{self.get_role_display()}）"

    def clean(self) -> None:
        if self.role not in STAFF_ROLES:
            raise ValidationError({"role": _("岗位只能是法院工作人员的岗位。")})

    @property
    def symbol(self) -> str:
        """How events name the post."""
        return f"accounts.post:{self.pk}"


class Seat(Keyed, Versioned):
    """One seat of a team's template; vacant while it has no post."""

    team = models.ForeignKey(Team, models.CASCADE, related_name="seats")
    role = models.CharField(_("岗位"), max_length=20, choices=role_choices)
    ordinal = models.PositiveSmallIntegerField(default=1)
    post = models.ForeignKey(Post, models.SET_NULL, null=True, blank=True, related_name="seats")

    class Meta:
        verbose_name = _("席位")
        ordering = ["team", "role", "ordinal"]
        constraints = [
            models.UniqueConstraint(fields=["team", "role", "ordinal"], name="seat_once"),
            models.UniqueConstraint(fields=["post"], name="post_sits_once"),
        ]


class StandInQuerySet(models.QuerySet["StandIn"]):
    def in_force(self, on: date) -> "StandInQuerySet":
        """Stand-ins that give rights on a day: dated, not ended early, and the absent post is still held."""
        absent = Q(post__until_on__isnull=True) | Q(post__until_on__gte=on)
        return self.filter(absent, from_on__lte=on, until_on__gte=on, ended_at__isnull=True, post__from_on__lte=on)


class StandIn(Keyed, Versioned):
    """Acting for an absent approver: ``deputy`` has the rights of ``post`` from–until, both days included.

    Ended early by ``ended_at``, at once; never deleted.
    """

    post = models.ForeignKey(Post, models.PROTECT, related_name="stand_ins", verbose_name=_("缺席岗位"))
    deputy = models.ForeignKey(Post, models.PROTECT, related_name="standing_in", verbose_name=_("代行岗位"))
    from_on = models.DateField(_("代行起"))
    until_on = models.DateField(_("代行止（含当日）"))
    reason = models.CharField(_("事由"), max_length=100)
    ended_at = models.DateTimeField(_("提前终止于"), null=True, blank=True)
    set_by = models.ForeignKey(Post, models.PROTECT, related_name="+")

    objects = StandInQuerySet.as_manager()

    class Meta:
        verbose_name = _("代行")
        constraints = [
            models.CheckConstraint(condition=Q(until_on__gte=F("from_on")), name="stand_in_dates_in_order"),
            models.CheckConstraint(condition=~Q(post=F("deputy")), name="stand_in_is_another"),
        ]


class AuditEntry(Keyed, AppendOnly):
    """Security journal: sign-ins, changes of rights, reads of sensitive data, exports."""

    court = models.ForeignKey(Court, models.PROTECT, null=True)
    at = models.DateTimeField()
    act = models.CharField(max_length=40)
    actor = models.CharField(max_length=80)
    actor_name = models.CharField(max_length=60, blank=True)
    about = models.CharField(max_length=120, blank=True)
    facts = models.JSONField(default=dict)
    address = models.GenericIPAddressField(null=True)

    class Meta:
        verbose_name = _("审计记录")
        indexes = [
            models.Index(fields=["court", "-at", "-id"]),
            models.Index(fields=["court", "act", "-at", "-id"]),
            models.Index(fields=["about", "-at"]),
            models.Index(fields=["actor", "-at"]),
        ]


class ApiToken(AbstractAuthToken):
    """An expiring token of a program, scoped to one post; only its hash is stored."""

    ref = models.UUIDField(default=uuid7, unique=True, editable=False)  # names the token without its hash
    post = models.ForeignKey(Post, models.CASCADE, null=True, related_name="tokens")
    purpose = models.CharField(_("用途"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("接口令牌")
