"""Registries, lists, partners, police and the SMS centre: each request once, each answer by key."""

import pytest

from gateways import simulators

PERSON = {"name": "张三", "id_number": "141031197001011234"}
LISTING = {"request_key": "x1", **PERSON, "case_number": "（2025）晋1031执123号", "court": "隰县人民法院"}


@pytest.fixture
def outside():
    return simulators.make_app()


def ask(app, method, path, body=None, **query):
    answer = app.request(method, path, body, query)
    return answer.status, answer.json()


CHANNELS = ("deposit", "vehicle", "real_estate", "equity", "securities", "tax", "social_security")


@pytest.mark.parametrize("channel", CHANNELS)
def test_what_a_registry_finds_depends_on_the_person_alone(channel):
    def found(seed, key, id_number):
        app = simulators.make_app(seed=seed)
        body = {"request_key": key, "name": "某", "id_number": id_number}
        return ask(app, "POST", f"/registries/{channel}/inquiries", body)[1]["findings"]

    people = [f"14103119700101{n:04d}" for n in range(30)]
    assert [found(1, "a", one) for one in people] == [found(2, "b", one) for one in people]
    every = [found(1, "a", one) for one in people]
    assert any(every)
    assert not all(every)
    assert {finding["type"] for findings in every for finding in findings} == {channel.upper()}


def test_a_fixture_decides_what_is_found(outside):
    plate = {"plate": "晋LA1234"}
    fixture = {"channel": "vehicle", "id_number": PERSON["id_number"], "findings": [plate]}
    assert ask(outside, "POST", "/registries/fixtures", fixture)[0] == 201
    status, answer = ask(outside, "POST", "/registries/vehicle/inquiries", {"request_key": "q1", **PERSON})
    assert (status, answer["findings"]) == (202, [{"type": "VEHICLE", "plate": "晋LA1234"}])
    assert ask(outside, "GET", "/registries/vehicle/inquiries/q1")[1] == answer


def test_an_unknown_channel_or_an_incomplete_inquiry_is_refused(outside):
    assert ask(outside, "POST", "/registries/ships/inquiries", {"request_key": "q1", **PERSON})[0] == 400
    assert ask(outside, "POST", "/registries/vehicle/inquiries", {"request_key": "q1", "name": "张三"})[0] == 400
    assert ask(outside, "GET", "/registries/vehicle/inquiries/q1")[0] == 404


def test_a_listing_stands_until_it_is_withdrawn(outside):
    assert ask(outside, "POST", "/listings", LISTING)[1]["status"] == "PUBLISHED"
    public = ask(outside, "GET", "/listings", id_number=PERSON["id_number"])[1]["listings"]
    assert [one["case_number"] for one in public] == ["（2025）晋1031执123号"]
    assert ask(outside, "DELETE", "/listings/x1", {"reason": "已履行完毕"})[1]["status"] == "WITHDRAWN"
    assert ask(outside, "GET", "/listings", id_number=PERSON["id_number"])[1]["listings"] == []
    again = ask(outside, "DELETE", "/listings/x1", {"reason": "另一理由"})[1]
    assert again["reason"] == "已履行完毕"


def test_a_refused_listing_is_not_public_and_cannot_be_withdrawn():
    app = simulators.make_app(faults={"refused": 1})
    assert ask(app, "POST", "/listings", LISTING)[1]["status"] == "REFUSED"
    assert ask(app, "GET", "/listings")[1]["listings"] == []
    assert ask(app, "DELETE", "/listings/x1")[0] == 400


def test_a_partner_receives_a_push_once(outside):
    body = {"request_key": "p1", "listing": "x1"}
    assert ask(outside, "POST", "/partners/railway/pushes", body)[1]["status"] == "RECEIVED"
    assert ask(outside, "POST", "/partners/railway/pushes", body)[1]["status"] == "RECEIVED"
    told = ask(outside, "GET", "/partners/railway/pushes")[1]["pushes"]
    assert [one["content"] for one in told] == [body]
    assert ask(outside, "GET", "/partners/airlines/pushes")[1]["pushes"] == []


def test_the_police_answers_whether_the_person_was_seen(outside):
    body = {"request_key": "o1", "kind": "LOCATE", **PERSON}
    answer = ask(outside, "POST", "/police/requests", body)[1]
    assert answer["status"] == "ANSWERED"
    assert answer["found"] == bool(answer["place"])
    assert ask(outside, "GET", "/police/requests/o1")[1] == answer
    assert ask(outside, "POST", "/police/requests", {**body, "request_key": "o2", "kind": "ARREST"})[0] == 400


def test_a_text_is_sent_once_and_kept(outside):
    body = {"key": "n1", "phone": "13800000000", "text": "您的案件有新进展"}
    assert ask(outside, "POST", "/sms", body)[1]["status"] == "SENT"
    assert ask(outside, "POST", "/sms", body)[1]["status"] == "SENT"
    kept = ask(outside, "GET", "/sms/outbox", phone="13800000000")[1]
    assert [one["text"] for one in kept["messages"]] == ["您的案件有新进展"]
    assert ask(outside, "GET", "/sms/outbox", since=kept["next"])[1]["messages"] == []
    assert ask(outside, "GET", "/sms/outbox", phone="13900000000")[1]["messages"] == []


def test_a_wrong_phone_number_sends_nothing(outside):
    assert ask(outside, "POST", "/sms", {"key": "n1", "phone": "138 0000", "text": "x"})[0] == 400
    assert ask(outside, "GET", "/sms/outbox")[1]["messages"] == []


def test_what_is_not_json_or_not_there_is_refused(outside):
    assert outside.request("POST", "/sms", ["x"]).status == 400
    assert ask(outside, "GET", "/nowhere")[0] == 404
    assert ask(outside, "PUT", "/sms")[0] == 405


def test_a_reset_forgets_everything(outside):
    ask(outside, "POST", "/listings", LISTING)
    ask(outside, "POST", "/control/reset")
    assert ask(outside, "GET", "/listings/x1")[0] == 404
