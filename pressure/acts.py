"""The acts that the pressure room offers on a case page."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.roles import Action
from cases.declaring import ACTS, Act
from cases.kinds import EXECUTION_KINDS
from cases.models import Case


def _ladder(case: Case) -> str:
    return reverse("pressure:ladder", args=[case.slug])


ACTS.declare(
    Act(
        "pressure.ladder", _("看威慑阶梯"), _ladder, Action.PROPOSE_PRESSURE, frozenset(EXECUTION_KINDS), order=40,
        panel=False,
    ),
)  # fmt: skip
