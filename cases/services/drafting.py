"""Papers that a person makes by hand: choose, look at a preview, issue."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from accounts.roles import Action
from cases import access
from cases.declaring import PAPERS, PaperKind
from cases.kinds import CaseKind
from cases.models import Case, Document
from cases.papermaking.printing import Printed
from cases.services import issuing
from kernel import canonical, clock
from kernel.refusals import Refusal


class NotByHand(Refusal):
    """Some papers are made only by the act that they belong to."""

    message = _("“%(title)s”随办理步骤自动制作，不能单独制作。")


class NoSuchPaper(Refusal):
    """No paper of that kind is declared."""

    message = _("没有这种文书，请从列表中选择。")
    status = 400


class NotInThisCase(Refusal):
    """A paper belongs to certain kinds of case."""

    message = _("“%(title)s”不用于%(kind)s案件。")


def choices(case: Case) -> list[PaperKind]:
    """The papers that can be made by hand in a case, in the order of declaration."""
    return [row for row in PAPERS if row.manual and (row.kinds is None or case.kind in row.kinds)]


def preview(*, case: Case, kind: str, at: datetime) -> Printed:
    """The paper as it would be issued now; writes nothing. Raises what `issue` raises."""
    paper = _by_hand(case, kind)
    with translation.override(settings.LANGUAGE_CODE):  # papers exist in Chinese only
        data = canonical.plain(paper.data(case=case, subject=case.symbol, at=at))
        return Printed(
            court=data["court"],
            title=data["heading"] or str(paper.title),
            number=str(_("（预览，未编号）")),
            day=clock.day_of(at),
            sheet=data,
        )


@transaction.atomic
def issue(*, case_id: UUID, kind: str, actor: Actor, at: datetime) -> Document:
    """Issue a paper about the case itself. Raises NoSuchPaper, NotByHand, NotInThisCase and what the paper itself refuses."""
    case = access.locked_case_for(actor, case_id, Action.ISSUE)
    _by_hand(case, kind)
    return issuing.issue(case=case, kind=kind, subject=case.symbol, actor=actor, at=at)


def _by_hand(case: Case, kind: str) -> PaperKind:
    paper = PAPERS.find(kind)
    if paper is None:
        raise NoSuchPaper()
    if not paper.manual:
        raise NotByHand(title=str(paper.title))
    if paper not in choices(case):
        raise NotInThisCase(title=str(paper.title), kind=CaseKind(case.kind).label)
    return paper
