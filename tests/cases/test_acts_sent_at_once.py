"""A form sent twice in the same moment acts once, and both senders are led to the same page."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.urls import reverse

from cases.models import Case, Note, Party
from kernel.keys import uuid7
from tests.cases.acting import typed_filing, url
from tests.cast import Cast
from tests.factories import civil_case

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("morning")]


def at_once(senders: list[object]) -> list[object]:
    """Run the senders in threads of their own, each with its own connection."""

    def one(send: object) -> object:
        try:
            return send()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(senders)) as pool:
        return list(pool.map(one, senders))


def test_a_double_click_files_one_case(cast: Cast, as_: object) -> None:
    key = str(uuid7())
    browsers = [as_(cast.filing_clerk) for _ in range(4)]
    sends = [lambda b=browser: b.post(reverse("cases:file"), typed_filing(once=key)) for browser in browsers]
    answers = at_once(sends)
    assert [answer.status_code for answer in answers] == [302] * 4
    assert len({answer.headers["Location"] for answer in answers}) == 1
    assert Case.objects.count() == 1


def test_a_double_click_writes_one_note_and_two_forms_write_two(cast: Cast, as_: object) -> None:
    case = civil_case(cast)
    browsers = [as_(cast.filing_clerk) for _ in range(3)]
    keys = ["01a2045c-0000-7000-8000-000000000001"] * 2 + ["01a2045c-0000-7000-8000-000000000002"]
    sends = [
        lambda b=browser, k=key: b.post(url("note", case), {"text": "已告知补正", "once": k})
        for browser, key in zip(browsers, keys, strict=True)
    ]
    assert [answer.status_code for answer in at_once(sends)] == [302] * 3
    assert Note.objects.count() == 2


def test_two_clerks_who_file_the_same_people_at_once_enter_them_once(cast: Cast, as_: object) -> None:
    browsers = [as_(cast.filing_clerk) for _ in range(4)]
    sends = [lambda b=browser: b.post(reverse("cases:file"), typed_filing()) for browser in browsers]
    assert [answer.status_code for answer in at_once(sends)] == [302] * 4
    assert (Case.objects.count(), Party.objects.count()) == (4, 2)
    assert sorted(Case.objects.values_list("serial", flat=True)) == [1, 2, 3, 4]
