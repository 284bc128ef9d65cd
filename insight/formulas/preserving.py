"""How many civil cases are preserved for, and how many of those end by mediation (KPI-PRES, KPI-PRES-MED).

Several rulings in one case count once; a preservation before the suit belongs to the suit that followed it.
"""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assets.models import Preservation
from cases.kinds import CaseKind
from cases.models import Event
from cases.models.cases import CaseQuerySet
from insight.formulas import caseload
from insight.frames import Frame
from insight.parts import Part, counted

CIVIL = frozenset({CaseKind.CIVIL})
MEDIATED = "cases.mediated"
CONCLUDED = ("cases.judged", MEDIATED, "cases.withdrawn")


def rate(frame: Frame) -> tuple[Part, Part]:
    """采取保全的民事案件 ÷ 民商事一审新收."""
    rows = caseload.new(frame, CIVIL)
    return counted("numerator", _("采取保全的"), _preserved(rows, frame)), counted(
        "denominator", _("民商事一审新收"), rows
    )


def not_preserved(frame: Frame) -> Part:
    """Civil cases filed in the frame without a ruling of preservation."""
    rows = caseload.new(frame, CIVIL).exclude(_is_preserved(frame))
    return counted("rest", _("未采取保全的"), rows)


def mediated(frame: Frame) -> tuple[Part, Part]:
    """已保全且以调解结案 ÷ 已保全且已结; a case still open is in neither."""
    rows = _preserved(caseload.of_court(frame, CIVIL), frame).filter(_concluded(frame, CONCLUDED))
    by_mediation = rows.filter(_concluded(frame, (MEDIATED,)))
    return (
        counted("numerator", _("调解结案的"), by_mediation),
        counted("denominator", _("已保全且已结的"), rows),
    )


def not_mediated(frame: Frame) -> Part:
    """Preserved civil cases that ended by judgment or withdrawal."""
    rows = _preserved(caseload.of_court(frame, CIVIL), frame).filter(_concluded(frame, CONCLUDED))
    return counted("rest", _("判决或撤诉的"), rows.exclude(_concluded(frame, (MEDIATED,))))


def _preserved(rows: CaseQuerySet, frame: Frame) -> CaseQuerySet:
    return rows.filter(_is_preserved(frame))


def _is_preserved(frame: Frame) -> Q:
    """A ruling of the case itself, of another case of its dispute, or of the case from which it arose."""
    rulings = Preservation.objects.filter(case__court_id=frame.court_id, ruled_at__lte=frame.at)
    of_dispute = Q(matter_id__in=rulings.values("case__matter_id"))
    return of_dispute | Q(arises_from_id__in=rulings.values("case_id"))


def _concluded(frame: Frame, verbs: tuple[str, ...]) -> Q:
    """An event of the trial's end in the frame; a judgment concludes before it takes effect."""
    # Nothing is recorded before it happens: the bound on recorded_at lets the index skip earlier years.
    rows = Event.objects.filter(court_id=frame.court_id, verb__in=verbs, recorded_at__gte=frame.since)
    ended = rows.filter(happened_at__gte=frame.since, happened_at__lte=frame.at)
    return Q(pk__in=ended.values("case_id"))
