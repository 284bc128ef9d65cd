"""Tables of the cases room, one file per noun."""

from cases.models.cases import Case, Clue, Matter, NumberCounter
from cases.models.debts import ItemPayer, JudgmentItem, Performance
from cases.models.decisions import Decision, DecisionStep
from cases.models.documents import Document, Service, StoredFile
from cases.models.duties import Duty, DutyNotice, DutyPause
from cases.models.events import ChainRoot, Disclosure, Event
from cases.models.follows import Follow
from cases.models.notes import Attachment, Note, Notice, RuleOverride
from cases.models.objections import Objection
from cases.models.parties import Participation, Party

__all__ = [
    "Attachment",
    "Case",
    "ChainRoot",
    "Clue",
    "Decision",
    "DecisionStep",
    "Disclosure",
    "Document",
    "Duty",
    "DutyNotice",
    "DutyPause",
    "Event",
    "Follow",
    "ItemPayer",
    "JudgmentItem",
    "Matter",
    "Note",
    "Notice",
    "NumberCounter",
    "Objection",
    "Participation",
    "Party",
    "Performance",
    "RuleOverride",
    "Service",
    "StoredFile",
]
