"""API bricks: keyset pages and refusals as JSON."""

from typing import Any

from rest_framework.exceptions import APIException
from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView
from rest_framework.views import exception_handler as default_handler

from kernel import paging
from kernel.refusals import Refusal


class KeysetPagination(BasePagination):
    """``?page=token&page_size=50``; the view names its ``order``."""

    page: paging.Page

    def paginate_queryset(self, queryset: Any, request: Request, view: APIView | None = None) -> list[Any]:
        size = request.query_params.get("page_size", "50")
        order = getattr(view, "order", ("-id",))
        self.page = paging.page(
            queryset,
            order=order,
            token=request.query_params.get("page", ""),
            size=min(int(size), 200) if size.isdigit() and int(size) else 50,
        )
        return list(self.page.rows)

    def get_paginated_response(self, data: Any) -> Response:
        page = self.page
        return Response(
            {
                "count": page.count,
                "capped": page.capped,
                "next": page.next,
                "previous": page.previous,
                "results": data,
            }
        )

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        token = {"type": "string", "description": "Token for ?page=, empty at the end"}
        return {
            "type": "object",
            "required": ["count", "capped", "next", "previous", "results"],
            "properties": {
                "count": {"type": "integer", "description": "At most 1000"},
                "capped": {"type": "boolean"},
                "next": token,
                "previous": token,
                "results": schema,
            },
        }

    def get_schema_operation_parameters(self, view: APIView) -> list[dict[str, Any]]:
        return [
            {"name": "page", "in": "query", "required": False, "schema": {"type": "string"}},
            {
                "name": "page_size",
                "in": "query",
                "required": False,
                "schema": {"type": "integer", "maximum": 200},
            },
        ]


def exception_handler(exception: Exception, context: dict[str, Any]) -> Response | None:
    """Refusals become {code, detail, conditions}; the rest as Django REST framework does it."""
    if isinstance(exception, Refusal):
        body: dict[str, Any] = {"code": exception.code, "detail": exception.text}
        if exception.conditions:
            body["conditions"] = [{"text": row.text, "met": row.met, "cure": row.cure} for row in exception.conditions]
        if exception.differences:
            body["differences"] = [
                {"field": row.label, "now": row.now, "typed": row.typed} for row in exception.differences
            ]
        return Response(body, status=exception.status)
    response = default_handler(exception, context)
    if response is not None and isinstance(exception, APIException) and isinstance(response.data, dict):
        response.data.setdefault("code", getattr(exception, "default_code", "error"))
    return response
