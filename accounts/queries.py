"""Questions about courts, people, posts, teams and the journal."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts import policy
from accounts.models import ApiToken, Post, Seat, StandIn, Team, User
from accounts.roles import STAFF_ROLES, Action, Role
from kernel.sounding import Sound
from kernel.text import narrow

APPROVALS = (
    Action.RULE_PRESERVATION,
    Action.APPROVE_MEASURE,
    Action.APPROVE_CLOSING,
    Action.APPROVE_PAYOUT,
    Action.CONFIRM_CLAIM,
    Action.DECIDE_PRESSURE,
)
"""The rights that make a post an approver's."""


def approving_roles() -> tuple[Role, ...]:
    """The roles that approve something; only these are stood in for."""
    return tuple(role for role in STAFF_ROLES if any(role in policy.roles_that_may(action) for action in APPROVALS))


def people(court_id: UUID) -> "QuerySet[User]":
    """Everyone who holds or ever held a post at the court, each with ``sound`` to sort by."""
    return User.objects.annotate(sound=Sound("name")).filter(
        Exists(Post.objects.filter(user=OuterRef("pk"), court_id=court_id))
    )


def found_people(
    court_id: UUID, *, on: date, text: str = "", role: str = "", team: str = "", state: str = ""
) -> "QuerySet[User]":
    """People by part of the name or the beginning of account or phone, by post, team and state.

    ``state`` is IN_POST, WITHOUT_POST, INACTIVE or empty for all.
    """
    mine = Post.objects.filter(user=OuterRef("pk"), court_id=court_id)
    now = mine.in_force(on)
    rows = people(court_id)
    if text := narrow(text):
        rows = rows.filter(Q(name__icontains=text) | Q(username__istartswith=text) | Q(phone__startswith=text))
    if role:
        rows = rows.filter(Exists(now.filter(role=role)))
    if team:
        rows = rows.filter(Exists(now.filter(team_id=team)))
    if state == "IN_POST":
        rows = rows.filter(Exists(now), is_active=True)
    elif state == "WITHOUT_POST":
        rows = rows.filter(~Exists(now))
    elif state == "INACTIVE":
        rows = rows.filter(is_active=False)
    return rows


def posts_of(user: User, court_id: UUID) -> "QuerySet[Post]":
    """All posts of a person at the court, the latest first."""
    return Post.objects.filter(user=user, court_id=court_id).select_related("team").order_by("-from_on", "-id")


def posts_in_force(court_id: UUID, on: date) -> "QuerySet[Post]":
    """The posts held at the court on a day by people whose accounts are in use."""
    posts = Post.objects.filter(court_id=court_id, user__is_active=True).in_force(on)
    return posts.select_related("user", "team").order_by("role", Sound("user__name"), "id")


def holders(court_id: UUID, role: Role, on: date) -> "QuerySet[Post]":
    """The posts of one role held at the court on a day."""
    return posts_in_force(court_id, on).filter(role=role)


def receivers(post: Post, on: date) -> "QuerySet[Post]":
    """Posts that can take over the work of a post: the same role and court, another person."""
    return holders(post.court_id, Role(post.role), on).exclude(user_id=post.user_id)


def sign_in_posts(user: User, on: date) -> "QuerySet[Post]":
    """The posts between which a person chooses, the oldest first."""
    posts = Post.objects.filter(user=user).in_force(on)
    return posts.select_related("court", "team").order_by("from_on", "id")


def teams(court_id: UUID) -> "QuerySet[Team]":
    """The teams of the court in use, by name."""
    return Team.objects.filter(court_id=court_id, is_open=True).order_by("kind", "name")


def seats(court_id: UUID) -> "QuerySet[Seat]":
    """The seats of the court's teams in use, in the order of the page."""
    rows = Seat.objects.filter(team__court_id=court_id, team__is_open=True)
    return rows.select_related("team", "post__user").order_by("team__kind", "team__name", "id")


def vacant(rows: "QuerySet[Seat]", on: date) -> "QuerySet[Seat]":
    """Those seats in which nobody sits on a day: no post, or a post no longer held."""
    sitting = Post.objects.filter(pk=OuterRef("post_id")).in_force(on)
    return rows.filter(~Exists(sitting))


def stand_ins(court_id: UUID) -> "QuerySet[StandIn]":
    """All stand-ins of the court, the latest first."""
    rows = StandIn.objects.filter(post__court_id=court_id)
    return rows.select_related("post__user", "deputy__user", "set_by__user").order_by("-from_on", "-id")


def tokens(post_ids: Iterable[UUID]) -> "QuerySet[ApiToken]":
    """The tokens of these posts, the newest first."""
    return ApiToken.objects.filter(post_id__in=post_ids).select_related("post__user").order_by("-created")
