"""How far the demo court has grown: kept in the shared cache, shown in the desk's top bar and asked for by it."""

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_GET

from accounts.access import staff_required

KEY = "demo-court-progress"
KEPT = 600  # seconds


def keep(done: int, total: int) -> None:
    """Say how many of the further matters are there."""
    cache.set(KEY, (done, total), KEPT)


def read() -> tuple[int, int] | None:
    """How many of how many; None when the court does not grow now."""
    found: tuple[int, int] | None = cache.get(KEY)
    return found if found and found[0] < found[1] else None


def mark() -> dict[str, object]:
    """What the mark of the demo in the top bar shows."""
    try:
        return {"growing": read(), "poll_url": reverse("demo_progress")}
    except NoReverseMatch:
        return {"growing": None, "poll_url": ""}


@require_GET
@staff_required
def show(request: HttpRequest) -> HttpResponse:
    """The mark by itself; when nothing grows any more it stops asking."""
    return render(request, "demo/progress.html", mark())
