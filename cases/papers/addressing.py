"""To whom a paper goes, and whom its reader may ask."""

from django.utils.translation import gettext_lazy as _

from cases.models import Case, Document, Party
from cases.papermaking import paper, wording
from kernel.refusals import Refusal


class NoDebtor(Refusal):
    """The paper needs somebody who owes."""

    message = _("%(number)s 没有被告或被执行人，不能制作这份文书。")


def debtors(case: Case) -> list[Party]:
    """Those who owe. Raises NoDebtor."""
    found = wording.owing(case)
    if not found:
        raise NoDebtor(number=case.number)
    return found


def contact(case: Case) -> list[tuple[str, paper.Part]]:
    """The case officer with the telephone of the office, once there is one."""
    if case.officer is None:
        return []
    rows: list[tuple[str, paper.Part]] = [("联系人", case.officer.user.name)]
    return [*rows, ("联系电话", case.officer.user.phone)] if case.officer.user.phone else rows


def to_debtors(document: Document) -> list[tuple[Party, str]]:
    """Served on those who owe."""
    return wording.recipients(wording.owing(document.case))


def to_claimants(document: Document) -> list[tuple[Party, str]]:
    """Served on those who claim."""
    return wording.recipients(wording.claiming(document.case))


def to_all(document: Document) -> list[tuple[Party, str]]:
    """Served on both sides."""
    return wording.recipients([*wording.claiming(document.case), *wording.owing(document.case)])
