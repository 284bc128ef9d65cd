"""The case page: the answer on top, the tabs, and who may see it."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.test import Client

from accounts.models import Post
from cases.models import Case
from cases.services import assigning
from tests import factories
from tests.cast import MORNING, Cast

pytestmark = pytest.mark.usefixtures("morning")
SignIn = Callable[[Post], Client]


@pytest.fixture
def case(cast: Cast) -> Case:
    """The execution of 王某军, officer and team 张法官."""
    found = factories.execution_case(cast)
    assigning.assign(case_id=found.pk, officer=cast.judge, actor=cast.actor(cast.filing_clerk), at=MORNING)
    found.refresh_from_db()
    return found


def test_every_tab_of_the_case_opens(cast: Cast, as_: SignIn, case: Case) -> None:
    browser = as_(cast.judge)
    for tab in ("", "parties", "items", "papers", "dossier", "timeline"):
        answer = browser.get(f"/cases/{case.slug}/", {"tab": tab})
        assert answer.status_code == 200, tab
        assert answer.context["tab"] == (tab or "overview")
