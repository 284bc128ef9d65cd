"""A kept database is used only for the very migrations that made it."""

import os
from pathlib import Path

from django.conf import settings

from enforcement.demo.template import Template, digest


def checkout(root: Path) -> Path:
    (root / "cases" / "migrations").mkdir(parents=True)
    (root / "cases" / "migrations" / "0001_initial.py").write_text("one")
    return root


def shelf_with(folder: Path, *names: str) -> Path:
    for age, name in enumerate(names):
        (folder / name).mkdir(parents=True)
        os.utime(folder / name, (age, age))
    return folder


def cluster(folder: Path) -> Path:
    folder.mkdir()
    (folder / "PG_VERSION").write_text("18")
    return folder


def test_another_migration_asks_for_another_database(tmp_path: Path) -> None:
    root = checkout(tmp_path)
    first = digest(root)
    assert digest(root) == first
    (root / "cases" / "migrations" / "0001_initial.py").write_text("two")
    assert digest(root) != first


def test_what_is_kept_comes_back_whole(tmp_path: Path) -> None:
    template = Template(tmp_path / "shelf")
    assert template.copy_to(tmp_path / "data") is False
    template.keep(cluster(tmp_path / "made"))
    assert template.copy_to(tmp_path / "data") is True
    assert (tmp_path / "data" / "PG_VERSION").read_text() == "18"


def test_a_neighbour_that_was_first_is_not_overwritten(tmp_path: Path) -> None:
    template = Template(tmp_path / "shelf")
    template.keep(cluster(tmp_path / "made"))
    (template.folder / "PG_VERSION").write_text("the neighbour's")
    template.keep(tmp_path / "made")
    assert (template.folder / "PG_VERSION").read_text() == "the neighbour's"
    assert [folder.name for folder in template.shelf.iterdir()] == [template.folder.name]


def test_only_the_latest_are_kept(tmp_path: Path) -> None:
    template = Template(shelf_with(tmp_path / "shelf", "oldest", "older", "old"))
    template.keep(cluster(tmp_path / "made"))
    assert {folder.name for folder in template.shelf.iterdir()} == {"older", "old", template.folder.name}


def test_the_tests_make_their_databases_from_it() -> None:
    assert settings.DATABASES["default"]["TEST"]["TEMPLATE"] == (os.environ.get("TEST_DATABASE_TEMPLATE") or None)
