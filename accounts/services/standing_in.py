"""Acting for an absent approver: no chains, not for oneself, never by the one who sets it."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from accounts import acts, audit, policy, queries
from accounts.actors import Actor
from accounts.locks import lock, save
from accounts.models import Post, StandIn
from accounts.roles import Action, Role
from accounts.services import posting
from kernel import clock
from kernel.refusals import BadInput, NotAllowed, NotFound, Refusal


class NotForOneself(Refusal):
    """Absent person, deputy and the one who sets it: the deputy is neither of the others."""

    message = _("代行人须是缺席人和设定人以外的另一人。请另选代行人。")


class NotAnApprover(Refusal):
    """Only posts that approve are stood in for; other work is handed over."""

    message = _("“%(role)s”没有审批权限，不需代行。请改用工作移交。")


class NoChains(Refusal):
    """Who is absent cannot stand in, and who stands in cannot be stood in for."""

    message = _("这段时间%(name)s自己已由他人代行或正在代行他人，不能再转代。请另选人员或日期。")


class AlreadyStoodIn(Refusal):
    """One deputy at a time."""

    message = _("%(name)s在这段时间已有代行人。请先终止原代行。")


class DeputyNotInPost(Refusal):
    """Both posts are held at the court on every day of the span."""

    message = _("缺席岗位和代行岗位在整个代行期间都须在任。请另选人员或缩短期限。")


class Over(Refusal):
    """It has ended already."""

    message = _("这次代行已经结束。")


@transaction.atomic
def set_stand_in(
    *, actor: Actor, at: datetime, post: Post, deputy: Post, from_on: date, until_on: date, reason: str
) -> StandIn:
    """``deputy`` has the rights of ``post`` on these days, both included; set by an administrator or the absent one.

    Raises NotAnApprover, NotForOneself, NoChains, AlreadyStoodIn, DeputyNotInPost, MoneyRolesClash, BadInput.
    """
    _require(actor, post)
    post, deputy = _lock_both(actor, post, deputy)
    _check_form(at, from_on, until_on, reason)
    if post.role not in queries.approving_roles():
        raise NotAnApprover(role=Role(post.role).label)
    if deputy.user_id in {post.user_id, actor.user_id}:
        raise NotForOneself
    _check_span(post, deputy, from_on, until_on)
    if post.role in posting.MONEY_ROLES:
        posting.refuse_money_clash(deputy.user, Role(post.role), from_on, until_on)
    row = StandIn.objects.create(
        post=post, deputy=deputy, from_on=from_on, until_on=until_on, reason=reason.strip(), set_by_id=actor.post_id
    )
    audit.write(
        actor=actor,
        act=acts.STAND_IN_SET,
        at=at,
        about=post.symbol,
        deputy=deputy.symbol,
        from_on=str(from_on),
        until_on=str(until_on),
    )
    return row


@transaction.atomic
def end_stand_in(*, actor: Actor, at: datetime, stand_in: StandIn, version: int | None = None) -> StandIn:
    """The right ends at once.

    Raises Stale, Over, NotFound.
    """
    rows = StandIn.objects.filter(post__court_id=actor.court_id).select_related("post", "deputy")
    row = lock(rows, stand_in.pk, version=version)
    _require(actor, row.post)
    if row.ended_at is not None or row.until_on < clock.day_of(at):
        raise Over
    row.ended_at = at
    save(row, "ended_at")
    audit.write(actor=actor, act=acts.STAND_IN_ENDED, at=at, about=row.post.symbol, deputy=row.deputy.symbol)
    return row


def _require(actor: Actor, post: Post) -> None:
    if post.court_id != actor.court_id:
        raise NotFound
    if post.pk != actor.post_id and not policy.may(actor, Action.ADMINISTER):
        raise NotAllowed(act=Action.ADMINISTER.label)


def _lock_both(actor: Actor, post: Post, deputy: Post) -> tuple[Post, Post]:
    rows = Post.objects.filter(court_id=actor.court_id, pk__in=[post.pk, deputy.pk]).select_related("user")
    found = {row.pk: row for row in rows.order_by("pk").select_for_update(no_key=True, of=("self",))}
    if post.pk not in found or deputy.pk not in found:
        raise NotFound
    return found[post.pk], found[deputy.pk]


def _check_form(at: datetime, from_on: date, until_on: date, reason: str) -> None:
    if from_on < clock.day_of(at):
        raise BadInput(field="from_on", reason=_t("代行不能从过去的日期开始"))
    if until_on < from_on:
        raise BadInput(field="until_on", reason=_t("代行止日早于代行起日"))
    if not reason.strip():
        raise BadInput(field="reason", reason=_t("请写明代行事由"))


def _check_span(post: Post, deputy: Post, from_on: date, until_on: date) -> None:
    for row in (post, deputy):
        if row.from_on > from_on or (row.until_on is not None and row.until_on < until_on):
            raise DeputyNotInPost
    if not deputy.user.is_active:
        raise DeputyNotInPost
    meanwhile = _meanwhile(from_on, until_on)
    if meanwhile.filter(post=post).exists():
        raise AlreadyStoodIn(name=post.user.name)
    if meanwhile.filter(post__user=deputy.user).exists():
        raise NoChains(name=deputy.user.name)
    if meanwhile.filter(deputy__user=post.user).exists():
        raise NoChains(name=post.user.name)


def _meanwhile(from_on: date, until_on: date) -> "QuerySet[StandIn]":
    return StandIn.objects.filter(ended_at__isnull=True, from_on__lte=until_on, until_on__gte=from_on)
