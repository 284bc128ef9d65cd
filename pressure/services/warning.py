"""失信预警与履行宽限期: the first rung, a local step before any penalty (LOC-XX-LADDER; 法发〔2019〕35号15)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from accounts.roles import Action
from cases import access, queries
from cases.models import Case
from cases.services import issuing, recording
from kernel import clock
from kernel.refusals import NotFound, Refusal
from pressure.models import ConsumptionLimit, CreditWarning, Listing
from pressure.services import standing


class GraceOutOfBounds(Refusal):
    """The grace is within the court's bounds, three to ninety days by default (GRACE-LEAST, GRACE-MOST)."""

    message = _("宽限期应为 %(shortest)s 至 %(longest)s 天。")
    status = 400


class WarnedAlready(Refusal):
    """One grace at a time."""

    message = _("%(name)s的宽限期到%(day)s才届满，不能重复预警。")


class AlreadyHigher(Refusal):
    """A warning comes before penalties, not after."""

    message = _("%(name)s 已被限制消费或纳入失信名单，不再适用预警。")


class NoGrace(Refusal):
    """Only a running grace is extended or ended."""

    message = _("这项宽限期已经届满或结束，不能再办理。")


class ReasonMissing(Refusal):
    """Changing what was promised needs its reason."""

    message = _("请写明理由，入卷备查。")
    status = 400


class NotLonger(Refusal):
    """An extension ends later than before."""

    message = _("新的届满日应晚于 %(day)s。")
    status = 400


@dataclass(frozen=True)
class GraceChanged:
    """Facts of pressure.grace_extended and pressure.grace_ended."""

    debtor: str
    grace_until: date
    reason: str


@dataclass(frozen=True)
class Warned:
    """Facts of pressure.warned: the last day of grace and what was owed (yuan)."""

    debtor: str
    grace_until: date
    owed: Decimal


@transaction.atomic
def warn(*, case_id: UUID, party_id: UUID, days: int, actor: Actor, at: datetime) -> CreditWarning:
    """Warn a debtor and give ``days`` of grace. Raises DebtDischarged, GraceOutOfBounds, WarnedAlready, AlreadyHigher."""
    case = access.locked_case_for(actor, case_id, Action.PROPOSE_PRESSURE)
    party = standing.debtor(case, party_id)
    left = standing.require_debt(case, party, at)
    day = clock.day_of(at)
    _check_grace(case, days, day, field="days")
    running = standing.running_grace(case, party, day)
    if running and running.last_day:
        raise WarnedAlready(name=party.name, day=f"{running.last_day.month}月{running.last_day.day}日")
    higher = (model.objects.unended().filter(case=case, party=party).exists() for model in (ConsumptionLimit, Listing))
    if any(higher):
        raise AlreadyHigher(name=party.name)
    CreditWarning.objects.unended().filter(case=case, party=party).update(ended_on=day, ended_why=str(_("宽限期届满")))
    row = CreditWarning.objects.create(
        case=case, party=party, warned_at=at, from_on=day, last_day=day + timedelta(days=days)
    )
    issuing.issue(
        case=case, kind="pressure.credit_warning", subject=row.symbol, actor=actor, at=at,
        more={"party": party, "grace_until": row.last_day, "owed": left},
    )  # fmt: skip
    recording.record(
        case=case,
        verb="pressure.warned",
        actor=actor,
        at=at,
        subject=row.symbol,
        facts=Warned(debtor=party.symbol, grace_until=row.last_day, owed=left),
    )
    return row


@transaction.atomic
def extend(*, warning_id: UUID, until: date, why: str, actor: Actor, at: datetime) -> CreditWarning:
    """Give more time, ninety days in all at most. Raises NoGrace, NotLonger, GraceOutOfBounds, ReasonMissing."""
    row, case = _running(warning_id, actor, at)
    standing.require_debt(case, row.party, at)
    if not why.strip():
        raise ReasonMissing(field="why")
    if row.last_day is None or until <= row.last_day:
        raise NotLonger(day=f"{row.last_day.month}月{row.last_day.day}日" if row.last_day else "", field="until")
    day = clock.day_of(at)
    _check_grace(case, (until - (row.from_on or day)).days, day, field="until")
    row.last_day = until
    row.save(update_fields=["last_day"])
    _record("pressure.grace_extended", row, case, why, actor, at)
    return row


@transaction.atomic
def end(*, warning_id: UUID, why: str, actor: Actor, at: datetime) -> CreditWarning:
    """End a grace before its time because the debtor shifts property or the like. Raises NoGrace, ReasonMissing."""
    row, case = _running(warning_id, actor, at)
    if not why.strip():
        raise ReasonMissing(field="why")
    row.ended_on, row.ended_why = clock.day_of(at), why.strip()[:100]
    row.save(update_fields=["ended_on", "ended_why"])
    _record("pressure.grace_ended", row, case, why, actor, at)
    return row


def _check_grace(case: Case, days: int, on: date, *, field: str) -> None:
    rules = queries.rulebook(case.court, on)
    least, most = rules.count("GRACE-LEAST"), rules.count("GRACE-MOST")
    if not least <= days <= most:
        raise GraceOutOfBounds(shortest=least, longest=most, field=field)


def _running(warning_id: UUID, actor: Actor, at: datetime) -> tuple[CreditWarning, Case]:
    rows = CreditWarning.objects.filter(pk=warning_id, case__court_id=actor.court_id)
    case_id = rows.values_list("case_id", flat=True).first()
    if case_id is None:
        raise NotFound()
    case = access.locked_case_for(actor, case_id, Action.PROPOSE_PRESSURE)
    row = CreditWarning.objects.select_for_update(of=("self",)).select_related("party").get(pk=warning_id)
    if not row.is_in_force(clock.day_of(at)):
        raise NoGrace()
    return row, case


def _record(verb: str, row: CreditWarning, case: Case, why: str, actor: Actor, at: datetime) -> None:
    until = row.ended_on or row.last_day or clock.day_of(at)
    facts = GraceChanged(debtor=row.party.symbol, grace_until=until, reason=why.strip())
    recording.record(case=case, verb=verb, actor=actor, at=at, subject=row.symbol, facts=facts)
