"""Opening a spreadsheet in a process of its own: a damaged one can panic its reader, loop, or eat all memory.

Run as a file: the content comes on standard input, the rows of every sheet leave as JSON. The limits are the child's own,
so whatever it dies of, the caller learns no more than that the file cannot be opened.
"""

import io
import json
import resource
import subprocess
import sys

import python_calamine

MEMORY, SECONDS = 1_500_000_000, 30


class Damaged(ValueError):
    """The spreadsheet could not be opened within the limits."""


def sheets(content: bytes) -> list[list[list[object]]]:
    """Rows of cells of every sheet: texts, numbers and ISO moments. Refusal: Damaged."""
    command = [sys.executable, "-I", __file__]
    try:
        child = subprocess.run(command, input=content, capture_output=True, timeout=2 * SECONDS, check=False)
    except subprocess.TimeoutExpired:
        raise Damaged("The reader did not end in time") from None
    if child.returncode:
        raise Damaged(f"The reader ended with {child.returncode}")
    found: list[list[list[object]]] = json.loads(child.stdout)
    return found


def main() -> None:
    """Read standard input within the limits; any failure is a non-zero exit."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(sys.stdin.buffer.read()))
    found = [book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names]
    json.dump(found, sys.stdout, ensure_ascii=True, default=str)


if __name__ == "__main__":
    main()
