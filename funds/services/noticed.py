"""Whether the public notice of unidentified money has ended, and to which case the notice belongs."""

from datetime import date
from uuid import UUID

from funds.models import PublicNotice, Receipt


def case_of_ended(receipt: Receipt, on: date) -> UUID | None:
    """The case of a published notice that named the receipt and whose last day is past; None while there is none."""
    rows = PublicNotice.objects.published().filter(items__receipt=receipt, until_on__lt=on)
    return rows.order_by("-until_on").values_list("case_id", flat=True).first()
