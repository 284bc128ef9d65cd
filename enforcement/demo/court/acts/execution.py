"""Execution, as filing clerk, query officers and the field teams do it."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction

from accounts.models import Post
from assets.models import FreezeOrder
from assets.services import freezing, inquiring, levying, releasing, taking_over
from cases.kinds import ObjectionKind
from cases.models import Case, Party, Service
from cases.models.documents import ServiceMethod
from cases.services import assigning, closing, executing, filing, noting, objecting, parties, serving
from cases.services.parties import PartyInput
from enforcement.demo.court import identities
from enforcement.demo.court.acts import deciding
from enforcement.demo.court.telling import Telling

REGISTRIES = ("deposit", "vehicle", "real_estate", "equity", "securities", "tax", "social_security")


@dataclass(frozen=True)
class Crew:
    """Who does what in a field team, by short sign-in name."""

    judge: str
    executor: str
    clerk: str
    bailiff: str


CREWS = {
    "ONE": Crew("zhang", "gao", "li", "ma"),
    "TWO": Crew("feng", "tang", "yan", "lu"),
    "THREE": Crew("jing", "qin", "qin", "qin"),
}
"""The third team has a judge and an executor only: its other seats are vacant."""


def crew(t: Telling) -> Crew:
    """The field team that has the case."""
    return CREWS[t.team]


def file(t: Telling, *, officer: str = "") -> Case:
    """File the execution of the judgment, and give it to the executor of the story's team (or to ``officer``)."""
    t.case = filing.file_execution(basis_id=t.civil.pk, actor=t.actor("lian"), at=t.at)
    assigning.assign(case_id=t.case.pk, officer=_officer(t, officer), actor=t.actor("lian"), at=t.at)
    return t.case


def file_unassigned(t: Telling) -> Case:
    """File the execution; who will have it is not decided."""
    t.case = filing.file_execution(basis_id=t.civil.pk, actor=t.actor("lian"), at=t.at)
    return t.case


def _officer(t: Telling, name: str) -> Post:
    return t.post(name or crew(t).executor)


def notify(t: Telling, *, days: int = 10) -> None:
    """Issue the execution notice and the order to report property."""
    executing.notify(case_id=t.case.pk, perform_by=t.day(days), report_by=t.day(days), actor=t.actor("cha"), at=t.at)


def serve(t: Telling) -> None:
    """Record today's service of every paper of the dispute that waits: on parties by hand, on others electronically."""
    rows = Service.objects.filter(case__matter=t.present.matter_id, served_on__isnull=True).select_related("document")
    for row in rows:
        method = ServiceMethod.DIRECT if row.party_id else ServiceMethod.GATEWAY
        serving.record(service_id=row.pk, method=method, served_on=t.day(0), actor=t.actor("cha"), at=t.at)


def inquire(t: Telling) -> None:
    """Ask the registries about every debtor."""
    inquiring.send(case_id=t.case.pk, actor=t.actor("cha"), at=t.at)


def hand_over(t: Telling, *, officer: str = "") -> None:
    """Hand the case to the field team."""
    executing.hand_over(case_id=t.case.pk, officer=_officer(t, officer), actor=t.actor("cha"), at=t.at)


def contact(t: Telling, text: str) -> None:
    """The clerk rings a party up and notes what was said."""
    noting.write(case_id=t.case.pk, text=text, kind="CONTACT", actor=t.actor(crew(t).clerk), at=t.at)


def note(t: Telling, text: str) -> None:
    """The executor notes what was seen."""
    noting.write(case_id=t.case.pk, text=text, kind="NOTE", actor=t.actor(crew(t).executor), at=t.at)


def holds(t: Telling, party: Party, *balances: str, tail: str = "") -> None:
    """Fix what accounts a debtor has; without a balance none."""
    serial = t.story.first_serial
    accounts = [
        {"bank": identities.BANKS[at % 4], "account": identities.account(serial * 10 + at, tail), "balance": balance}
        for at, balance in enumerate(balances)
    ]
    _fix(t, party, "deposit", accounts)


def owns_nothing(t: Telling, party: Party) -> None:
    """No registry knows anything of a debtor."""
    for channel in REGISTRIES:
        _fix(t, party, channel, [])


def _fix(t: Telling, party: Party, channel: str, findings: list[dict[str, Any]]) -> None:
    body = {"id_number": party.id_number, "channel": channel, "findings": findings}
    t.outside.tell("POST", "/registries/fixtures", body)


def ask_freeze(t: Telling, limit: str, *, party: Party | None = None) -> FreezeOrder:
    """The executor asks the judge for a freeze of a debtor's deposits."""
    t.order = freezing.order(
        case_id=t.case.pk,
        party_id=(party or t.debtor).pk,
        limit=Decimal(limit),
        actor=t.actor(crew(t).executor),
        at=t.at,
        why="网络查询反馈有存款，防止转移",
    )
    return t.order


def freeze(t: Telling) -> None:
    """The judge approves; the bank is told."""
    deciding.agree(t, t.case, "assets.freeze", crew(t).judge)


def preserve(t: Telling, limit: str) -> FreezeOrder:
    """The quick team carries a preservation out."""
    t.order = freezing.order(
        case_id=t.preservation.pk, party_id=t.kept.against_id, limit=Decimal(limit), actor=t.actor("su"), at=t.at
    )
    return t.order


def take_over(t: Telling) -> None:
    """The freeze of the preservation is one of the execution by law."""
    taking_over.take_over(order_id=t.order.pk, at=t.at)


def release(t: Telling, reason: str, *, asks: str = "", judge: str = "") -> None:
    """A freeze is released: asked by the executor, ruled by the judge."""
    asker, ruler = asks or crew(t).executor, judge or crew(t).judge
    asked = releasing.ask_release(order_id=t.order.pk, reason=reason, actor=t.actor(asker), at=t.at)
    deciding.agree(t, asked.case, "assets.release", ruler)


def ask_levy(t: Telling, amount: str) -> None:
    """The executor asks the judge to take frozen money."""
    levying.ask(order_id=t.order.pk, amount=Decimal(amount), actor=t.actor(crew(t).executor), at=t.at)


def levy(t: Telling) -> None:
    """The judge approves the levy; the bank moves the money into the case's account."""
    deciding.agree(t, t.case, "assets.levy", crew(t).judge)
    t.outside.money_moved_at = t.court


def propose_closing(t: Telling, how: str, why: str) -> None:
    """The executor asks for closing."""
    closing.propose(case_id=t.case.pk, how=how, why=why, actor=t.actor(crew(t).executor), at=t.at)


def close(t: Telling, *by: str) -> None:
    """Closing is approved, by the director unless others are named."""
    deciding.agree(t, t.case, "cases.close", *(by or ("yu",)))


@transaction.atomic
def object_to(t: Telling, outsider: PartyInput, *, judge: str = "feng") -> Case:
    """Somebody else objects to the execution of a property; another judge than the one who executes examines it."""
    party = parties.enter(court=t.court, given=outsider)
    given = objecting.ObjectionInput(
        kind=ObjectionKind.TITLE,
        contested="登记在被执行人名下的车辆",
        request="车辆已经卖给我并交付使用，请求不得执行。",
    )
    row = objecting.file(case_id=t.case.pk, objector=party, given=given, actor=t.actor("lian"), at=t.at)
    return objecting.begin_review(case_id=row.case_id, judge=t.post(judge), actor=t.actor("yu"), at=t.at)
