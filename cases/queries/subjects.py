"""What the subjects of duties are, in words, looked up once for a whole list."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from uuid import UUID

from django.utils.translation import gettext as _

from cases.declaring import DECISIONS
from cases.kinds import CLAIMING, OWING
from cases.models import Decision, Document, Participation, Party, Service

Told = Callable[[Sequence[UUID]], Mapping[UUID, str]]
TOLD: dict[str, Told] = {}
"""By model: what upper rooms say of their rows beside a duty about them, asked once for a whole list."""


def keys(symbols: Iterable[str], model: str) -> list[UUID]:
    """The keys of one model among symbols (``cases.document:…``)."""
    parts = (symbol.partition(":") for symbol in symbols)
    return [UUID(key) for name, _colon, key in parts if name == model and key]


def words(symbols: Iterable[str]) -> dict[str, str]:
    """The words of documents, decisions and parties among the symbols; others have none. Three queries at most."""
    wanted = set(symbols)
    found: dict[str, str] = {}
    if ids := keys(wanted, "cases.document"):
        rows = Document.objects.filter(pk__in=ids).values_list("pk", "title")
        found |= {f"cases.document:{key}": title for key, title in rows}
    if ids := keys(wanted, "cases.decision"):
        rows = Decision.objects.filter(pk__in=ids).values_list("pk", "kind")
        found |= {f"cases.decision:{key}": decision_title(kind) for key, kind in rows}
    if ids := keys(wanted, "cases.party"):
        rows = Party.objects.filter(pk__in=ids).values_list("pk", "name")
        found |= {f"cases.party:{key}": name for key, name in rows}
    return found


def reasons(symbols: Iterable[str]) -> dict[str, str]:
    """Why a duty about a document or a decision exists: who still waits for the paper, who asks. Two queries, and one for each
    model of ``TOLD`` that occurs.
    """
    wanted = set(symbols)
    found: dict[str, str] = {}
    if ids := keys(wanted, "cases.document"):
        waiting: dict[str, list[str]] = {}
        rows = Service.objects.filter(document_id__in=ids, served_on__isnull=True).order_by("id")
        for key, name in rows.values_list("document_id", "recipient"):
            waiting.setdefault(f"cases.document:{key}", []).append(name)
        found |= {symbol: _("%(names)s 未送达") % {"names": brief(names)} for symbol, names in waiting.items()}
    if ids := keys(wanted, "cases.decision"):
        asked = Decision.objects.filter(pk__in=ids).values_list("pk", "asked_by__user__name", "why")
        for key, name, why in asked:
            words = _("%(name)s报请") % {"name": name}
            found[f"cases.decision:{key}"] = f"{words}：{why}" if why else words
    for model, told in TOLD.items():
        if ids := keys(wanted, model):
            found |= {f"{model}:{key}": text for key, text in told(ids).items()}
    return found


def decision_title(kind: str) -> str:
    """What is asked, in words."""
    row = DECISIONS.find(kind)
    return str(row.title) if row else kind


def sides(case_ids: Iterable[UUID]) -> dict[UUID, tuple[list[str], list[str]]]:
    """The names on the claiming and on the owing side of each case, in one query that decrypts nothing."""
    roles = {role: 0 for role in CLAIMING} | {role: 1 for role in OWING}
    rows = Participation.objects.filter(case__in=list(case_ids), role__in=list(roles))
    found: dict[UUID, tuple[list[str], list[str]]] = {}
    for case_id, role, name in rows.order_by("ordinal", "id").values_list("case_id", "role", "party__name"):
        found.setdefault(case_id, ([], []))[roles[role]].append(name)
    return found


def against(names: tuple[list[str], list[str]] | None) -> str:
    """王某军 与 某环保科技公司、刘某."""
    claiming, owing = names or ([], [])
    if not owing:
        return "、".join(claiming)
    if not claiming:
        return "、".join(owing)
    return _("%(one)s 与 %(other)s") % {"one": brief(claiming), "other": brief(owing)}


def brief(names: list[str]) -> str:
    """At most two names, then how many they are."""
    if len(names) <= 2:
        return "、".join(names)
    return _("%(first)s 等 %(count)s 人") % {"first": names[0], "count": len(names)}
