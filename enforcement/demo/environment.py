"""The environment of the demo's processes: addresses, and secrets made once and kept in var/secrets.env (mode 600)."""

import base64
import os
import secrets
import shlex
from collections.abc import Mapping
from pathlib import Path

from enforcement.demo.places import ROOT, Places
from enforcement.demo.refused import CannotStart


def read(path: Path) -> dict[str, str]:
    """Variables of a file of `export NAME=value` lines, which a shell can also read."""
    pairs = (shlex.split(line)[-1].partition("=") for line in path.read_text(encoding="utf-8").splitlines() if line)
    return {name: value for name, _, value in pairs}


def write(path: Path, variables: Mapping[str, str]) -> None:
    """Write variables as shell lines into a file that only we can read."""
    fresh = path.with_name(path.name + ".new")
    fresh.unlink(missing_ok=True)
    lines = "".join(f"export {name}={shlex.quote(value)}\n" for name, value in variables.items())
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(lines)
    fresh.replace(path)


def kept_secrets(places: Places) -> dict[str, str]:
    """The demo's keys, made at its first start and then kept: without them its encrypted fields are lost."""
    path = places.var / "secrets.env"
    if path.exists():
        return read(path)
    made = {
        "SECRET_KEY": secrets.token_urlsafe(48),
        "FIELD_KEYS": base64.urlsafe_b64encode(secrets.token_bytes(32)).decode(),
        "LOOKUP_KEY": secrets.token_hex(32),
    }
    write(path, made)
    return made


def outside_servers() -> dict[str, str]:
    """Addresses of servers that are not ours to run; raises CannotStart when only one database role is named."""
    named = {name: os.environ.get(name, "") for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL")}
    if bool(named["DATABASE_URL"]) != bool(named["DATABASE_OWNER_URL"]):
        raise CannotStart("Set both DATABASE_URL (role app) and DATABASE_OWNER_URL (role owner), or neither.")
    return {name: value for name, value in named.items() if value}


def for_the_demo(places: Places, *, port: int, addresses: Mapping[str, str]) -> dict[str, str]:
    """Everything the demo's processes are told; what is already set in our own environment wins."""
    told = {
        "DJANGO_SETTINGS_MODULE": "enforcement.settings",
        "DEMO": "1",
        "PORT": str(port),
        "PUBLIC_URL": f"http://127.0.0.1:{port}",
        "PYTHONPATH": str(ROOT),
        "PYTHONUNBUFFERED": "1",
        "CELERY_SKIP_CHECKS": "1",  # CI runs them; at each start they would double that of worker and beat
        **kept_secrets(places),
    }
    told = {name: os.environ.get(name) or value for name, value in told.items()}
    ours = {
        "VAR_DIR": str(places.var),
        "START_TOKEN": secrets.token_hex(16),
        "PYTHONDONTWRITEBYTECODE": "",  # six processes that each compile everything anew start in twice the time
    }
    return told | ours | dict(addresses)
