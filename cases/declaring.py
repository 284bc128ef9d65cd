"""The shapes of the declarations that rooms make, and the registries that hold them.

A room declares rows in ``events.py duties.py decisions.py papers.py closing.py panels.py facts.py``; ``kernel.registry``
finds them. ``cases/checks.py`` refuses unknown verbs, duplicates and missing templates at start.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, NewType

from django.utils.functional import Promise

from accounts.actors import Actor
from accounts.roles import Action, Role
from cases.kinds import Audience
from cases.models import Case, Decision, Document, Duty, Event
from kernel.refusals import Condition
from kernel.registry import Registry

Symbol = NewType("Symbol", str)
"""``room.model:key``: how an event names a row without holding its data."""

Text = str | Promise
BOTH = frozenset(Audience)
CREDITORS = frozenset({Audience.CREDITOR})
DEBTORS = frozenset({Audience.DEBTOR})


@dataclass(frozen=True)
class NoFacts:
    """An event whose verb says everything."""


@dataclass(frozen=True)
class EventKind:
    """A verb: how the court's page says it, how a party is told, and who may see it from when.

    ``sentence`` and ``plain`` are templates over the facts. ``once`` maps an audience to the verb after which (same subject)
    the event becomes visible to it. ``tell`` names who gets a text message; ``sms`` is its text (``plain`` when empty).
    ``stage`` is the stage of the spine that the case reaches by it: the spine takes its dates from there.
    """

    verb: str
    sentence: Text
    facts: type = NoFacts
    group: str = "work"
    turning: bool = True
    seen_by: frozenset[Audience] = frozenset()
    once: Mapping[Audience, str] = field(default_factory=dict)
    plain: Text = ""
    means: Text = ""
    you_can: Mapping[Audience, Text] = field(default_factory=dict)
    tell: frozenset[Audience] = frozenset()
    sms: Text = ""
    stage: str = ""


@dataclass(frozen=True)
class Limit:
    """How long a duty runs: one unit, or a date that the opening event gives (``fact``), or nothing (a standing duty).

    ``rule`` names a figure of the court's Rulebook that replaces the number (hours, days, working days, months by its unit).
    """

    hours: int | None = None
    days: int | None = None
    working_days: int | None = None
    months: int | None = None
    fact: str = ""
    before: timedelta = timedelta()
    rule: str = ""


@dataclass(frozen=True)
class Step:
    """One step of an escalation: so long after the due moment these roles are told. The holder never changes."""

    after: timedelta
    roles: tuple[Role, ...]


OFFICER = "OFFICER"
Holder = str | Callable[[Event, Case], str]


def of_event(event: Event) -> str:
    """The subject of the event: what most duties are about."""
    return event.subject


def of_case(event: Event) -> str:
    """The case itself: for duties that exist once in a case."""
    return f"cases.case:{event.case_id}"


@dataclass(frozen=True)
class DutyKind:
    """What must happen next: opened, paused, resumed, closed and cancelled by verbs.

    ``about`` maps an event to the duty's subject. ``for_each`` opens one duty per subject it returns.
    ``url`` gives the address of the act; ``needs`` the policy's action for showing the button.
    """

    kind: str
    title: Text
    holder: Holder
    limit: Limit
    opens: tuple[str, ...]
    closes: tuple[str, ...]
    pauses: tuple[str, ...] = ()
    resumes: tuple[str, ...] = ()
    cancels: tuple[str, ...] = ()
    about: Callable[[Event], str] = of_event
    when: Callable[[Event, Case], bool] | None = None
    for_each: Callable[[Event, Case], Sequence[str]] | None = None
    warn: timedelta = timedelta(days=1)
    escalate: tuple[Step, ...] = (Step(timedelta(0), (Role.BUREAU_DIRECTOR,)),)
    reason: Callable[[Duty], Text] | None = None
    button: Text = ""
    url: Callable[[Duty], str] | None = None
    tags: frozenset[str] = frozenset()
    rule: str = ""
    article: str = ""
    survives_closing: bool = False

    @property
    def ends(self) -> tuple[str, ...]:
        """The verbs that touch an open duty: they close, cancel, pause or resume it."""
        return (*self.closes, *self.cancels, *self.pauses, *self.resumes)


@dataclass(frozen=True)
class CardFact:
    """One fact for or against, with its source and a link."""

    text: Text
    source: Text = ""
    url: str = ""


@dataclass(frozen=True)
class Card:
    """What the person with authority sees of a decision."""

    figure: Any = None
    whom: Text = ""
    supports: Sequence[CardFact] = ()
    against: Sequence[CardFact] = ()
    law: Sequence[Text] = ()
    then: Sequence[Text] = ()


@dataclass(frozen=True)
class DecisionKind:
    """A question for the person with authority. ``carry_out`` runs inside the approval and may refuse it."""

    kind: str
    title: Text
    tiers: tuple[Role, ...] | Callable[[Decision], tuple[Role, ...]]
    ask: Action
    decide: Action
    card: Callable[[Decision], Card]
    carry_out: Callable[..., None]
    batch: bool = False


@dataclass(frozen=True)
class PaperKind:
    """A paper of the court: its template, how it is numbered, who signs and to whom it goes.

    ``data`` gives the values of the template for a case and a subject; they are frozen when the paper is issued.
    ``ruling`` papers are numbered 之一, 之二 …; ``manual`` ones can be made by hand, in cases of ``kinds``.
    """

    kind: str
    title: Text
    template: str
    data: Callable[..., dict[str, Any]]
    signer: Text = ""
    ruling: bool = False
    to: Callable[[Document], Sequence[tuple[Any, str]]] | None = None
    manual: bool = True
    article: str = ""
    kinds: frozenset[str] | None = None


@dataclass(frozen=True)
class ClosingCheck:
    """One condition of closing a case in certain ways; ``check`` returns None where it does not apply."""

    name: str
    ways: frozenset[str]
    check: Callable[[Case, datetime], Condition | None]


@dataclass(frozen=True)
class Panel:
    """A part of the case page that a room contributes.

    ``tab`` is one of overview, parties, items, property, funds, credit, papers, dossier, timeline. The page draws a sheet
    headed by ``title`` and puts the template inside; the template reads ``context`` besides ``case``, ``actor`` and ``at``.
    ``count`` is the number beside the tab's word; the panels of a tab add up.
    """

    name: str
    tab: str
    title: Text
    template: str
    context: Callable[[Case, Actor, datetime], Mapping[str, Any]]
    order: int = 50
    needs: Action = Action.SEE_CASES
    kinds: frozenset[str] | None = None
    count: Callable[[Case], int] | None = None


@dataclass(frozen=True)
class Act:
    """An act that a room offers on the case page: a link, shown when the policy and ``open_to`` allow.

    ``panel`` says that its page answers in the side panel (it extends act_panel.html); duties with that address do as well.
    """

    name: str
    title: Text
    url: Callable[[Case], str]
    needs: Action
    kinds: frozenset[str] | None = None
    open_to: Callable[[Case], bool] | None = None
    order: int = 50
    panel: bool = True


EVENTS: Registry[EventKind] = Registry(lambda row: row.verb)
DUTIES: Registry[DutyKind] = Registry(lambda row: row.kind)
DECISIONS: Registry[DecisionKind] = Registry(lambda row: row.kind)
PAPERS: Registry[PaperKind] = Registry(lambda row: row.kind)
CLOSING: Registry[ClosingCheck] = Registry(lambda row: row.name)
PANELS: Registry[Panel] = Registry(lambda row: row.name)
ACTS: Registry[Act] = Registry(lambda row: row.name)
