"""A spine: the table of transitions of one kind of case. What is not in the table does not happen."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from kernel.refusals import Refusal


class NotFromHere(Refusal):
    """The transition is not in the table for the present stage."""

    message = _("案件现在处于“%(stage)s”，不能%(label)s。")


@dataclass(frozen=True)
class Transition:
    """One row of a spine: ``name`` leads from any of ``sources`` to ``target``; ``guards`` may refuse."""

    name: str
    label: str
    sources: tuple[str, ...]
    target: str
    guards: tuple[Callable[..., None], ...] = ()


@dataclass(frozen=True)
class Spine:
    """The stages of one kind of case, in their usual order, and the transitions between them."""

    kind: str
    stages: dict[str, Any]
    initial: str
    transitions: tuple[Transition, ...]
    closed: frozenset[str]

    def find(self, name: str) -> Transition | None:
        """The transition of that name, or None."""
        return next((row for row in self.transitions if row.name == name), None)

    def allows(self, stage: str, name: str) -> bool:
        """Whether the table has the pair."""
        row = self.find(name)
        return row is not None and stage in row.sources

    def take(self, stage: str, name: str) -> Transition:
        """The row for the pair; raises NotFromHere when the table lacks it."""
        row = self.find(name)
        if row is None or stage not in row.sources:
            label = row.label if row else name
            raise NotFromHere(stage=str(self.stages.get(stage, stage)), label=label)
        return row

    def drawing(self) -> str:
        """The table as a Mermaid state diagram."""
        lines = ["stateDiagram-v2", f"    [*] --> {self.initial}"]
        for row in self.transitions:
            lines += [f"    {source} --> {row.target}: {row.name}" for source in row.sources]
        lines += [f"    {stage} --> [*]" for stage in self.stages if stage in self.closed]
        return "\n".join(lines)
