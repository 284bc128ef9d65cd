"""The act that leaders find on a case page."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.roles import Action
from cases.declaring import ACTS, Act
from cases.models import Case


def _supervise(case: Case) -> str:
    return reverse("insight:supervise", args=[case.slug])


ACTS.declare(
    Act(
        "insight.supervise",
        _("督办"),
        _supervise,
        Action.SUPERVISE,
        open_to=lambda case: case.is_open and case.officer_id is not None,
        order=90,
    )
)
