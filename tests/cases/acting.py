"""What the tests of acts share: addresses, typed filings, snapshots of what must not change."""

from typing import Any

from django.test import Client
from django.urls import reverse

from accounts.models import AuditEntry
from cases.kinds import PartyKind
from cases.models import Attachment, Case, Clue, Decision, Document, Event, JudgmentItem, Matter, Note, Party
from tests.factories import company_number, person_number

TABLES = (Case, Matter, Party, Event, Clue, JudgmentItem, Note, Attachment, Document, Decision)


def url(name: str, case: Case) -> str:
    """The address of an act of a case."""
    return reverse(f"cases:{name}", args=[case.slug])


def counts() -> dict[str, int]:
    """How many rows there are; a refused act leaves them as they were."""
    return {table.__name__: table.objects.count() for table in TABLES}


def audits(act: str) -> int:
    """How many entries of the journal are about an act."""
    return AuditEntry.objects.filter(act=act).count()


def party(prefix: str, place: int, **typed: str) -> dict[str, str]:
    """One party of the wizard."""
    fields = {"kind": PartyKind.PERSON, "name": "", "id_number": "", "phone": "", "address": ""} | typed
    return {f"{prefix}-{place}-{name}": value for name, value in fields.items()}


def heads(**numbers: int) -> dict[str, str]:
    """Management fields of formsets: prefix → number of rows."""
    found: dict[str, str] = {}
    for prefix, rows in numbers.items():
        found |= {f"{prefix}-TOTAL_FORMS": str(rows), f"{prefix}-INITIAL_FORMS": "0"}
    return found


def typed_filing(**changes: Any) -> dict[str, Any]:
    """王某军 against 某环保科技公司, as it is typed; ``changes`` replace fields, None takes one out."""
    fields: dict[str, Any] = {
        **heads(plaintiffs=1, defendants=1, clues=0),
        **party("plaintiffs", 0, name="王某军", id_number=person_number(101), phone="13800000001"),
        **party(
            "defendants", 0, kind=PartyKind.ORGANISATION, name="某环保科技公司", id_number=company_number(201),
            phone="13800000002",
        ),
        "cause": "提供劳务者受害责任纠纷",
        "claimed": "1311000",
    } | changes  # fmt: skip
    return {name: value for name, value in fields.items() if value is not None}


def typed_item(place: int, case: Case, **changes: Any) -> dict[str, Any]:
    """One item of a judgment: the first defendant pays the first plaintiff."""
    creditor = case.participations.get(role="PLAINTIFF", ordinal=1).party
    debtor = case.participations.get(role="DEFENDANT", ordinal=1).party
    fields = {
        "nature": "PRINCIPAL", "payers": [str(debtor.pk)], "payee": str(creditor.pk), "amount": "1311000",
        "due_on": "2026-12-31", "text": "",
    } | changes  # fmt: skip
    return {f"items-{place}-{name}": value for name, value in fields.items()}


def typed_judgment(case: Case, *items: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """A judgment of today with its items."""
    rows = items or (typed_item(0, case),)
    fields: dict[str, Any] = {"how": "JUDGE", "on": "2026-11-20", **heads(items=len(rows))}
    for row in rows:
        fields |= row
    return fields | changes


def text(response: Any) -> str:
    """The page as text."""
    return str(response.content.decode())


def post(browser: Client, address: str, **typed: Any) -> Any:
    """Send a form as a page without scripts would."""
    return browser.post(address, typed)
