"""Every example in a docstring of the law holds, and every public function has one."""

import ast
import importlib
import re
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

import law
from law import calendar, rules

ROOM = Path(law.__file__).parent
MODULES = sorted(path.stem for path in ROOM.glob("*.py") if path.stem not in ("__init__", "coverage"))
# Inner steps of an account: their results are lines of the statement and shown there.
WITHOUT = {"accounts.line", "interest.general_line"}
_END = re.compile(
    r"(?P<tail>(?:\[\d+\])?(?:\.[a-z_]+)*) (?:==|is) "
    r'(?P<value>Decimal\("[^"]+"\)|date\([^)]*\)|datetime\([^)]*\)|"[^"]*"|\([^)]*\)'
    r"|\d{4}-\d\d-\d\d|[\d.,]*\d|True|False|[A-Z]\w+\.\w+)"
)


def examples(function: ast.FunctionDef) -> Iterator[tuple[str, str]]:
    """Each `call(...) == value` of the docstring that calls the function itself."""
    text = " ".join((ast.get_docstring(function) or "").split())
    for match in re.finditer(rf"(?<![\w.]){function.name}\(", text):
        depth, end = 0, match.end() - 1
        for end in range(match.end() - 1, len(text)):
            depth += {"(": 1, ")": -1}.get(text[end], 0)
            if not depth:
                break
        found = _END.match(text[end + 1 :])
        if found:
            yield text[match.start() : end + 1] + found["tail"], found["value"]


def value(text: str, names: dict[str, object]) -> object:
    """What stands behind the sign: a date, a sum, or an expression."""
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return date.fromisoformat(text)
    if re.fullmatch(r"[\d.,]+", text):
        return Decimal(text.replace(",", ""))
    return eval(text, names)


def functions(module: str) -> list[ast.FunctionDef]:
    tree = ast.parse((ROOM / f"{module}.py").read_text(encoding="utf-8"))
    return [node for node in tree.body if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")]


@pytest.mark.parametrize("module", MODULES)
def test_the_examples_of_a_module_hold(module: str) -> None:
    names: dict[str, object] = {**vars(rules), **vars(calendar), **vars(importlib.import_module(f"law.{module}"))}
    names |= {"Decimal": Decimal, "date": date, "datetime": datetime}
    for function in functions(module):
        found = list(examples(function))
        assert found or f"{module}.{function.name}" in WITHOUT, f"{module}.{function.name} shows no example"
        for expression, expected in found:
            got, wanted = eval(expression, names), value(expected, names)
            if isinstance(wanted, tuple):
                assert [float(part) for part in got] == [float(part) for part in wanted], expression
            else:
                assert got == wanted, expression
