"""Tables of the vault, one file per part."""

from funds.models.batches import BatchFile, BatchItem, BatchPhoto, PaymentBatch, StatusReport
from funds.models.ledger import Account, Command, MainAccount, SubAccount, Transfer
from funds.models.payouts import Hold, PayeeAccount, Payout
from funds.models.receipts import Claim, Receipt
from funds.models.reconciling import PayoutHalt, Reconciliation
from funds.models.statements import StatementImport, StatementLine

__all__ = [
    "Account",
    "BatchFile",
    "BatchItem",
    "BatchPhoto",
    "Claim",
    "Command",
    "Hold",
    "MainAccount",
    "PayeeAccount",
    "PaymentBatch",
    "Payout",
    "PayoutHalt",
    "Receipt",
    "Reconciliation",
    "StatementImport",
    "StatementLine",
    "StatusReport",
    "SubAccount",
    "Transfer",
]
