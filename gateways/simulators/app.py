"""The outside world in one WSGI app: a bank, registries, the list centre, partners, police and an SMS centre.

Everything is JSON in UTF-8; yuan are strings with two places ("1234.50"), moments ISO 8601 UTC, days ISO dates.
A request with a key is carried out once: the same key and body answer the same again, another body 409 KEY_REUSED.
A header X-Moment (ISO 8601) sets the outsiders' clock by the caller's, so that a demo that moves time moves them too.
Errors: 400 BAD_INPUT, 404 UNKNOWN, 405 METHOD, 409 KEY_REUSED, each {"error", "text"}.

BANK   (`account` is the court's main account and may be left out: the default one, or the one whose sub-accounts match)
  POST /bank/accounts {account, name?, sub_prefix?, opening_balance?}        GET /bank/accounts
  POST /bank/payments {instruction_key, amount, payee_name, payee_account, payee_bank?, remark?, account?}
         -> 202 {instruction_key, answer: ACCEPTED|REFUSED, reason, bank_reference, amount, at}
  GET  /bank/payments/<key>
         -> {instruction_key, status: PENDING|SETTLED|RETURNED|REFUSED, bank_reference, at, reason, amount}
  POST /bank/pay-in {to_sub_account, amount, payer_name, payer_account?, payer_bank?, remark?, key?, account?} -> line
  GET  /bank/credits?since=0&account=&limit=&returns=0 -> {lines: [line + cursor], next}     as they become visible
         line: {account, sub_account, booked_on, booked_at, amount, direction: IN|OUT, currency, balance,
                counterparty_name, counterparty_account, counterparty_bank, remark, bank_reference,
                kind: CREDIT|LEVY|PAYMENT|RETURN, instruction_key}
  GET  /bank/statement?day=&account=&format=camt053|csv -> the file;   GET /bank/balance?day=&account=
         -> {account, day, opening, closing, received, paid, count}
  POST /bank/freezes {request_key, debtor_name, id_number, account?, limit, term_end, ruling}
  GET  /bank/freezes/<request_key>
         -> {request_key, status: PENDING|DONE|REFUSED, reason, at, limit, frozen_amount, start, end, account_tail,
             rank, controls: [{bank, account, account_tail, balance, limit, frozen_amount, rank, start, end}],
             live: {state: IN_FORCE|RELEASED|LAPSED, frozen_amount, rank, end}}
  POST /bank/freezes/<freeze key>/renew   {request_key, term_end, ruling}
  POST /bank/freezes/<freeze key>/release {request_key, ruling, limit?}      limit: the lower cap of a partial release
  POST /bank/freezes/<freeze key>/levy    {request_key, ruling, amount, to_sub_account, remark?, account?}
         -> {request_key, freeze_key, order: RENEW|RELEASE|LEVY, status: PENDING|DONE|REFUSED, reason, at, ...}
  GET  /bank/orders/<request_key>
REGISTRIES  channels: deposit vehicle real_estate equity securities tax social_security
  POST /registries/<channel>/inquiries {request_key, name, id_number}, GET /registries/<channel>/inquiries/<request_key>
         -> {request_key, channel, status: PENDING|ANSWERED|REFUSED, reason, at, findings: [{type, ...}]}
  POST /registries/fixtures {id_number, channel, findings: [...]}    else they follow from the identity number
LISTS, PARTNERS, POLICE
  POST /listings {request_key, list?: DISHONEST|CONSUMPTION, name, id_number, case_number, court?, ground?, ...},
  GET /listings/<key>, DELETE /listings/<key> {reason?}, GET /listings?id_number=&list=
         -> {request_key, status: PENDING|PUBLISHED|WITHDRAWN|REFUSED, listing_number, at, reason}
  POST /partners/<partner>/pushes {request_key, ...}, GET /partners/<partner>/pushes[/<key>]
         -> {request_key, partner, status: PENDING|RECEIVED|REFUSED, at, reason}
  POST /police/requests {request_key, kind: LOCATE|DETAIN|VEHICLE|EXIT_BAN, name, id_number, ...},
  GET  /police/requests/<key>
         -> {request_key, kind, status: PENDING|ANSWERED|REFUSED, found, place, seen_at, reason}
SMS
  POST /sms {key, phone, text}, GET /sms/<key> -> {key, phone, status: PENDING|SENT|REFUSED, at, reason}
  GET  /sms/outbox?phone=&since=&limit= -> {messages: [{cursor, key, phone, text, at}], next}
ANSWERS  what the outside would push, in order of arrival: also late, twice and out of order
  GET  /answers?since=0&limit=100&topic= -> {answers: [{cursor, topic, key, at, body}], next}
         topics: bank.payment bank.freeze bank.order registry.<channel> listing partner.<partner> police sms
FAULTS AND CONTROL
  GET  /faults -> {seed, rates, totals, injected: [{number, at, fault, operation, key}]}
  POST /control/faults {faults: {name: rate}}
  POST /control/force {fault, operation?, key?, times?}     strikes the next matching operations
  POST /control/time {advance_seconds? | advance_days? | at?}
  POST /control/settings {late_seconds?, settle_seconds?, answer_seconds?, timeout_seconds?, again_seconds?,
                          overtaken_seconds?}
  GET  /control     POST /control/reset     GET /healthz
"""

import json
import re
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, unquote, urlencode

from gateways.simulators import bank, faults, freezes, lists, registries, sms
from gateways.simulators.faults import Dropped
from gateways.simulators.state import BadInput, Document, File, KeyReused, State, Unknown, moment_of

Handler = Callable[..., object]
LARGEST_BODY = 1_000_000
REASONS = {
    200: "OK",
    201: "Created",
    202: "Accepted",
    400: "Bad Request",
    404: "Not Found",
    405: "Method Not Allowed",
    409: "Conflict",
    500: "Internal Server Error",
    503: "Service Unavailable",
    504: "Gateway Timeout",
}


@dataclass(frozen=True)
class Route:
    """One path: its handler, the status of success, and the name by which faults know it (empty: never faulty)."""

    method: str
    pattern: re.Pattern[str]
    handler: Handler
    status: int
    operation: str


@dataclass(frozen=True)
class Answer:
    """What came back: the status, the content type and the bytes."""

    status: int
    content_type: str
    content: bytes

    def json(self) -> Any:
        """The body, decoded."""
        return json.loads(self.content)


def _route(method: str, path: str, handler: Handler, status: int = 200, operation: str = "") -> Route:
    pattern = re.compile("^" + re.sub(r"<(\w+)>", r"(?P<\1>[^/]+)", path) + "$")
    return Route(method, pattern, handler, status, operation)


def _healthz(state: State, body: Document, query: Document) -> Document:
    return {"status": "ok", "now": state.now_text()}


def _reset(state: State, body: Document, query: Document) -> Document:
    state.clear()
    return {"status": "ok"}


def _control(state: State, body: Document, query: Document) -> Document:
    return {"now": state.now_text(), "settings": state.settings(), "seed": state.seed, "rates": state.rates()}


def _time(state: State, body: Document, query: Document) -> Document:
    state.move(body)
    return {"now": state.now_text()}


def _settings(state: State, body: Document, query: Document) -> Document:
    return state.change_settings(body)


ROUTES = (
    _route("POST", "/bank/accounts", bank.open_account, 201),
    _route("GET", "/bank/accounts", bank.accounts),
    _route("POST", "/bank/payments", bank.pay, 202, "payment"),
    _route("GET", "/bank/payments/<key>", bank.payment, 200, "payment-query"),
    _route("POST", "/bank/pay-in", bank.pay_in, 201),
    _route("GET", "/bank/credits", bank.credits_since, 200, "credits"),
    _route("GET", "/bank/statement", bank.statement),
    _route("GET", "/bank/balance", bank.balance),
    _route("POST", "/bank/freezes", freezes.freeze, 202, "freeze"),
    _route("GET", "/bank/freezes/<key>", freezes.freeze_result, 200, "freeze-query"),
    _route("POST", "/bank/freezes/<key>/renew", freezes.renew, 202, "renew"),
    _route("POST", "/bank/freezes/<key>/release", freezes.release, 202, "release"),
    _route("POST", "/bank/freezes/<key>/levy", freezes.levy, 202, "levy"),
    _route("GET", "/bank/orders/<key>", freezes.order_result, 200, "order-query"),
    _route("POST", "/registries/fixtures", registries.set_fixture, 201),
    _route("POST", "/registries/<channel>/inquiries", registries.inquire, 202, "inquiry"),
    _route("GET", "/registries/<channel>/inquiries/<key>", registries.inquiry, 200, "inquiry-query"),
    _route("POST", "/listings", lists.publish, 202, "listing"),
    _route("GET", "/listings", lists.listings),
    _route("GET", "/listings/<key>", lists.listing, 200, "listing-query"),
    _route("DELETE", "/listings/<key>", lists.withdraw, 200, "withdrawal"),
    _route("POST", "/partners/<partner>/pushes", lists.push, 202, "push"),
    _route("GET", "/partners/<partner>/pushes", lists.pushes),
    _route("GET", "/partners/<partner>/pushes/<key>", lists.pushed, 200, "push-query"),
    _route("POST", "/police/requests", lists.ask_police, 202, "police"),
    _route("GET", "/police/requests/<key>", lists.police_answer, 200, "police-query"),
    _route("POST", "/sms", sms.send, 202, "sms"),
    _route("GET", "/sms/outbox", sms.outbox),
    _route("GET", "/sms/<key>", sms.message, 200, "sms-query"),
    _route("GET", "/answers", faults.answers_since, 200, "answers"),
    _route("GET", "/faults", faults.report),
    _route("POST", "/control/faults", faults.set_rates),
    _route("POST", "/control/force", faults.force),
    _route("POST", "/control/time", _time),
    _route("POST", "/control/settings", _settings),
    _route("POST", "/control/reset", _reset),
    _route("GET", "/control", _control),
    _route("GET", "/healthz", _healthz),
)


class Simulators:
    """The WSGI app; `request` calls it in-process and raises ConnectionResetError or TimeoutError for a lost answer."""

    def __init__(self, state: State) -> None:
        self.state = state

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., object]) -> Iterable[bytes]:
        """WSGI entry; a dropped connection leaves as an exception, which the server turns into a closed socket."""
        length = int(environ.get("CONTENT_LENGTH") or 0)
        raw = environ["wsgi.input"].read(min(length, LARGEST_BODY)) if length else b""
        path = unquote(environ.get("PATH_INFO", "/").encode("latin-1").decode("utf-8", "replace"))
        self._follow(environ.get("HTTP_X_MOMENT", ""))
        answer = self._answer(environ["REQUEST_METHOD"], path, environ.get("QUERY_STRING", ""), raw)
        headers = [("Content-Type", answer.content_type), ("Content-Length", str(len(answer.content)))]
        start_response(f"{answer.status} {REASONS.get(answer.status, 'Status')}", headers)
        return [answer.content]

    def request(
        self, method: str, path: str, body: Document | None = None, query: dict[str, object] | None = None
    ) -> Answer:
        """Ask in-process, as the HTTP client would; refusals come back as statuses, lost answers as exceptions."""
        raw = json.dumps(body, ensure_ascii=False).encode() if body is not None else b""
        return self._answer(method, path, urlencode(query or {}), raw)

    def _follow(self, text: str) -> None:
        try:
            moment = moment_of(text) if text else None
        except ValueError:
            moment = None
        if moment:
            with self.state.transaction():
                self.state.follow(moment)

    def _answer(self, method: str, path: str, query: str, raw: bytes) -> Answer:
        route, parts = _find(method, path)
        if route is None:
            return _error(405 if parts else 404, "METHOD" if parts else "UNKNOWN", f"没有这个地址：{method} {path}")
        try:
            body = _body(raw)
            parameters = {name: values[-1] for name, values in parse_qs(query, keep_blank_values=True).items()}
            return self._carry_out(route, parts, body, parameters)
        except BadInput as wrong:
            return _error(400, "BAD_INPUT", str(wrong))
        except Unknown as wrong:
            return _error(404, "UNKNOWN", str(wrong))
        except KeyReused as wrong:
            return _error(409, "KEY_REUSED", str(wrong))

    def _carry_out(self, route: Route, parts: dict[str, str], body: Document, query: Document) -> Answer:
        key = str(body.get("instruction_key") or body.get("request_key") or body.get("key") or parts.get("key") or "")
        with self.state.transaction():
            if route.operation and faults.is_down(self.state, route.operation, key):
                return _error(503, "DOWN", "服务暂不可用，请稍后再试")
            result = route.handler(self.state, body, query, **parts)
            lost = faults.lost_how(self.state, route.operation, key) if route.operation else ""
            timeout = float(self.state.settings()["timeout_seconds"])
        if lost == "lost_500":
            return _error(500, "INTERNAL", "系统内部错误")
        if lost:
            _lose(lost, timeout)
        if isinstance(result, File):
            return Answer(200, result.content_type, result.content)
        return Answer(route.status, "application/json", _dump(result))


def _lose(how: str, timeout: float) -> None:
    if how == "lost_timeout":
        time.sleep(timeout)
        raise TimeoutError("The answer was lost: it did not come in time")
    raise Dropped("The answer was lost: the connection was closed after accepting")


def _find(method: str, path: str) -> tuple[Route | None, dict[str, str]]:
    """The route of a path; (None, {...}) when only the method is wrong, (None, {}) when nothing is there."""
    other: dict[str, str] = {}
    for route, parts in _matching(path):
        if route.method == method:
            return route, parts
        other = {"method": route.method}
    return None, other


def _matching(path: str) -> Iterator[tuple[Route, dict[str, str]]]:
    for route in ROUTES:
        if match := route.pattern.match(path):
            yield route, match.groupdict()


def _body(raw: bytes) -> Document:
    if not raw:
        return {}
    try:
        body = json.loads(raw)
    except ValueError:
        raise BadInput("请求体不是 JSON") from None
    if not isinstance(body, dict):
        raise BadInput("请求体应是一个 JSON 对象")
    return body


def _dump(document: object) -> bytes:
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()


def _error(status: int, code: str, text: str) -> Answer:
    return Answer(status, "application/json", _dump({"error": code, "text": text}))
