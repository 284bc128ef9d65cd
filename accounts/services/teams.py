"""Teams by the template, their seats, and who sits in them."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from accounts import acts, audit, policy
from accounts.actors import Actor
from accounts.locks import lock, save
from accounts.models import Post, Seat, Team, TeamKind
from accounts.roles import Action, Role
from kernel import clock
from kernel.refusals import BadInput, Refusal
from kernel.text import clean_name

_FIELD = (
    (Role.EXECUTION_JUDGE, 1),
    (Role.ASSISTANT, 1),
    (Role.CLERK, 1),
    (Role.EXECUTOR, 2),
    (Role.BAILIFF, 2),
)

TEMPLATES: dict[str, tuple[tuple[Role, int], ...]] = {
    TeamKind.IMPLEMENTATION: _FIELD,
    TeamKind.QUICK: _FIELD,
    TeamKind.INQUIRY: ((Role.EXECUTION_JUDGE, 1), (Role.CLERK, 1), (Role.QUERY_OFFICER, 2)),
    TeamKind.TRIAL: ((Role.TRIAL_JUDGE, 1), (Role.ASSISTANT, 1), (Role.CLERK, 1)),
    TeamKind.FINANCE: ((Role.FINANCE_REGISTRAR, 1), (Role.FINANCE_KEEPER, 1), (Role.FINANCE_PAYER, 1)),
}
"""The seats of each kind of team; field teams are one judge, one assistant, one clerk, two executors, two bailiffs."""


class NameTaken(Refusal):
    """The court has a team of that name."""

    message = _("本院已有团队“%(name)s”。请换一个名称。")


class SeatTaken(Refusal):
    """Someone sits there."""

    message = _("这个席位现由%(name)s担任。请先让其退出席位。")


class SeatVacant(Refusal):
    """Nobody sits there."""

    message = _("这个席位本来就空缺。")


class WrongRole(Refusal):
    """The seat is for another role, or the post is not held today."""

    message = _("这个席位须由在任的“%(role)s”担任。请另选人员。")


class SitsElsewhere(Refusal):
    """A post sits in one seat."""

    message = _("%(name)s已在“%(team)s”任职。请先退出原席位。")


class SeatsTaken(Refusal):
    """A team is closed when nobody sits in it."""

    message = _("“%(team)s”还有 %(count)s 人在席。请先让其退出席位，再撤销团队。")


@transaction.atomic
def make_team(*, actor: Actor, at: datetime, name: str, kind: str = TeamKind.IMPLEMENTATION) -> Team:
    """A team of the actor's court with all the seats of its template, vacant.

    Raises NameTaken, BadInput.
    """
    policy.require(actor, Action.ADMINISTER)
    name = clean_name(name)
    if not name:
        raise BadInput(field="name", reason=_t("团队名称不能为空"))
    if kind not in TEMPLATES:
        raise BadInput(field="kind", reason=_t("没有这种团队"))
    team, made = Team.objects.get_or_create(court_id=actor.court_id, name=name, defaults={"kind": kind})
    if not made:
        raise NameTaken(field="name", name=name)
    Seat.objects.bulk_create(
        Seat(team=team, role=role, ordinal=ordinal)
        for role, count in TEMPLATES[kind]
        for ordinal in range(1, count + 1)
    )
    audit.write(actor=actor, act=acts.TEAM_MADE, at=at, about=symbol(team), kind=kind)
    return team


@transaction.atomic
def seat(*, actor: Actor, at: datetime, seat: Seat, post: Post, version: int | None = None) -> Seat:
    """The post sits in the seat and belongs to its team.

    Raises Stale, SeatTaken, WrongRole, SitsElsewhere, NotFound.
    """
    policy.require(actor, Action.ADMINISTER)
    today = clock.day_of(at)
    place = _seat(actor, seat, version)
    sitting = _sitting(place, today)
    if sitting:
        raise SeatTaken(name=sitting.user.name)
    post = lock(Post.objects.filter(court_id=actor.court_id).select_related("user"), post.pk)
    if post.role != place.role or not Post.objects.in_force(today).filter(pk=post.pk).exists():
        raise WrongRole(role=Role(place.role).label)
    elsewhere = Seat.objects.filter(post=post).select_related("team").first()
    if elsewhere:
        raise SitsElsewhere(name=post.user.name, team=elsewhere.team.name)
    place.post, post.team = post, place.team
    save(place, "post")
    save(post, "team")
    audit.write(actor=actor, act=acts.SEATED, at=at, about=post.symbol, team=symbol(place.team))
    return place


@transaction.atomic
def vacate(*, actor: Actor, at: datetime, seat: Seat, version: int | None = None) -> Seat:
    """The seat is vacant and its post belongs to no team.

    Raises Stale, SeatVacant, NotFound.
    """
    policy.require(actor, Action.ADMINISTER)
    place = _seat(actor, seat, version)
    if place.post_id is None:
        raise SeatVacant
    post = lock(Post.objects.all(), place.post_id)
    place.post = post.team = None
    save(place, "post")
    save(post, "team")
    audit.write(actor=actor, act=acts.VACATED, at=at, about=post.symbol, team=symbol(place.team))
    return place


@transaction.atomic
def close_team(*, actor: Actor, at: datetime, team: Team, version: int | None = None) -> Team:
    """The team is no longer in use; its name stays taken.

    Raises Stale, SeatsTaken, NotFound.
    """
    policy.require(actor, Action.ADMINISTER)
    team = lock(Team.objects.filter(court_id=actor.court_id, is_open=True), team.pk, version=version)
    posts = Post.objects.filter(team=team).in_force(clock.day_of(at)).count()
    if posts:
        raise SeatsTaken(team=team.name, count=posts)
    team.is_open = False
    save(team, "is_open")
    audit.write(actor=actor, act=acts.TEAM_CLOSED, at=at, about=symbol(team))
    return team


def symbol(team: Team) -> str:
    """How the journal names a team."""
    return f"accounts.team:{team.pk}"


def _seat(actor: Actor, seat: Seat, version: int | None) -> Seat:
    rows = Seat.objects.filter(team__court_id=actor.court_id, team__is_open=True).select_related("team")
    return lock(rows, seat.pk, version=version)


def _sitting(place: Seat, today: date) -> Post | None:
    if place.post_id is None:
        return None
    return Post.objects.in_force(today).select_related("user").filter(pk=place.post_id).first()
