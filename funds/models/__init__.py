"""Tables of the vault, one file per part."""

from funds.models.batches import BatchFile, BatchItem, BatchPhoto, PaymentBatch, StatusReport
from funds.models.deposits import Deposit
from funds.models.grants import FundMoney, Grant
from funds.models.identifying import NoticeItem, PayerClaim, PayerExclusion, PayLink, PublicNotice
from funds.models.ledger import Account, Command, MainAccount, SubAccount, Transfer
from funds.models.payouts import Hold, PayeeAccount, Payout
from funds.models.months import MonthClosing
from funds.models.receipts import Claim, Receipt
from funds.models.reconciling import PayoutHalt, Reconciliation
from funds.models.statements import StatementImport, StatementLine
from funds.models.remitting import Remittance, RemittanceItem
from funds.models.sales import SmallSale

__all__ = [
    "Account",
    "BatchFile",
    "BatchItem",
    "BatchPhoto",
    "Claim",
    "Command",
    "Hold",
    "Deposit",
    "FundMoney",
    "Grant",
    "MainAccount",
    "PayeeAccount",
    "PayerClaim",
    "PayerExclusion",
    "MonthClosing",
    "NoticeItem",
    "PayLink",
    "PaymentBatch",
    "Payout",
    "PayoutHalt",
    "PublicNotice",
    "Receipt",
    "Reconciliation",
    "StatementImport",
    "StatementLine",
    "StatusReport",
    "SubAccount",
    "Remittance",
    "RemittanceItem",
    "SmallSale",
    "Transfer",
]
