"""Telling: the past of many disputes is played in one order of time, act after act, through the services.

A story is a generator: it yields the moment of its next act and acts when that moment has come. All stories wait in one
heap, so numbers, chains and the bank's balances come out in the order in which a real court would have made them.
"""

import heapq
import logging
import time
from collections.abc import Callable, Generator, Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from random import Random

from accounts.actors import Actor
from accounts.models import Court, Post
from assets.models import FreezeOrder, Preservation
from cases import queries
from cases.models import Case, Party
from cases.services.parties import PartyInput
from enforcement.demo.court import identities
from enforcement.demo.court.outside import Outside
from enforcement.demo.court.people import Staff
from funds.models import Claim
from gateways.adapters.base import GatewayError
from kernel import clock
from kernel.refusals import Refusal
from law.calendar import CHINA

log = logging.getLogger(__name__)

Script = Generator[datetime, None, None]
MINUTE = timedelta(minutes=1)
LONG_AGO = datetime(1990, 1, 1, tzinfo=UTC)
OTHER_JUDGE, EVERY_THIRD = "pei", 3
NUMBERS_EACH = 8
"""Serial numbers that one story may use for its people."""


@dataclass(frozen=True)
class Story:
    """A dispute to be told: what state it ends in, and how. ``serial`` makes its people, the same each time."""

    key: str
    script: "Callable[[Telling], Script]"
    serial: int
    plan: str = "晋1031"

    @property
    def first_serial(self) -> int:
        """The serial of the first claimant, by whose identity number a story is known to have begun."""
        return self.serial * NUMBERS_EACH


@dataclass(eq=False)
class Telling:
    """One story while it is told: the moment it has reached, its cases, its parties, and who acts for the court."""

    story: Story
    staff: Staff
    outside: Outside
    now: datetime
    at: datetime = field(init=False)
    civil: Case = field(init=False)
    preservation: Case = field(init=False)
    case: Case = field(init=False)
    kept: Preservation = field(init=False)
    order: FreezeOrder = field(init=False)
    claim: Claim = field(init=False)
    judge: str = "shen"
    team: str = "ONE"
    used: int = 0
    pays_now: str = ""

    def __post_init__(self) -> None:
        self.at = LONG_AGO
        self.random = Random(f"{self.story.key}|{self.story.serial}")
        if self.story.serial % EVERY_THIRD == 0 and OTHER_JUDGE in self.staff.posts:
            self.judge = OTHER_JUDGE

    @property
    def court(self) -> Court:
        """The court of the story."""
        return self.staff.court

    def actor(self, name: str) -> Actor:
        """Who acts, by short sign-in name."""
        return self.staff.actor(name)

    def post(self, name: str) -> Post:
        """A post, by short sign-in name."""
        return self.staff.posts[name]

    def back(self, days: int, hour: int = 9, minute: int = 0, *, exact: bool = False) -> datetime:
        """A moment so many days ago; on a rest day the working day before it, unless the day is exact."""
        day = self.back_day(days)
        if not exact:
            day = CHINA.previous_working_day(day)
        return clock.at_time(day, hour, minute)

    def back_day(self, days: int) -> date:
        """The day so many days ago (minus: ahead)."""
        return clock.day_of(self.now) - timedelta(days=days)

    def lately(self, *, hours: float) -> datetime:
        """A moment so many hours ago, whatever the day."""
        return self.now - timedelta(hours=hours)

    def on(self, day: date, hour: int = 9, minute: int = 0) -> datetime:
        """A moment of a day in the calendar."""
        return clock.at_time(day, hour, minute)

    def day(self, ahead: int) -> date:
        """The day so many days after the day that the story has reached."""
        return clock.day_of(self.at) + timedelta(days=ahead)

    def someone(self, *, name: str = "") -> PartyInput:
        """Another person of the story."""
        return identities.person(self._next(), self.staff.plan.county, name=name)

    def company(self, *, name: str = "") -> PartyInput:
        """Another organisation of the story."""
        return identities.company(self._next(), self.staff.plan.county, name=name)

    def _next(self) -> int:
        self.used += 1
        return self.story.first_serial + self.used - 1

    def owed(self, on: datetime | None = None) -> str:
        """What the debtors owe on a day, or on the one that the story has reached (yuan)."""
        return str(queries.debt(self.case.matter, clock.day_of(on or self.at)).total)

    @property
    def creditor(self) -> Party:
        """The first party on the claiming side of the present case."""
        return self._first("PLAINTIFF", "APPLICANT", "CREDITOR")

    @property
    def debtor(self) -> Party:
        """The first party on the owing side of the present case."""
        return self._first("DEFENDANT", "RESPONDENT", "DEBTOR")

    def _first(self, *roles: str) -> Party:
        rows = self.present.participations.filter(role__in=roles).select_related("party").order_by("ordinal")
        return rows[0].party

    @property
    def present(self) -> Case:
        """The execution case when there is one, else the civil case, else the one in which preservation was asked."""
        return getattr(self, "case", None) or getattr(self, "civil", None) or self.kept.case


@dataclass
class Report:
    """How the telling went: stories told to their end, and those that a service refused, with its words."""

    told: list[str] = field(default_factory=list)
    broken: dict[str, str] = field(default_factory=dict)


def tell(
    stories: Iterable[Story],
    *,
    staffs: dict[str, Staff],
    outside: Outside,
    now: datetime,
    strict: bool = False,
    rest: float = 0.0,
    tellings: list[Telling] | None = None,
) -> Report:
    """Play the stories until their moments lie after ``now``; a refused story stays as far as it came.

    ``strict`` raises instead. ``rest`` is how long to sleep after an act, as a multiple of the time it took. ``tellings``
    is filled with the stories as they were told.
    """
    report, waiting = Report(), []
    for ordinal, story in enumerate(stories):
        telling = Telling(story=story, staff=staffs[story.plan], outside=outside, now=now)
        if tellings is not None:
            tellings.append(telling)
        _wait(waiting, ordinal, telling, story.script(telling), report, strict)
    while waiting:
        began = time.monotonic()
        moment, ordinal, telling, script = heapq.heappop(waiting)
        telling.at = min(moment, now)
        clock.set_to(telling.at)
        _wait(waiting, ordinal, telling, script, report, strict)
        outside.deliver(telling.at)
        if rest:
            time.sleep(rest * (time.monotonic() - began))
    return report


def _wait(
    waiting: list[tuple[datetime, int, Telling, Script]],
    ordinal: int,
    telling: Telling,
    script: Script,
    report: Report,
    strict: bool,
) -> None:
    """Run the story up to its next moment and put it into the heap; moments never go back, and none is met twice."""
    try:
        wanted = next(script)
    except StopIteration:
        report.told.append(telling.story.key)
        return
    except (Refusal, GatewayError) as refusal:
        if strict:
            raise
        log.warning("the story %s stays where it is: %s", telling.story.key, refusal)
        report.broken[telling.story.key] = str(refusal)
        return
    moment = max(wanted, telling.at + MINUTE).replace(microsecond=ordinal % 1000 * 1000)
    heapq.heappush(waiting, (moment, ordinal, telling, script))
