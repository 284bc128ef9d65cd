"""Every address is walked: nobody without a sign-in gets in, and what a stranger names is absent."""

from collections.abc import Iterator
from uuid import UUID

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from tests import factories
from tests.cast import Cast

OPEN = {
    "healthz": "asked by the machine that watches; says nothing of cases",
    "set_language": "changes only the language of the page",
    "accounts:sign_in": "the door of the desk",
    "portal:sign_in": "the door of the portal",
    "portal:code": "the second half of the portal's door",
    "open:pay": "the payer's page behind a QR code: an unguessable token, masked names",
    "open:paid": "the same token; tells nothing of what exists",
    "open:told": "the same token; says that a claim was taken",
    "open:notices": "public notices, masked",
    "open:notice": "one public notice, masked",
    "api:schema": "describes the API, holds no data",
    "kit": "shows the parts of pages with invented data, in the demo only",
}
SKIPPED = ("admin:",)
SAMPLE = "2026晋1031执999号"


def patterns(resolver: URLResolver, prefix: str = "", space: str = "") -> Iterator[tuple[str, str]]:
    """Name and sample path of every address."""
    for row in resolver.url_patterns:
        path = prefix + sample(row)
        if isinstance(row, URLResolver):
            name = f"{row.namespace}:" if row.namespace else ""
            yield from patterns(row, path, space + name)
        elif isinstance(row, URLPattern) and row.name:
            yield space + row.name, "/" + path


def sample(row: URLPattern | URLResolver) -> str:
    """The route with every parameter filled in."""
    route = str(row.pattern)
    for name, converter in row.pattern.converters.items():
        kind = type(converter).__name__
        value = str(UUID(int=7)) if kind == "UUIDConverter" else ("1" if kind == "IntConverter" else SAMPLE)
        for spelled in (
            f"<uuid:{name}>",
            f"<str:{name}>",
            f"<int:{name}>",
            f"<slug:{name}>",
            f"<{name}>",
            f"<path:{name}>",
        ):
            route = route.replace(spelled, value)
    if route.startswith("^"):
        route = route.replace("(?P<number>[^/]+)", SAMPLE).replace("(?P<pk>[^/.]+)", str(UUID(int=7)))
        route = route.strip("^$").replace("\\.", ".").replace("/?", "/").replace("\\Z", "")
    return route


ADDRESSES = sorted({row for row in patterns(get_resolver()) if not row[0].startswith(SKIPPED)})


@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_gets_in_without_signing_in(method: str, db: None) -> None:
    guilty = []
    for name, path in ADDRESSES:
        answer = getattr(Client(), method)(path)
        if name in OPEN:
            continue
        leads_elsewhere = answer.status_code == 302 and "sign-in" not in answer["Location"]
        if answer.status_code not in {302, 401, 403, 404, 405} or leads_elsewhere:
            guilty.append((name, path, answer.status_code))
    assert guilty == [], "these open to anybody"


def test_the_list_of_open_doors_is_not_stale() -> None:
    names = {name for name, _path in ADDRESSES}
    assert OPEN.keys() - names <= {"kit"}


def test_another_courts_case_is_absent_everywhere(cast: Cast, as_: object) -> None:
    case = factories.execution_case(cast)
    browser = as_(cast.stranger)  # type: ignore[operator]
    guilty = []
    for name, path in ADDRESSES:
        if SAMPLE not in path:
            continue
        answer = browser.get(path.replace(SAMPLE, case.slug))
        if answer.status_code not in {302, 403, 404, 405} or case.number in answer.content.decode():
            guilty.append((name, answer.status_code))
    assert guilty == [], "these show a case of another court"
