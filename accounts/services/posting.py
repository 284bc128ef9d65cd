"""Appointing people to dated posts, ending posts, and handing over the work of one."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from accounts import acts, audit, handover, policy, queries
from accounts.actors import Actor
from accounts.handover import Held
from accounts.locks import lock, save
from accounts.models import Post, PostQuerySet, Seat, Team, User
from accounts.roles import STAFF_ROLES, Action, Role
from kernel import clock
from kernel.refusals import BadInput, Condition, NotFound, Refusal

MONEY_ROLES = (Role.FINANCE_REGISTRAR, Role.FINANCE_KEEPER, Role.FINANCE_PAYER)


class NotOneself(Refusal):
    """An administrator grants no rights to itself."""

    message = _("不能为自己任免岗位。请由另一位系统管理员办理。")


class PersonInactive(Refusal):
    """The account is not in use."""

    message = _("%(name)s的账号已停用。请先恢复账号，再任职。")


class AlreadyHolds(Refusal):
    """The person holds the same post in the same days."""

    message = _("%(name)s在这段时间已任“%(role)s”。请先结束原岗位，或改换起止日期。")


class MoneyRolesClash(Refusal):
    """Registrar, keeper and payer of money are three persons."""

    message = _("案款登记、保管、发放须由三人分别担任；%(name)s已任“%(role)s”。请另派人员。")


class AlreadyEnded(Refusal):
    """The post has ended."""

    message = _("这个岗位已于%(until)s结束。")


class EndTooEarly(Refusal):
    """The last day lies before the post began or further back than yesterday."""

    message = _("最后任职日最早为%(earliest)s。请改填这一天或以后的日期。")
    status = 400


class WorkRemains(Refusal):
    """The post still holds work, which nobody would hold after it ends."""

    message = _("%(name)s名下还有未办完的工作，须先移交，再结束岗位。")


class LastAdministrator(Refusal):
    """The court would be left without an administrator."""

    message = _("这是本院最后一位在任的系统管理员。请先任命另一位，再办理。")


class OtherRole(Refusal):
    """Work moves only between posts of the same role."""

    message = _("只能移交给本院同岗位、在任的另一人；请从名单中选择。")


@transaction.atomic
def appoint(
    *,
    actor: Actor,
    at: datetime,
    user: User,
    role: Role,
    from_on: date,
    until_on: date | None = None,
    team: Team | None = None,
    title: str = "",
) -> Post:
    """A new post at the actor's court, both days included.

    Raises NotOneself, PersonInactive, AlreadyHolds, MoneyRolesClash, BadInput, NotFound.
    """
    policy.require(actor, Action.ADMINISTER)
    user = lock(User.objects.all(), user.pk)
    if user.pk == actor.user_id:
        raise NotOneself
    if Post.objects.filter(user=user).exclude(court_id=actor.court_id).exists():
        raise NotFound
    _check(actor, user, role, from_on, until_on, team)
    post = Post.objects.create(
        user=user,
        court_id=actor.court_id,
        role=role,
        team=team,
        title=title.strip(),
        from_on=from_on,
        until_on=until_on,
    )
    audit.write(
        actor=actor,
        act=acts.APPOINTED,
        at=at,
        about=post.symbol,
        role=role,
        from_on=from_on.isoformat(),
        until_on=until_on.isoformat() if until_on else None,
    )
    return post


def _check(actor: Actor, user: User, role: Role, from_on: date, until_on: date | None, team: Team | None) -> None:
    if not user.is_active:
        raise PersonInactive(name=user.name)
    if role not in STAFF_ROLES:
        raise BadInput(field="role", reason=_t("岗位只能是法院工作人员的岗位"))
    if until_on is not None and until_on < from_on:
        raise BadInput(field="until_on", reason=_t("任职止日早于任职起日"))
    if team is not None and (team.court_id != actor.court_id or not team.is_open):
        raise NotFound
    meanwhile = overlapping(user, from_on, until_on).filter(court_id=actor.court_id)
    if meanwhile.filter(role=role, team=team).exists():
        raise AlreadyHolds(name=user.name, role=Role(role).label)
    if role in MONEY_ROLES:
        refuse_money_clash(user, role, from_on, until_on)


def overlapping(user: User, from_on: date, until_on: date | None) -> PostQuerySet:
    """The person's posts that are held on any day of the span."""
    posts = Post.objects.filter(user=user).filter(Q(until_on__isnull=True) | Q(until_on__gte=from_on))
    return posts.filter(from_on__lte=until_on) if until_on else posts


def refuse_money_clash(user: User, role: Role, from_on: date, until_on: date | None) -> None:
    """Raises MoneyRolesClash when the person has another of the three money roles in the span."""
    others = [other for other in MONEY_ROLES if other != role]
    clash = overlapping(user, from_on, until_on).filter(role__in=others).first()
    if clash:
        raise MoneyRolesClash(name=user.name, role=Role(clash.role).label)


@transaction.atomic
def end_post(*, actor: Actor, at: datetime, post: Post, until_on: date, version: int | None = None) -> Post:
    """The post's last day is ``until_on``, yesterday at the earliest; an early last day frees its seat at once.

    Raises Stale, NotOneself, AlreadyEnded, EndTooEarly, WorkRemains, LastAdministrator, NotFound.
    """
    policy.require(actor, Action.ADMINISTER)
    today = clock.day_of(at)
    post = lock(Post.objects.filter(court_id=actor.court_id), post.pk, version=version)
    if post.user_id == actor.user_id:
        raise NotOneself
    if post.until_on is not None and post.until_on < today:
        raise AlreadyEnded(until=post.until_on.isoformat())
    earliest = max(post.from_on, today - timedelta(days=1))
    if until_on < earliest:
        raise EndTooEarly(field="until_on", earliest=earliest.isoformat())
    _refuse_orphaned_work(post)
    if post.role == Role.ADMINISTRATOR:
        refuse_last_administrator(post.court_id, leaving=post.user_id, after=until_on)
    post.until_on = until_on
    save(post, "until_on")
    if until_on < today:
        Seat.objects.filter(post=post).update(post=None)
    audit.write(actor=actor, act=acts.POST_ENDED, at=at, about=post.symbol, role=post.role, until_on=str(until_on))
    return post


def _refuse_orphaned_work(post: Post) -> None:
    left = handover.held(post)
    if left:
        rows = [
            Condition(
                text=_t("%(count)s 项%(label)s") % {"count": row.count, "label": row.label},
                cure=_t("移交给同岗位的另一人"),
                url=reverse("accounts:hand_over", args=[post.pk]),
            )
            for row in left
        ]
        raise WorkRemains(conditions=rows, name=post.user.name)


def refuse_last_administrator(court_id: object, *, leaving: object, after: date) -> None:
    """Raises LastAdministrator when nobody else administers the court on the day after ``after``."""
    others = Post.objects.filter(court_id=court_id, role=Role.ADMINISTRATOR, user__is_active=True)
    others = others.in_force(after + timedelta(days=1)).exclude(user_id=leaving)
    if not others.exists():
        raise LastAdministrator


@transaction.atomic
def hand_over(
    *, actor: Actor, at: datetime, from_post: Post, to_post: Post, version: int | None = None
) -> tuple[Held, ...]:
    """All work of one post moves to another of the same role; what moved, kind by kind.

    Raises Stale, OtherRole, NotFound.
    """
    policy.require(actor, Action.ADMINISTER)
    court = Post.objects.filter(court_id=actor.court_id)
    from_post = lock(court, from_post.pk, version=version)
    if not queries.receivers(from_post, clock.day_of(at)).filter(pk=to_post.pk).exists():
        raise OtherRole
    moved = handover.move_all(from_post=from_post, to_post=to_post, actor=actor, at=at)
    save(from_post)
    audit.write(
        actor=actor,
        act=acts.HANDED_OVER,
        at=at,
        about=from_post.symbol,
        to=to_post.symbol,
        moved={row.label: row.count for row in moved},
    )
    return moved
