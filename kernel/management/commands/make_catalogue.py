"""Gather every Chinese phrase of the interface and of the law into the catalogue of the English translation."""

import ast
import os
import shutil
from collections.abc import Iterator
from contextlib import chdir
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import polib
from django.conf import settings
from django.core.management import CommandError, call_command
from django.core.management.base import BaseCommand
from django.core.management.commands import makemessages

from law import phrases

LANGUAGE = "en"
CATALOGUE = Path(settings.BASE_DIR) / "locale" / LANGUAGE / "LC_MESSAGES" / "django.po"
SOURCES = (".py", ".html")
APART = {"tests", "benchmarks", "docs", "static", "static_build", "node_modules", "var", "law"}
HEADERS = {
    "Project-Id-Version": "shanzhi",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Language": LANGUAGE,
    "Plural-Forms": "nplurals=2; plural=(n != 1);",
}


class Extraction(makemessages.Command):
    """Django's own extraction; a phrase is never given the translation of a similar one."""

    msgmerge_options = [*makemessages.Command.msgmerge_options, "--no-fuzzy-matching"]


class Command(BaseCommand):
    help = "Bring locale/en up to the sources: new phrases empty, gone phrases removed, sorted, without line numbers."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        if not shutil.which("xgettext"):
            raise CommandError("xgettext is needed: install gettext (Debian: apt install gettext).")
        CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory() as folder:
            copy_sources(Path(folder))
            with chdir(folder):
                call_command(
                    Extraction(), locale=[LANGUAGE], no_location=True, no_wrap=True, no_obsolete=True, verbosity=0
                )
        empty = tidy(CATALOGUE)
        self.stdout.write(f"{len(empty)} phrases without a translation")
        for msgid in empty:
            self.stdout.write(f"  {msgid}")


def copy_sources(folder: Path) -> None:
    """Copy what has phrases into the folder, so that the extraction leaves no work files in the checkout."""
    root = Path(settings.BASE_DIR)
    for top in sorted(root.iterdir()):
        if not top.is_dir() or top.name.startswith(".") or top.name in APART:
            continue
        for path in top.rglob("*"):
            if path.suffix in SOURCES:
                target = folder / path.relative_to(root)
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(path, target)
    found = {phrase for path in folder.rglob("*.py") for phrase in inside_f_strings(path)}
    lines = (f"gettext_noop({phrase!r})" for phrase in sorted(found.union(phrases.phrases())))
    (folder / "unseen_phrases.py").write_text(os.linesep.join(lines), encoding="utf-8")


def inside_f_strings(path: Path) -> Iterator[str]:
    """Phrases marked inside f-strings, where xgettext does not look."""
    for outer in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        for node in ast.walk(outer) if isinstance(outer, ast.JoinedStr) else ():
            match node:
                case ast.Call(func=ast.Name(id="_"), args=[ast.Constant(value=str(phrase))]):
                    yield phrase


def tidy(path: Path) -> list[str]:
    """Sort the catalogue by phrase and drop what changes from machine to machine; returns the untranslated phrases."""
    catalogue = polib.pofile(str(path), wrapwidth=0)
    catalogue.header = ""
    catalogue.metadata = HEADERS
    for entry in catalogue:
        entry.occurrences, entry.comment, entry.flags = [], "", [flag for flag in entry.flags if flag != "fuzzy"]
    catalogue.sort(key=lambda entry: entry.msgid)
    catalogue.save()
    return [entry.msgid for entry in catalogue if not entry.translated()]
