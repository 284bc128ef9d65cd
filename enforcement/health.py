"""Health as JSON: database, broker, worker and beat; 503 when one is down."""

from django.core.cache import cache
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from redis.exceptions import RedisError

from enforcement import env

ALIVE = 60  # seconds
WORKER_KEY, BEAT_KEY = "alive:worker", "alive:beat"


@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    """``{"database": true, "broker": true, "worker": true, "beat": true}``; the token tells which start answers."""
    checks = {"database": _database(), "broker": _broker()}
    checks |= {"worker": _fresh(WORKER_KEY), "beat": _fresh(BEAT_KEY)} if checks["broker"] else {}
    healthy = all(checks.values()) and len(checks) == len(("database", "broker", "worker", "beat"))
    body = checks | {"healthy": healthy, "start": env.text("START_TOKEN", "")}
    return JsonResponse(body, status=200 if healthy else 503)


def _database() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            return bool(cursor.fetchone())
    except DatabaseError:
        return False


def _broker() -> bool:
    try:
        cache.set("alive:broker", 1, 10)
        return bool(cache.get("alive:broker"))
    except RedisError:
        return False


def _fresh(key: str) -> bool:
    return bool(cache.get(key) == env.text("START_TOKEN", ""))


def mark(key: str) -> None:
    """Say that a part of this start is alive; the sign fades by itself."""
    cache.set(key, env.text("START_TOKEN", ""), ALIVE)
