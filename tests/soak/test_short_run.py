"""A hundred commands from three processes, with a bank that misbehaves and every process killed: no fen is lost.

`make soak` plays the same game for minutes.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SEED = 218
KILLED = ("worker", "celery", "database", "broker", "bank", "beat")


@pytest.mark.slow
def test_no_fen_is_lost_while_everything_is_killed() -> None:
    command = [sys.executable, "-m", "tests.soak", "--short", "--seed", str(SEED)]
    told = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", "TEST_"))}
    done = subprocess.run(command, cwd=ROOT, env=told, capture_output=True, text=True, timeout=600, check=False)
    said = done.stdout + done.stderr
    assert done.returncode == 0, said
    assert "violations          0" in said
    killed = next(line for line in done.stdout.splitlines() if line.startswith("killed"))
    assert all(f" {name} " in killed for name in KILLED), killed
