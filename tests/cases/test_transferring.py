"""A criminal judgment's property part is handed over for execution: the state is owed, nobody applies (M-21, DIST-CRIM)."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from cases import queries
from cases.kinds import ItemNature
from cases.models import Case, JudgmentItem
from cases.services import transferring
from cases.services.transferring import Order, Transfer
from kernel import clock
from kernel.refusals import NotAllowed
from tests import factories
from tests.cast import MORNING, Cast

D = Decimal
EFFECTIVE = date(2026, 10, 9)
FINE = Order(ItemNature.FINE, D("5000.00"))


def handed_over(cast: Cast, *orders: Order, who: str = "filing_clerk", **more: object) -> Case:
    given: dict[str, object] = {
        "judgment": "（2026）晋1031刑初12号",
        "offence": "盗窃罪",
        "effective_on": EFFECTIVE,
        "convict": factories.person("葫某", 77),
        "orders": orders,
    }
    actor = cast.actor(getattr(cast, who))
    return transferring.file(court=cast.xixian, given=Transfer(**(given | more)), actor=actor, at=MORNING)  # type: ignore[arg-type]


def test_a_fine_has_no_private_payee_no_fee_and_no_doubled_interest(cast: Cast, morning: None) -> None:
    case = handed_over(cast, FINE)
    assert (case.kind, case.fee, case.claimed, case.number) == (
        "EXECUTION",
        None,
        D("5000.00"),
        "（2026）晋1031执1号",
    )
    assert list(case.participations.values_list("role", flat=True)) == ["DEBTOR"]
    item = JudgmentItem.objects.get()
    assert (item.payee, item.case, str(item.get_nature_display())) == (None, case, "罚金")
    owed = queries.debt(case.matter, clock.day_of(MORNING))
    assert (owed.total, owed.doubled_interest) == (D("5000.00"), D("0.00"))


def test_restitution_comes_before_the_fine_and_the_fine_before_confiscation(cast: Cast, morning: None) -> None:
    victim = factories.person("李某害", 78)
    case = handed_over(
        cast, Order(ItemNature.CONFISCATION, D("300.00")), FINE, Order(ItemNature.RESTITUTION, D("1000.00"), victim)
    )
    rows = JudgmentItem.objects.filter(matter=case.matter).order_by("ordinal")
    assert [row.nature for row in rows] == ["RESTITUTION", "FINE", "CONFISCATION"]
    assert set(case.participations.values_list("role", flat=True)) == {"DEBTOR", "CREDITOR"}


@pytest.mark.parametrize(
    ("orders", "more", "refusal"),
    [
        ((), {}, transferring.NothingOrdered),
        ((Order(ItemNature.FINE, D(0)),), {}, transferring.NothingOrdered),
        ((Order(ItemNature.RESTITUTION, D(10)),), {}, transferring.NothingOrdered),
        ((FINE,), {"judgment": "刑初十二"}, transferring.JudgmentUnclear),
        ((FINE,), {"effective_on": date(2027, 1, 1)}, transferring.JudgmentUnclear),
    ],
)
def test_what_is_unclear_opens_no_case(
    cast: Cast, morning: None, orders: tuple[Order, ...], more: dict[str, object], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        handed_over(cast, *orders, **more)
    assert not Case.objects.exists()


def test_only_filing_takes_a_transfer(cast: Cast, morning: None) -> None:
    with pytest.raises(NotAllowed):
        handed_over(cast, FINE, who="executor")


def test_the_filing_clerk_files_it_on_one_page(cast: Cast, as_: object, morning: None) -> None:
    client = as_(cast.filing_clerk)  # type: ignore[operator]
    url = reverse("cases:file_criminal")
    assert "罚金" in client.get(url).content.decode()
    assert url in client.get(reverse("cases:file")).content.decode()
    typed = {
        "judgment": "2026晋1031刑初12",
        "offence": "盗窃罪",
        "effective_on": "2026-10-09",
        "kind": "PERSON",
        "name": "葫某",
        "fine": "5000",
        "once": "0196f0c8-0000-7000-8000-000000000001",
    }
    assert client.post(url, typed | {"fine": ""}).status_code == 400
    answer = client.post(url, typed)
    case = Case.objects.get()
    assert answer["Location"] == reverse("cases:case", args=[case.slug])
    page = client.get(answer["Location"]).content.decode()
    assert "盗窃罪" in page
    assert "移送执行" in page
    assert "罚金" in client.get(answer["Location"] + "?tab=items").content.decode()
