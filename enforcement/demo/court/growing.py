"""Growing: 360 more disputes, a few at a time, while the demo is in use; how far it is stands in the desk's top bar.

Their past is played as that of the forty. What concerns the bank or the lists is left to the workers, and some debtors pay
now, so that money arrives while one looks.
"""

from collections.abc import Callable, Sequence
from random import Random

from django.conf import settings
from django.db import transaction

from cases.models import Party
from enforcement.demo.court import finding, identities, keeping, paying_out, progress
from enforcement.demo.court import outside as outsiders
from enforcement.demo.court.people import PLANS, Staff
from enforcement.demo.court.stories import ordinary, sharing
from enforcement.demo.court.telling import Report, Story, Telling, tell
from funds.services import opening
from gateways.adapters.http import HttpTransport
from kernel import clock
from kernel.encryption import digest

BATCH = 6
REST = 1.0  # as long as the work took: half a core at most
FIRST = 2001
COUNT = 360
HERE = 0.75


def stories(count: int = COUNT) -> list[Story]:
    """The further disputes, the same ones each time; the first is one debtor's with several creditors."""
    draw, found = Random("more"), []
    for serial in range(FIRST, FIRST + count):
        script = draw.choices(ordinary.SCRIPTS, ordinary.WEIGHTS)[0]
        plan = PLANS[0] if draw.random() < HERE else PLANS[1]
        if serial == FIRST:
            script, plan = sharing.plan_objected, PLANS[0]
        found.append(Story(key=f"{script.__name__}-{serial}", script=script, serial=serial, plan=plan.code))
    return found


def grow(
    *, say: Callable[[str], object], count: int = COUNT, batch: int = BATCH, rest: float = REST, strict: bool = False
) -> Report:
    """File what is still missing of the further disputes; a second run goes on where the first one ended."""
    wanted = stories(count)
    begun = _begun(wanted)
    missing = [story for story in wanted if story.key not in begun]
    done, whole = len(wanted) - len(missing), Report()
    if not missing:
        return whole
    staffs = {plan.code: Staff(plan) for plan in PLANS}
    progress.keep(done, len(wanted))
    desk, books = paying_out.Desk(), keeping.Books(staffs[PLANS[0].code])
    for first in range(0, len(missing), batch):
        part = missing[first : first + batch]
        report = _tell(part, staffs, desk, rest=rest, strict=strict)
        books.work()
        whole.told += report.told
        whole.broken |= report.broken
        done += len(part)
        progress.keep(done, len(wanted))
        if done % 60 < batch:
            say(f"demo court: {done} of {len(wanted)} further matters")
    return whole


def _tell(
    part: Sequence[Story], staffs: dict[str, Staff], desk: paying_out.Desk, *, rest: float, strict: bool
) -> Report:
    now, paying = clock.now(), list[Telling]()
    with outsiders.own_clock(), outsiders.reached(private=True) as outside:
        report = tell(part, staffs=staffs, outside=outside, now=now, strict=strict, rest=rest, tellings=paying)
    for telling in paying:
        if telling.pays_now:
            _pay(telling, desk)
    desk.work()
    finding.work(paying)
    return report


def _pay(t: Telling, desk: paying_out.Desk) -> None:
    """The debtor pays now; the workers book it."""
    if not settings.SIMULATORS_URL:
        return
    serial = t.story.first_serial + 7
    desk.takes(t)
    with transaction.atomic():
        number = opening.open_for(t.case, at=clock.now()).number
    body = {
        "to_sub_account": number,
        "amount": t.pays_now,
        "payer_name": t.debtor.name,
        "payer_account": identities.account(serial),
        "payer_bank": identities.bank(serial, t.staff.plan.county),
        "remark": "履行执行案款",
        "account": t.staff.plan.account,
        "key": f"more:{t.story.serial}",
    }
    HttpTransport(settings.SIMULATORS_URL).call("POST", "/bank/pay-in", body)


def _begun(stories: Sequence[Story]) -> set[str]:
    """The keys of those that were begun: their first claimant is known."""
    counties = {plan.code: plan.county for plan in PLANS}
    keys = {
        digest(number): story.key
        for story in stories
        for number in (
            identities.person_number(story.first_serial, counties[story.plan]),
            identities.credit_code(story.first_serial, counties[story.plan]),
        )
    }
    known = Party.objects.filter(id_digest__in=list(keys)).values_list("id_digest", flat=True)
    return {keys[found] for found in known}
