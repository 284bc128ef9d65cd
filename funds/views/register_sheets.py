"""The workbooks of the registers, one address for all."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from accounts.access import allowed
from accounts.roles import Action
from funds.views import deposits, grants, months, registers, remittances
from funds.views.acting import actor_of
from kernel.refusals import NotFound

SHEETS = {
    "balances": months.balances_sheet,
    "months": months.months_sheet,
    "deposits": deposits.sheet,
    "grants": grants.sheet,
    "remittances": remittances.sheet,
}


@require_GET
@allowed(Action.EXPORT)
def sheet(request: HttpRequest, name: str) -> HttpResponse:
    """A register as a workbook, for who sees the money of the whole court. Raises NotFound."""
    registers.require_court(actor_of(request))
    make = SHEETS.get(name)
    if make is None:
        raise NotFound()
    return make(request)
