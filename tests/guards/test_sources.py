"""Conventions that run: sizes, the one clock, the one money column, no names of machines or registries."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROOMS = (
    "enforcement",
    "portal",
    "insight",
    "assets",
    "funds",
    "pressure",
    "cases",
    "gateways",
    "accounts",
    "kernel",
    "law",
)

FILE_WALL, FUNCTION_WALL = 400, 60
LONG_FILES: dict[str, str] = {}
LONG_FUNCTIONS: dict[str, str] = {}
MAY_READ_THE_CLOCK = {
    "kernel/clock.py": "the one clock",
    "kernel/keys.py": "a key's time part orders keys and says nothing of the law",
    "gateways/simulators/state.py": "the outsiders' own clock, free of Django",
}
MAY_NAME_DECIMALS = {"kernel/money.py": "the one money column"}
FORBIDDEN = (
    re.compile(
        r"(?:--(?:extra-)?index-url|--find-links)|\"resolved\":|https?://[^/\s]*(?:registry|packages|mirror|index\.)",
        re.I,
    ),
    re.compile(r"(?<![\w.])/(?:work|root|home)/\w"),
)


def sources(*rooms: str) -> Iterator[tuple[str, str]]:
    """Relative path and text of every Python source of the rooms, migrations apart."""
    for room in rooms or ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            if "migrations" not in path.parts:
                yield str(path.relative_to(ROOT)), path.read_text(encoding="utf-8")


def functions() -> Iterator[tuple[str, int]]:
    for name, text in sources():
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield f"{name}::{node.name}", (node.end_lineno or node.lineno) - node.lineno + 1


def test_no_file_passes_the_wall() -> None:
    long = {name: text.count("\n") for name, text in sources() if text.count("\n") > FILE_WALL}
    assert long.keys() == LONG_FILES.keys(), f"split these, or give a reason (and drop stale reasons): {long}"


def test_no_function_passes_the_wall() -> None:
    long = {name: lines for name, lines in functions() if lines > FUNCTION_WALL}
    assert long.keys() == LONG_FUNCTIONS.keys(), f"split these, or give a reason: {long}"


def test_only_the_clock_reads_the_clock() -> None:
    call = re.compile(r"\b(datetime\.now|datetime\.utcnow|date\.today|timezone\.now|time\.time(_ns)?)\(")
    demo = "enforcement/"  # the supervisor measures its own waiting
    found = {
        name
        for name, text in sources()
        if call.search(text) and not name.startswith((f"{demo}demo/", f"{demo}installing"))
    }
    assert found <= MAY_READ_THE_CLOCK.keys(), f"use kernel.clock in {sorted(found - MAY_READ_THE_CLOCK.keys())}"
    assert MAY_READ_THE_CLOCK.keys() <= found, "a reason is stale"


def test_money_is_never_a_float_or_a_bare_decimal_column() -> None:
    column = re.compile(r"models\.(FloatField|DecimalField)\(")
    found = {name for name, text in sources() if column.search(text)}
    assert found <= MAY_NAME_DECIMALS.keys(), f"use kernel.money.MoneyField in {sorted(found)}"


def test_law_stands_on_the_standard_library_alone() -> None:
    imported = set()
    for _name, text in sources("law"):
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Import):
                imported |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                imported.add(node.module.split(".")[0])
    assert not imported & {"django", "cases", "kernel", "rest_framework", "stdnum", "cn2an"}


def test_nothing_names_a_registry_or_a_machine() -> None:
    names = [
        path
        for path in ROOT.iterdir()
        if path.is_file() and path.suffix in {".md", ".toml", ".txt", ".json", ".yml", ""}
    ]
    texts = [(path.name, path.read_text(encoding="utf-8", errors="ignore")) for path in names if path.name != ".git"]
    texts += list(sources()) + list(sources("tests"))
    guilty = [
        name for name, text in texts for rule in FORBIDDEN if rule.search(text) and not name.endswith("test_sources.py")
    ]
    assert guilty == []


def test_no_drawer_for_everything() -> None:
    forbidden = {"utils", "common", "helpers", "core", "scripts", "manager", "managers"}
    assert [name for name, _text in sources() if forbidden & {Path(name).stem, *Path(name).parts[:-1]}] == []
