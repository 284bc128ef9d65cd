"""The container files say what the product needs, and hold no secret."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from enforcement.celery import QUEUES
from enforcement.demo import worker

ROOT = Path(__file__).resolve().parents[2]
OURS = {"migrate", "web", "worker", "beat"}


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
    return loaded


def test_every_process_of_the_product_is_a_service(compose: dict[str, Any]) -> None:
    assert set(compose["services"]) == OURS | {"postgres", "valkey"}


def test_each_service_runs_its_own_command(compose: dict[str, Any]) -> None:
    commands = {name: " ".join(service.get("command", [])) for name, service in compose["services"].items()}
    assert commands["migrate"] == "python -m enforcement.demo.steps migrate --no-input grant_roles"
    assert commands["worker"].startswith("python -m enforcement.demo.worker ")
    assert commands["beat"].startswith("celery -A enforcement beat ")
    assert commands["web"] == ""  # that of the image
    assert '"enforcement.wsgi:application"' in (ROOT / "Dockerfile").read_text(encoding="utf-8")


def test_the_worker_command_serves_every_queue() -> None:
    assert worker.command(["--concurrency", "2"]) == ["worker", "--queues", ",".join(QUEUES), "--concurrency", "2"]


def test_the_tables_are_there_before_anyone_uses_them(compose: dict[str, Any]) -> None:
    services = compose["services"]
    assert services["migrate"]["depends_on"] == {"postgres": {"condition": "service_healthy"}}
    for name in ("web", "worker", "beat"):
        assert services[name]["depends_on"]["migrate"] == {"condition": "service_completed_successfully"}
        assert services[name]["depends_on"]["valkey"] == {"condition": "service_healthy"}


def test_whatever_serves_others_is_asked_after_its_health(compose: dict[str, Any]) -> None:
    for name in ("postgres", "valkey", "web", "worker"):
        assert compose["services"][name]["healthcheck"]["test"][0] == "CMD"
    assert compose["services"]["web"]["healthcheck"]["test"][-1].endswith("/healthz")


def test_only_the_migration_knows_the_owner(compose: dict[str, Any]) -> None:
    for name in OURS - {"migrate"}:
        assert not [secret for secret in compose["services"][name]["secrets"] if secret.startswith("owner")]


def test_secrets_come_from_files_and_nowhere_else(compose: dict[str, Any]) -> None:
    for service in compose["services"].values():
        for name, value in service.get("environment", {}).items():
            if re.search("KEY|PASSWORD|DATABASE_URL", name):
                assert name.endswith("_FILE")
                assert str(value).removeprefix("/run/secrets/") in compose["secrets"]
    assert {secret["file"].rpartition("/")[0] for secret in compose["secrets"].values()} == {"./secrets"}
    assert "secrets/" in (ROOT / ".gitignore").read_text(encoding="utf-8").split()
    assert "secrets" in (ROOT / ".dockerignore").read_text(encoding="utf-8").split()


def test_the_image_does_not_run_as_root() -> None:
    users = re.findall(r"^USER (\S+)$", (ROOT / "Dockerfile").read_text(encoding="utf-8"), re.MULTILINE)
    assert users == ["shanzhi"]
