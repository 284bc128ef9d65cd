"""django-hordak's transfer_to in a database of its own: `python -m benchmarks.peer DATABASE`.

A process of its own, because its apps are no part of the product's settings. For each number of seconds read from the
input it makes committed transfers for so long and prints how many that were in a second.
"""

import os
import sys
import time
from importlib import import_module
from typing import Any

import django
from django.conf import settings
from django.core.management import call_command

from enforcement import env


def main(name: str) -> None:
    """Migrate the peer's tables, make two accounts, and time committed transfers between them when asked."""
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
    models: Any = import_module("hordak.models")
    amount = import_module("moneyed").Money("0.01", "CNY")
    kinds = models.AccountType
    source = models.Account.objects.create(name="source", code="1", type=kinds.income, currencies=["CNY"])
    target = models.Account.objects.create(name="target", code="2", type=kinds.asset, currencies=["CNY"])
    for asked in sys.stdin:
        done, begun = 0, time.perf_counter()
        while (spent := time.perf_counter() - begun) < float(asked) or not done:
            source.transfer_to(target, amount)
            done += 1
        print(done / spent, flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
