"""django-hordak's transfer_to in a database of its own: `python -m benchmarks.peer DATABASE BATCHES TRANSFERS`.

A process of its own, because its apps are no part of the product's settings. Prints one line of JSON.
"""

import json
import os
import statistics
import sys
import time
from importlib import import_module
from typing import Any

import django
from django.conf import settings
from django.core.management import call_command

from enforcement import env


def main(name: str, batches: int, transfers: int) -> None:
    """Migrate the peer's tables, make two accounts, and time committed transfers between them."""
    database = env.database(os.environ.get("DATABASE_OWNER_URL", os.environ["DATABASE_URL"])) | {"NAME": name}
    settings.configure(
        DATABASES={"default": database},
        INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes", "mptt", "hordak"],
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        USE_TZ=True,
        SECRET_KEY="a benchmark keeps no secrets",
        DEFAULT_CURRENCY="CNY",
        CURRENCIES=["CNY"],
        HORDAK_DECIMAL_PLACES=2,
    )
    django.setup()
    call_command("migrate", verbosity=0)
    print(json.dumps({"transfers_per_second": _measure(batches, transfers)}))


def _measure(batches: int, transfers: int) -> float:
    models: Any = import_module("hordak.models")
    money: Any = import_module("moneyed").Money
    kinds = models.AccountType
    source = models.Account.objects.create(name="source", code="1", type=kinds.income, currencies=["CNY"])
    target = models.Account.objects.create(name="target", code="2", type=kinds.asset, currencies=["CNY"])
    rates = []
    for _batch in range(batches):
        begun = time.perf_counter()
        for _time in range(transfers):
            source.transfer_to(target, money("0.01", "CNY"))
        rates.append(transfers / (time.perf_counter() - begun))
    return statistics.median(rates)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
