"""Acts on a debtor: warn, propose a limit, a listing, a fine or a detention."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.access import allowed
from accounts.roles import Action
from cases import access
from cases.kinds import OWING
from cases.models import Case, Participation, Party
from cases.views import acting
from cases.views.acting import Done, Note, Sheet
from kernel import clock
from kernel.refusals import NotFound
from law import consumption
from pressure.forms import LimitForm, ListForm, SanctionForm, WarnForm
from pressure.services import limiting, listing, sanctioning, standing, warning
from pressure.views.ladders import ladder_url

TO_THE_PRESIDENT = "已提请院长签发。"


def _debtor(request: HttpRequest, number: str, key: UUID) -> tuple[Case, Party]:
    """The debtor of a case for an act; strangers and other people's cases look absent."""
    case = access.case_for(acting.actor_of(request), number, Action.PROPOSE_PRESSURE)
    row = Participation.objects.filter(case=case, party_id=key, role__in=OWING).select_related("party").first()
    if row is None:
        raise NotFound()
    return case, row.party


def _act(
    request: HttpRequest, case: Case, party: Party, form: forms.Form, do: Callable[[], str], **shown: Any
) -> HttpResponse:
    """The sheet of an act on a debtor; ``do`` returns the sentence about it."""
    owed = standing.owed(case, party, clock.now())
    facts = [(_("被执行人"), party.name), (_("现欠"), f"{owed:,.2f} {_('元')}"), *shown.pop("facts", ())]
    sheet = Sheet(form=form, case=case, facts=facts, **shown)
    return acting.act(request, sheet, lambda: Done(ladder_url(case, party.pk), do()))


@require_http_methods(["GET", "POST"])
@allowed(Action.PROPOSE_PRESSURE)
def warn(request: HttpRequest, number: str, key: UUID) -> HttpResponse:
    """Issue a credit warning with days of grace."""
    case, party = _debtor(request, number, key)
    form = WarnForm(acting.typed(request))

    def do() -> str:
        row = warning.warn(
            case_id=case.pk, party_id=party.pk, days=form.cleaned_data["days"], actor=acting.actor_of(request),
            at=clock.now(),
        )  # fmt: skip
        day = row.last_day
        return _("已发失信预警，宽限至 %(day)s。") % {"day": f"{day.month}月{day.day}日" if day else ""}

    notes = [Note(_("宽限期内履行完毕，不因本案采取信用惩戒；届满只生成待办，不自动惩戒。"))]
    return _act(request, case, party, form, do, title=_("失信预警"), button=_("发出预警"), notes=notes)


@require_http_methods(["GET", "POST"])
@allowed(Action.PROPOSE_PRESSURE)
def limit(request: HttpRequest, number: str, key: UUID) -> HttpResponse:
    """Propose a consumption limit with one's own reason."""
    case, party = _debtor(request, number, key)
    form = LimitForm(acting.typed(request))

    def do() -> str:
        limiting.propose(
            case_id=case.pk, party_id=party.pk, why=form.cleaned_data["why"], actor=acting.actor_of(request),
            at=clock.now(),
        )  # fmt: skip
        return _("已提请院长签发限制消费令。")

    text = _("签发后不得实施 %(count)s 项高消费，含飞机、列车软卧、G 字头动车组全部座位。") % {
        "count": len(consumption.ITEMS)
    }
    return _act(request, case, party, form, do, title=_("提请限制消费"), button=_("提请院长签发"), notes=[Note(text)])


@require_http_methods(["GET", "POST"])
@allowed(Action.PROPOSE_PRESSURE)
def list_(request: HttpRequest, number: str, key: UUID) -> HttpResponse:
    """Propose a listing on one of the six grounds, with its evidence."""
    case, party = _debtor(request, number, key)
    form = ListForm(acting.typed(request))

    def do() -> str:
        typed = form.cleaned_data
        listing.propose(
            case_id=case.pk, party_id=party.pk, ground=typed["ground"], evidence=typed["evidence"],
            grace_months=typed["grace_months"], actor=acting.actor_of(request), at=clock.now(),
        )  # fmt: skip
        return _("已提请院长签发失信决定。")

    notes = [
        Note(_("列入失信的，同时限制消费；宽限期内不公布。"), "warn"),
        Note(_("未成年人、单位失信牵连的负责人、已控足额财产的，不得列入（失规3、4，善意16）。")),
    ]
    return _act(request, case, party, form, do, title=_("提请纳入失信名单"), button=_("提请院长签发"), notes=notes)


@require_http_methods(["GET", "POST"])
@allowed(Action.PROPOSE_PRESSURE)
def sanction_new(request: HttpRequest, number: str, key: UUID) -> HttpResponse:
    """Propose a fine or a detention."""
    case, party = _debtor(request, number, key)
    form = SanctionForm(acting.typed(request))

    def do() -> str:
        sanctioning.propose(case_id=case.pk, given=form.given(party), actor=acting.actor_of(request), at=clock.now())
        return _("已提请院长批准。")

    return _act(
        request, case, party, form, do, title=_("提请罚款、拘留"), button=_("提请院长批准"),
        template="pressure/sanction.html", notes=[Note(_("罚款、拘留须经院长批准，另立司惩案号；不抵债。"), "warn")],
    )  # fmt: skip
