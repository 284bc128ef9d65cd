"""Run every benchmark, print a table and write var/bench.json as {name: {value, unit, against, ratio}}.

The database is a throw-away one (``make bench``); rows are loaded by COPY.
"""

import json
import os
import sys
from importlib import import_module
from typing import Any

import django
from django.conf import settings
from django.core.management import call_command

PARTS = ("law", "chain", "ledger", "receipts", "statement", "reconciling", "lists")


def main() -> int:
    """Run the parts named on the command line, or all of them."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "enforcement.settings")
    os.environ.setdefault("DEMO", "1")  # mounts Django's admin, the peer of the case list
    django.setup()
    call_command("migrate", verbosity=0)
    found: dict[str, dict[str, Any]] = {}
    for name in sys.argv[1:] or PARTS:
        found |= import_module(f"benchmarks.{name}").measure()
        print(f"… {name}", flush=True)
    _show(found)
    path = settings.BASE_DIR / "var" / "bench.json"
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(found, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return 0


def _show(found: dict[str, dict[str, Any]]) -> None:
    print(f"{'name':<28}{'value':>12} {'unit':<10}{'against':>12}{'ratio':>8}")
    for name, row in found.items():
        against, ratio = (row.get(key) if row.get(key) is not None else "—" for key in ("against", "ratio"))
        print(f"{name:<28}{row['value']:>12} {row['unit']:<10}{against:>12}{ratio:>8}")


if __name__ == "__main__":
    raise SystemExit(main())
