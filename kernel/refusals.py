"""A refused act: a named exception that carries its reason in the user's language.

Views show the sentence and its conditions, the API returns the code. A refusal never leaves anything half-written.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Condition:
    """One condition of a refused act: what is asked, whether it is met, and what would cure it."""

    text: str
    met: bool = False
    cure: str = ""
    url: str = ""
    article: str = ""


@dataclass(frozen=True)
class Difference:
    """One field of a stale edit: what stands now and what was typed."""

    label: str
    now: str
    typed: str


class Refusal(Exception):
    """The act cannot be done; ``text`` says why and how to mend it.

    Subclasses set ``message`` (a Chinese msgid with named placeholders) and, where it is not 409, ``status``.
    """

    message: ClassVar[Any] = _("这一步现在不能办理。")
    status: ClassVar[int] = 409

    def __init__(
        self, *, conditions: Sequence[Condition] = (), differences: Sequence[Difference] = (), **facts: Any
    ) -> None:
        self.facts = facts
        self.conditions = tuple(conditions)
        self.differences = tuple(differences)
        super().__init__(type(self).__name__)

    @property
    def code(self) -> str:
        """Name of the refusal for the API and for tests, in snake case."""
        name = type(self).__name__
        return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name).lstrip("_")

    @property
    def text(self) -> str:
        """The sentence a clerk reads."""
        return str(self.message) % self.facts if self.facts else str(self.message)

    def __str__(self) -> str:
        return f"{self.code}: {self.text}"


class NotFound(Refusal):
    """Absent and forbidden look the same."""

    message = _("没有找到，或者您无权查看。")
    status = 404


class NotAllowed(Refusal):
    """The actor's role does not allow the act."""

    message = _("您的岗位不能办理“%(act)s”。请交由有权限的人员办理。")
    status = 403


class Stale(Refusal):
    """Someone else changed the row after the form was opened."""

    message = _("您打开之后，这份资料已被他人修改。请对照差异后再保存。")


class BadInput(Refusal):
    """Something typed cannot be read; ``field`` names the form field."""

    message = _("填写有误：%(reason)s")
    status = 400
