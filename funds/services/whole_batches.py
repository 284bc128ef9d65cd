"""A bank that books a batch of payments as one line: the line's total says which batch it is.

Only a batch that left as a file can be meant, of which the bank has answered no single payment. It is the one that the
line names, or else the only one whose payments at the bank add up to the line; when two fit, a person has to look.
"""

from datetime import timedelta
from uuid import UUID

from django.db.models import Count, Q, Sum

from funds.kinds import AT_BANK, PayoutState
from funds.kinds.batches import BatchState
from funds.models import BatchItem, PaymentBatch, StatementLine
from funds.payments import files
from kernel import clock

LATEST = timedelta(days=10)
"""How long after it left a batch may stand in the statement."""


def payouts_of(line: StatementLine) -> list[UUID]:
    """The payouts that a line going out pays together; empty when no batch, or more than one, fits."""
    first = clock.start_of(line.booked_on - LATEST)
    left = PaymentBatch.objects.filter(court_id=line.court_id, state=BatchState.LEFT, file__isnull=False)
    there = Q(items__out_at__isnull=True)
    rows = left.filter(sent_at__gte=first, sent_at__lt=clock.end_of(line.booked_on)).annotate(
        waiting=Sum("items__payout__amount", filter=there & Q(items__payout__state__in=AT_BANK)),
        answered=Count("items", filter=there & Q(items__payout__state=PayoutState.SETTLED)),
    )
    fits = list(rows.filter(waiting=line.amount, answered=0))
    words = f"{line.instruction_key} {line.remark}"
    named = [row for row in fits if row.number in words or files.message_of(row) in words]
    found = named or fits
    if len(found) != 1:
        return []
    items = BatchItem.objects.filter(batch=found[0], out_at__isnull=True, payout__state__in=AT_BANK)
    return list(items.order_by("ordinal").values_list("payout_id", flat=True))
