"""The API of the vault: the same services, keys that make a repeated request harmless, masked accounts."""

from typing import Any

from rest_framework.test import APIRequestFactory, force_authenticate

from accounts.models import Post
from funds import api
from funds.models import Payout, Transfer
from tests.funds.conftest import Vault


class Caller:
    """Calls the views as a post, without the door of the house around them."""

    def __init__(self, vault: Vault, post: Post) -> None:
        self.vault, self.post = vault, post

    def get(self, view: Any, url: str = "/", **pk: str) -> Any:
        request = APIRequestFactory().get(url)
        return self._answer(view, {"get": "retrieve" if pk else "list"}, request, **pk)

    def send(self, name: str, ids: list[str], key: str = "") -> Any:
        headers = {"HTTP_IDEMPOTENCY_KEY": key} if key else {}
        request = APIRequestFactory().post("/", {"payouts": ids}, format="json", **headers)
        return self._answer(api.PayoutViewSet, {"post": name}, request)

    def _answer(self, view: Any, acts: dict[str, str], request: Any, **pk: str) -> Any:
        request.actor = self.vault.cast.actor(self.post)
        force_authenticate(request, user=self.post.user)
        answer = view.as_view(acts)(request, **pk)
        answer.render()
        return answer


def test_receipts_and_payouts_are_listed_with_hidden_accounts(vault: Vault) -> None:
    case = vault.execution(amount="1000.00", fee=False)
    vault.confirm(vault.pay_in(case, "300.00"))
    caller = Caller(vault, vault.cast.registrar)
    rows = caller.get(api.ReceiptViewSet).data["results"]
    assert [(row["case"], row["amount"]) for row in rows] == [(case.number, "300.00")]
    payouts = caller.get(api.PayoutViewSet, "/?state=CONFIRMED").data["results"]
    assert [row["payee_account"] for row in payouts] == ["***************0123"]
    assert Caller(vault, vault.cast.stranger).get(api.PayoutViewSet).data["results"] == []


def test_the_same_key_confirms_once_and_another_body_is_refused(vault: Vault) -> None:
    case = vault.execution(amount="1000.00", fee=False)
    first, second = (Payout.objects.get(receipt=vault.pay_in(case, amount)) for amount in ("10.00", "20.00"))
    caller = Caller(vault, vault.cast.executor)
    for _time in range(2):
        answer = caller.send("confirm", [str(first.pk)], key="k1")
        assert (answer.status_code, answer.data[0]["state"]) == (200, "CONFIRMED")
    assert Transfer.objects.filter(subject=first.symbol).count() == 1
    other = caller.send("confirm", [str(second.pk)], key="k1")
    assert (other.status_code, other.data["code"]) == (409, "key_reused")
    assert caller.send("confirm", [str(second.pk)]).status_code == 400


def test_a_refusal_has_its_code_and_the_conditions_of_a_batch(vault: Vault) -> None:
    case = vault.execution(amount="1000.00", fee=False)
    first, second = (Payout.objects.get(receipt=vault.pay_in(case, amount)) for amount in ("10.00", "20.00"))
    caller = Caller(vault, vault.cast.executor)
    caller.send("confirm", [str(first.pk)], key="k1")
    answer = caller.send("confirm", [str(first.pk), str(second.pk)], key="k2")
    assert (answer.status_code, answer.data["code"]) == (409, "some_refused")
    assert len(answer.data["conditions"]) == 1
    second.refresh_from_db()
    assert second.state == "DRAFT"
