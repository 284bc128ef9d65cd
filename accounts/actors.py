"""Who acts: a frozen value that every service takes. There is no ambient user."""

from dataclasses import dataclass, field
from datetime import date
from typing import Literal
from uuid import UUID

from accounts.models import Court, Post, StandIn
from accounts.roles import Role


@dataclass(frozen=True)
class Actor:
    """A staff post, a party's portal session, an API client of a post, or the system itself (which never decides)."""

    kind: Literal["staff", "party", "client", "system"]
    court_id: UUID
    role: Role
    name: str
    symbol: str
    user_id: UUID | None = None
    post_id: UUID | None = None
    team_id: UUID | None = None
    standing_in_for: tuple[UUID, ...] = ()
    roles: frozenset[Role] = field(default_factory=frozenset)
    party_id: UUID | None = None
    case_ids: frozenset[UUID] = field(default_factory=frozenset)
    court_code: str = ""

    @classmethod
    def of_post(cls, post: Post, *, on: date, client: bool = False) -> "Actor":
        """The actor that a post is on a day, with the roles it stands in for; a program never stands in."""
        stand_ins = StandIn.objects.none() if client else StandIn.objects.in_force(on).filter(deputy=post)
        absent = list(stand_ins.values_list("post_id", "post__role"))
        return cls(
            kind="client" if client else "staff",
            court_id=post.court_id,
            court_code=post.court.code,
            role=Role(post.role),
            name=post.user.name,
            symbol=post.symbol,
            user_id=post.user_id,
            post_id=post.pk,
            team_id=post.team_id,
            standing_in_for=tuple(post_id for post_id, _ in absent),
            roles=frozenset({Role(post.role), *(Role(role) for _, role in absent)}),
        )

    @classmethod
    def party(
        cls, *, court: Court, party_id: UUID, name: str, case_ids: frozenset[UUID], role: Role = Role.LITIGANT
    ) -> "Actor":
        """A party (or its agent) in the portal: sees only the cases named here."""
        return cls(
            kind="party",
            court_id=court.pk,
            court_code=court.code,
            role=role,
            name=name,
            symbol=f"cases.party:{party_id}",
            roles=frozenset({role}),
            party_id=party_id,
            case_ids=case_ids,
        )

    @classmethod
    def system(cls, court: Court, part: Literal["clock", "bank", "gateway"]) -> "Actor":
        """The clock, the bank or a gateway: records what happened, never decides."""
        return cls(
            kind="system",
            court_id=court.pk,
            court_code=court.code,
            role=Role.SYSTEM,
            name={"clock": "系统时钟", "bank": "银行", "gateway": "外部系统"}[part],
            symbol=f"system:{part}",
            roles=frozenset({Role.SYSTEM}),
        )

    @property
    def is_staff(self) -> bool:
        """A person of the court, directly or through a program of the post."""
        return self.kind in {"staff", "client"}

    @property
    def post_ids(self) -> frozenset[UUID]:
        """The actor's post and those it stands in for."""
        own = {self.post_id} if self.post_id else set()
        return frozenset({*own, *self.standing_in_for})
