"""A small court for the benchmarks."""

from dataclasses import dataclass
from datetime import date

from accounts.actors import Actor
from accounts.models import Court, Post, Team, User
from accounts.roles import Role
from kernel import clock


@dataclass(frozen=True)
class Made:
    """The court with a filing clerk and an execution judge."""

    court: Court
    clerk: Post
    judge: Post


def actor(code: str, name: str, role: Role) -> Actor:
    """Somebody of the court in a role."""
    made = make(code, name)
    return Actor.of_post(_post(made.court, f"{code}-{role}", str(role.label), role, None), on=clock.today())


def make(code: str = "晋1031", name: str = "隰县人民法院") -> Made:
    """Find or make it."""
    court, _new = Court.objects.get_or_create(code=code, defaults={"name": name, "short_name": name[:4]})
    team, _new = Team.objects.get_or_create(court=court, name="实施一组")
    return Made(
        court,
        _post(court, "lian", "李立案", Role.FILING_CLERK, None),
        _post(court, "zhang", "张法官", Role.EXECUTION_JUDGE, team),
    )


def _post(court: Court, username: str, name: str, role: Role, team: Team | None) -> Post:
    user, _new = User.objects.get_or_create(
        username=f"bench-{username}", defaults={"name": name, "must_change_password": False}
    )
    post, _new = Post.objects.get_or_create(
        user=user, court=court, role=role, defaults={"team": team, "from_on": date(2019, 1, 1)}
    )
    return post
