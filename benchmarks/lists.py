"""The case list and the inbox at 1,000 and at 100,000 cases, and beside Django admin's list of the same rows."""

import statistics
import time
from typing import Any

from django.test import Client

from accounts.middleware import POST_KEY
from accounts.models import Post, User
from benchmarks import court, loading
from kernel import clock

SMALL, LARGE = 1_000, 100_000
ROUNDS = 15


def measure() -> dict[str, dict[str, Any]]:
    """Medians in milliseconds and their ratios."""
    made = court.make()
    at = clock.now()
    loading.cases(court=made.court, officer=made.judge, count=SMALL, first=1, at=at)
    desk, judge = _signed_in(made.clerk), _signed_in(made.judge)
    small_list, small_inbox = _median(desk, "/cases/"), _median(judge, "/")
    loading.cases(court=made.court, officer=made.judge, count=LARGE - SMALL, first=SMALL + 1, at=at)
    large_list, large_inbox = _median(desk, "/cases/"), _median(judge, "/")
    admin = _median(_superuser(), "/admin/cases/case/")
    return {
        "case_list_100k_vs_1k": _row(large_list, small_list),
        "inbox_100k_vs_1k": _row(large_inbox, small_inbox),
        "case_list_vs_admin": _row(large_list, admin),
    }


def _row(value: float, against: float) -> dict[str, Any]:
    return {"value": round(value, 2), "unit": "ms", "against": round(against, 2), "ratio": round(value / against, 3)}


def _median(browser: Client, path: str) -> float:
    times = []
    for _round in range(ROUNDS + 2):
        begun = time.perf_counter()
        answer = browser.get(path)
        times.append((time.perf_counter() - begun) * 1000)
        if answer.status_code != 200:
            raise RuntimeError(f"{path} answers {answer.status_code}")
    return statistics.median(times[2:])


def _signed_in(post: Post) -> Client:
    browser = Client()
    browser.force_login(post.user, backend="django.contrib.auth.backends.ModelBackend")
    session = browser.session
    session[POST_KEY] = str(post.pk)
    session.save()
    return browser


def _superuser() -> Client:
    user = User.objects.create_superuser("root", "not-used-to-sign-in", name="技术")
    browser = Client()
    browser.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return browser
