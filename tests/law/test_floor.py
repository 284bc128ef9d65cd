"""The lowest floor stands on the standard library alone."""

import ast
import sys
from pathlib import Path

import law

ROOM = Path(law.__file__).parent


def test_law_imports_only_itself_and_the_standard_library() -> None:
    for path in ROOM.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                assert node.level == 0, path
                names = [node.module or ""]
            else:
                continue
            for name in names:
                assert name.split(".")[0] in {"law", *sys.stdlib_module_names}, (path.name, name)


def test_law_reads_no_clock() -> None:
    for path in ROOM.rglob("*.py"):
        source = path.read_text(encoding="utf-8")
        for clock in (".today()", ".now(", "time.time"):
            assert clock not in source, (path.name, clock)


def test_every_public_function_says_what_it_does() -> None:
    for path in ROOM.glob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        assert ast.get_docstring(tree), path.name
        for node in tree.body:
            if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
                assert ast.get_docstring(node), (path.name, node.name)


def test_public_functions_take_keywords_only_but_for_plain_conversions() -> None:
    plain = {"amount", "fen", "full", "in_capitals", "in_ten_thousands", "is_rest_day", "line", "main", "mask_identity"}
    plain |= {"mask_name", "named_in", "order", "parse", "parts", "plain", "read", "row", "split", "with_thousands"}
    plain |= {"add_months", "count", "merged"}
    for path in ROOM.glob("*.py"):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and node.name not in plain:
                assert not node.args.args, (path.name, node.name)
