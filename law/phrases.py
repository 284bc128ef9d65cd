"""Every Chinese sentence, label and title that results of the law can carry, for the catalogue of translations.

`python -m law.phrases` prints them one a line. Found in the source itself, so a new template cannot be forgotten.
"""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from law.rules import ALL

ROOM = Path(__file__).resolve().parent
SKIPPED = {"case_number", "citations", "coverage", "holidays", "money_text", "phrases"}
_CHINESE = re.compile(r"[\u4e00-\u9fff]")


def phrases() -> tuple[str, ...]:
    """Templates and labels in the order of the files, then the titles of the rules; no docstrings, no refusals.

    phrases()[0] == "{label}的加倍部分：{base:,.2f}元×{rate}×{days}天（{since}之后至{until}）＝{amount:,.2f}元".
    """
    found: dict[str, None] = {}
    for path in sorted(ROOM.glob("*.py")):
        if path.stem not in SKIPPED:
            found.update(dict.fromkeys(_constants(ast.parse(path.read_text(encoding="utf-8")))))
    found.update(dict.fromkeys(rule.title for rule in ALL))
    return tuple(found)


def _constants(tree: ast.AST) -> Iterator[str]:
    """Chinese string constants outside docstrings, f-strings and raised errors."""
    for child in ast.iter_child_nodes(tree):
        if isinstance(child, ast.JoinedStr | ast.Raise):
            continue
        if isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant):
            continue
        if isinstance(child, ast.Constant) and isinstance(child.value, str) and _CHINESE.search(child.value):
            yield child.value
        yield from _constants(child)


if __name__ == "__main__":
    sys.stdout.write("\n".join(phrases()) + "\n")
