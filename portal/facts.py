"""What the portal tells lower rooms: the address of a case's page for payers, as it is printed in a QR code."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse

from cases import facts
from cases.models import Case
from funds.models import MainAccount
from funds.services import paylinks


def _pay_page(case: Case, at: datetime) -> str:
    """The whole address; empty while the court has no account to pay into."""
    if not MainAccount.objects.filter(court=case.court_id).exists():
        return ""
    return settings.PUBLIC_URL.rstrip("/") + reverse("open:pay", args=[paylinks.link_for(case, at=at).token])


facts.provide(facts.PAY_PAGE, _pay_page)
