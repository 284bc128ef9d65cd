"""Pages without a sign-in: what to pay on a case and where, "I paid without a reference", and the public notices.

They say nothing that a payer does not need: names are masked, every claim is answered alike, every use is rationed.
"""

from uuid import UUID

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from accounts import acts, audit
from cases.models import Case
from funds.kinds import ReceiptState
from funds.models import Deposit, PayLink, PublicNotice
from funds.payable import payable
from funds.services import noticing, payer_claims, paylinks
from kernel import clock
from kernel.refusals import NotFound, Refusal
from kernel.text import mask_name
from portal.open_forms import PaidForm
from portal.services.rationing import ration

SEEN = "pay_page_seen"
acts.declare(SEEN, gettext_lazy("打开付款页"))
PAGES_AN_HOUR, GUESSES_AN_HOUR, CLAIMS_AN_HOUR = 300, 30, 10
DAY = 86_400
MOST_DEPOSITS = 200


def _address(request: HttpRequest) -> str:
    return str(request.META.get("REMOTE_ADDR", ""))


def _link(request: HttpRequest, token: str) -> PayLink:
    """The link of a token; guessing is rationed more narrowly than reading. Raises NotFound, TooOften."""
    address = _address(request)
    ration("pay", address, most=PAGES_AN_HOUR)
    link = paylinks.find(token)
    if link is None:
        ration("pay-guess", address, most=GUESSES_AN_HOUR)
        raise NotFound()
    if cache.add(f"pay-seen:{link.pk}:{clock.today()}", 1, DAY):  # the first reading of a day is enough for the journal
        audit.write(actor=None, act=SEEN, at=clock.now(), about=link.symbol, address=address, court_id=link.court_id)
    return link


def _frame(link: PayLink) -> dict[str, object]:
    return {"court_name": link.case.court.name, "home_url": reverse("open:pay", args=[link.token]), "menu": []}


def _contact(case: Case) -> list[tuple[str, str]]:
    """Whoever handles the case, as its papers name them."""
    if case.officer is None:
        return []
    phone = case.officer.user.phone
    return [(_("联系人"), case.officer.user.name), *([(_("联系电话"), phone)] if phone else [])]


@never_cache
@require_GET
def pay(request: HttpRequest, token: str) -> HttpResponse:
    """What to pay today, to which account, with which words, and why so much."""
    link = _link(request, token)
    if link.ended_at is not None:
        return render(request, "portal/pay_ended.html", {"portal": _frame(link)}, status=410)
    context = {
        "portal": _frame(link),
        "pay": payable(link.case, at=clock.now()),
        "contact": _contact(link.case),
        "paid_url": reverse("open:paid", args=[token]),
    }
    return render(request, "portal/pay.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
def paid(request: HttpRequest, token: str) -> HttpResponse:
    """I paid without a reference; every claim is answered alike."""
    link = _link(request, token)
    form = PaidForm(request.POST or None, request.FILES or None)
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            ration("pay-claim", _address(request), most=CLAIMS_AN_HOUR)
            _claim(link, form)
        except Refusal as found:
            refusal = found
        else:
            return redirect("open:told", token)
    status = refusal.status if refusal else (400 if request.method == "POST" else 200)
    context = {
        "portal": _frame(link),
        "form": form,
        "refusal": refusal,
        "page_url": reverse("open:pay", args=[token]),
    }
    return render(request, "portal/paid.html", context, status=status)


def _claim(link: PayLink, form: PaidForm) -> None:
    typed = dict(form.cleaned_data)
    file = typed.pop("file")
    given = payer_claims.Given(**typed, file_name=file.name if file else "", file=file.read() if file else b"")
    payer_claims.make(link=link, given=given, at=clock.now())


@never_cache
@require_GET
def told(request: HttpRequest, token: str) -> HttpResponse:
    """The claim was taken."""
    link = _link(request, token)
    context = {"portal": _frame(link), "page_url": reverse("open:pay", args=[token])}
    return render(request, "portal/told.html", context)


@require_GET
def notices(request: HttpRequest) -> HttpResponse:
    """The notices that the public can still answer, and deposits of unreachable payees, of every court here."""
    ration("notices", _address(request), most=PAGES_AN_HOUR)
    rows = PublicNotice.objects.published().filter(until_on__gte=clock.today()).select_related("court")
    deposits = Deposit.objects.announced().select_related("court", "payout").order_by("court", "-from_at", "-id")
    context = {
        "portal": {"court_name": _("案款公告"), "menu": []},
        "notices": rows.order_by("court", "-published_at"),
        "deposits": [(row, mask_name(row.payout.payee_name)) for row in deposits[:MOST_DEPOSITS] if row.payout],
    }
    return render(request, "portal/notices.html", context)


@require_GET
def deposit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One deposit for a payee whom nobody reaches: masked name, amount, until when, and how to come forward."""
    ration("notices", _address(request), most=PAGES_AN_HOUR)
    found = Deposit.objects.announced().filter(pk=pk).select_related("court", "payout").first()
    if found is None or found.payout is None:
        raise NotFound()
    context = {
        "portal": {"court_name": found.court.name, "home_url": reverse("open:notices"), "menu": []},
        "deposit": found,
        "payee": mask_name(found.payout.payee_name),
    }
    return render(request, "portal/deposit.html", context)


@require_GET
def notice(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One notice: day, masked payer, amount, and how to come forward."""
    address, today = _address(request), clock.today()
    ration("notices", address, most=PAGES_AN_HOUR)
    found = PublicNotice.objects.published().filter(pk=pk, until_on__gte=today).select_related("court").first()
    if found is None:
        raise NotFound()
    noticing.read_by(found, address=address, on=today)
    items = found.items.select_related("receipt").order_by("ordinal")
    context = {
        "portal": {"court_name": found.court.name, "home_url": reverse("open:notices"), "menu": []},
        "notice": found,
        "items": [(item, item.receipt.state == ReceiptState.SUSPENSE) for item in items],
    }
    return render(request, "portal/notice.html", context)
