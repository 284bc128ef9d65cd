"""Tables of the vault, one file per part."""

from funds.models.ledger import Account, Command, MainAccount, SubAccount, Transfer
from funds.models.payouts import Hold, PayeeAccount, Payout
from funds.models.receipts import Claim, Receipt
from funds.models.reconciling import PayoutHalt, Reconciliation
from funds.models.statements import StatementImport, StatementLine

__all__ = [
    "Account",
    "Claim",
    "Command",
    "Hold",
    "MainAccount",
    "PayeeAccount",
    "Payout",
    "PayoutHalt",
    "Receipt",
    "Reconciliation",
    "StatementImport",
    "StatementLine",
    "SubAccount",
    "Transfer",
]
