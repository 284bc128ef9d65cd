"""The language that the reader chose, and refusals that a view did not show itself, as pages in plain words."""

import logging
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation

from kernel.refusals import Refusal

logger = logging.getLogger(__name__)


class RefusalMiddleware:
    """Turns a Refusal that left the view into a page with its status and its reasons."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Refusals only; anything else stays an error."""
        if not isinstance(exception, Refusal):
            return None
        logger.info("refused %s %s: %s", request.method, request.path, exception.code)
        template = "404.html" if exception.status == 404 else "409.html"
        return render(request, template, {"refusal": exception}, status=exception.status)


class ChosenLanguageMiddleware:
    """Chinese, unless the reader switched: what a browser was installed in says nothing about a Chinese court's reader."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response
