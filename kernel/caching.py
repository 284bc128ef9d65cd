"""The cache: Django's own on Valkey, with one client for each process instead of one for each look.

A client is safe to share between threads; making one takes longer than the look itself.
"""

from functools import cache
from typing import Any

from django.core.cache.backends.redis import RedisCache, RedisCacheClient


class _Client(RedisCacheClient):
    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._made = cache(lambda write: RedisCacheClient.get_client(self, write=write))

    def get_client(self, key: Any = None, *, write: bool = False) -> Any:
        return self._made(write)


class OneClient(RedisCache):
    """Django's Redis cache, keeping its client."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class = _Client
