"""The named cast: who acts in every test. 隰县 is home; 夏津 is the other court, which must see nothing of it."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property
from uuid import UUID

from accounts.actors import Actor
from accounts.models import Court, Post, Team, User
from accounts.models import TeamKind as Kind
from accounts.roles import Role

MORNING = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)  # Friday 20 November 2026, 9:00 in Shanghai
TODAY = date(2026, 11, 20)
PASSWORD = "correct-horse-battery-7"
NO_PASSWORD = "!"
FIRST_KEY = UUID("016f5e66-e800-7000-8000-000000000000").int  # of 1 January 2020


@dataclass
class Cast:
    """Courts, posts and actors, made on first use; the same use makes the same rows, so that makers can remember."""

    made: int = 0

    def _key(self) -> UUID:
        self.made += 1
        return UUID(int=FIRST_KEY + self.made)

    @cached_property
    def xixian(self) -> Court:
        return Court.objects.create(id=self._key(), code="晋1031", name="隰县人民法院", short_name="隰县法院")

    @cached_property
    def xiajin(self) -> Court:
        return Court.objects.create(id=self._key(), code="鲁1427", name="夏津县人民法院", short_name="夏津法院")

    @cached_property
    def team(self) -> Team:
        return Team.objects.create(id=self._key(), court=self.xixian, name="实施一组")

    @cached_property
    def other_team(self) -> Team:
        return Team.objects.create(id=self._key(), court=self.xixian, name="实施二组")

    @cached_property
    def quick_team(self) -> Team:
        return Team.objects.create(id=self._key(), court=self.xixian, name="快执团队", kind=Kind.QUICK)

    def post(
        self, username: str, name: str, role: Role, *, court: Court | None = None, team: Team | None = None
    ) -> Post:
        """A person with one post since 2019, made once."""
        user = User.objects.filter(username=username).first()
        if user is None:
            user = User.objects.create(
                id=self._key(), username=username, name=name, must_change_password=False, password=NO_PASSWORD
            )
        found = Post.objects.filter(user=user, role=role).first()
        return found or Post.objects.create(
            id=self._key(), user=user, court=court or self.xixian, role=role, team=team, from_on=date(2019, 1, 1)
        )

    @cached_property
    def filing_clerk(self) -> Post:
        return self.post("lian", "李立案", Role.FILING_CLERK)

    @cached_property
    def trial_judge(self) -> Post:
        return self.post("shen", "沈法官", Role.TRIAL_JUDGE)

    @cached_property
    def judge(self) -> Post:
        return self.post("zhang", "张法官", Role.EXECUTION_JUDGE, team=self.team)

    @cached_property
    def assistant(self) -> Post:
        return self.post("zhou", "周助理", Role.ASSISTANT, team=self.team)

    @cached_property
    def clerk(self) -> Post:
        return self.post("lishu", "李书记员", Role.CLERK, team=self.team)

    @cached_property
    def executor(self) -> Post:
        return self.post("gao", "高执行员", Role.EXECUTOR, team=self.team)

    @cached_property
    def bailiff(self) -> Post:
        return self.post("ma", "马法警", Role.BAILIFF, team=self.team)

    @cached_property
    def other_judge(self) -> Post:
        return self.post("feng", "冯法官", Role.EXECUTION_JUDGE, team=self.other_team)

    @cached_property
    def quick_judge(self) -> Post:
        return self.post("kuai", "康法官", Role.EXECUTION_JUDGE, team=self.quick_team)

    @cached_property
    def query_officer(self) -> Post:
        return self.post("cha", "查询员", Role.QUERY_OFFICER)

    @cached_property
    def registrar(self) -> Post:
        return self.post("deng", "邓登记", Role.FINANCE_REGISTRAR)

    @cached_property
    def keeper(self) -> Post:
        return self.post("bao", "鲍保管", Role.FINANCE_KEEPER)

    @cached_property
    def payer(self) -> Post:
        return self.post("fa", "范发放", Role.FINANCE_PAYER)

    @cached_property
    def director(self) -> Post:
        return self.post("yu", "于局长", Role.BUREAU_DIRECTOR)

    @cached_property
    def president(self) -> Post:
        return self.post("song", "宋院长", Role.PRESIDENT)

    @cached_property
    def administrator(self) -> Post:
        return self.post("guan", "管理员", Role.ADMINISTRATOR)

    @cached_property
    def stranger(self) -> Post:
        """A judge of the other court: must see nothing."""
        return self.post("bi", "毕法官", Role.EXECUTION_JUDGE, court=self.xiajin)

    def actor(self, post: Post, on: date = TODAY) -> Actor:
        """The actor that a post is."""
        return Actor.of_post(post, on=on)

    def everyone(self) -> None:
        """Make the whole staff of 隰县."""
        for name in STAFF:
            getattr(self, name)


STAFF = (
    "filing_clerk",
    "trial_judge",
    "judge",
    "assistant",
    "clerk",
    "executor",
    "bailiff",
    "query_officer",
    "registrar",
    "keeper",
    "payer",
    "director",
    "president",
    "administrator",
)
