"""Findings of the law become conditions of a refusal, so that a page can say which one failed and on what article."""

from typing import Any

from kernel.refusals import Condition, Refusal
from law.reasons import Findings


def conditions(findings: Findings) -> tuple[Condition, ...]:
    """Every condition that the law looked at."""
    return tuple(Condition(text=row.text, met=row.met, article=row.article) for row in findings.reasons)


def check(findings: Findings, refusal: type[Refusal], **facts: Any) -> None:
    """Raise the refusal with every condition when the law forbids; conditions that only warn do not."""
    if not findings.allowed:
        raise refusal(conditions=conditions(findings), missing=len(findings.obstacles), **facts)
