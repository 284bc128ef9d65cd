"""The acts that the assets room offers on a case page."""

from collections.abc import Callable

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.roles import Action
from assets.models import Preservation
from assets.services import freezing
from cases.declaring import ACTS, Act
from cases.kinds import EXECUTION_KINDS, CaseKind
from cases.models import Case, Clue

CARRYING = frozenset({*EXECUTION_KINDS, CaseKind.PRESERVATION})
ASKING = frozenset({CaseKind.CIVIL, CaseKind.PRE_SUIT_PRESERVATION})


def _page(name: str) -> Callable[[Case], str]:
    def url(case: Case) -> str:
        return reverse(name, args=[case.slug])

    return url


def _open(case: Case) -> bool:
    return case.is_open


def _preserved(case: Case) -> bool:
    return Preservation.objects.filter(case__matter_id=case.matter_id).exists()


def _clues(case: Case) -> bool:
    return Clue.objects.filter(matter_id=case.matter_id).exists()


ACTS.declare(
    Act("assets.freeze", _("冻结存款"), _page("assets:freeze"), Action.FREEZE, CARRYING, freezing.freezable, order=30),
    Act(
        "assets.inquiry", _("网络查询"), _page("assets:inquiry"), Action.INQUIRE, CARRYING, _open, order=32, panel=False
    ),
    Act(
        "assets.preserve", _("申请财产保全"), _page("assets:preserve"), Action.APPLY_PRESERVATION, ASKING, _open, order=18
    ),
    Act(
        "assets.preservation", _("看保全"), _page("assets:preservation"), Action.SEE_CASES, None, _preserved, order=34,
        panel=False,
    ),
    Act(
        "assets.clues", _("核查财产线索"), _page("assets:clues"), Action.SEE_PROPERTY, None, _clues, order=36, panel=False
    ),
)  # fmt: skip
