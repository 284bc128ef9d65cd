"""Tables of the assets room."""

from assets.models.inquiries import Asset, Finding, Inquiry
from assets.models.measures import FreezeOrder, Levy, Measure
from assets.models.preservations import Preservation

__all__ = ["Asset", "Finding", "FreezeOrder", "Inquiry", "Levy", "Measure", "Preservation"]
