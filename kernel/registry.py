"""Declarations found by autodiscovery: how a low floor runs rows that a higher one declares."""

from collections.abc import Callable, Iterator
from importlib import import_module
from importlib.util import find_spec
from typing import Generic, TypeVar

from django.apps import apps

Row = TypeVar("Row")

DECLARATION_FILES = ("events", "duties", "decisions", "papers", "closing", "panels", "acts", "facts", "receivers")


class Duplicate(RuntimeError):
    """Two declarations share a name."""


class Registry(Generic[Row]):
    """Rows by name, in the order of declaration."""

    def __init__(self, key: Callable[[Row], str]) -> None:
        self._key = key
        self._rows: dict[str, Row] = {}
        self.changes = 0
        """How often rows came or went: what is computed from the rows is good until it grows."""

    def declare(self, *rows: Row) -> None:
        """Add rows; raises Duplicate when a name is taken."""
        for row in rows:
            name = self._key(row)
            if name in self._rows:
                raise Duplicate(name)
            self._rows[name] = row
            self.changes += 1

    def remove(self, name: str) -> None:
        """Take a row out again (tests that declare a row of their own)."""
        self._rows.pop(name, None)
        self.changes += 1

    def get(self, name: str) -> Row:
        """The row of that name; KeyError when it is unknown."""
        return self._rows[name]

    def find(self, name: str) -> Row | None:
        """The row of that name, or None."""
        return self._rows.get(name)

    def __iter__(self) -> Iterator[Row]:
        return iter(list(self._rows.values()))

    def __contains__(self, name: object) -> bool:
        return name in self._rows

    def __len__(self) -> int:
        return len(self._rows)


def discover() -> None:
    """Import every declaration file of every installed room; called once, when all apps are ready."""
    for config in apps.get_app_configs():
        if "." in config.name:
            continue
        for name in DECLARATION_FILES:
            if find_spec(f"{config.name}.{name}"):
                import_module(f"{config.name}.{name}")
