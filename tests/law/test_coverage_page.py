"""The page that lists which rules are tested is fresh, and every other rule has its reason."""

from law import coverage


def test_the_page_is_fresh() -> None:
    assert coverage.PAGE.read_text(encoding="utf-8") == coverage.page(), "run: python -m law.coverage"


def test_every_rule_is_named_by_a_test_or_has_a_reason_and_never_both() -> None:
    named = set(coverage.named_in(path for path in coverage.TESTS.glob("test_*.py")))
    unused = set(coverage.families()) - named
    assert unused - set(coverage.REASONS) == set()
    assert set(coverage.REASONS) - unused == set()


def test_a_stale_page_is_noticed(tmp_path: object, monkeypatch: object) -> None:
    monkeypatch.setattr(coverage, "PAGE", tmp_path / "law-coverage.md")  # type: ignore[attr-defined,operator]
    assert coverage.main(["--check"]) == 1
    assert coverage.main([]) == 0
    assert coverage.main(["--check"]) == 0
