"""What the reading pages share: chips of filters that live in the address, and workbooks as answers."""

from typing import Any

from django.http import HttpRequest, HttpResponse

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def query(request: HttpRequest, **changes: str) -> str:
    """The address's query with some keys changed; an empty value removes a key, and paging starts anew."""
    found = request.GET.copy()
    found.pop("page", None)
    for key, value in changes.items():
        found.pop(key, None)
        if value:
            found[key] = value
    return f"?{found.urlencode()}" if found else request.path


def chip(request: HttpRequest, label: Any, active: bool, **changes: str) -> dict[str, Any]:
    """One filter chip."""
    return {"label": label, "url": query(request, **changes), "active": active}


def workbook(content: bytes, name: str) -> HttpResponse:
    """A workbook to keep; browsers must not."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return HttpResponse(content, content_type=XLSX, headers=headers)
