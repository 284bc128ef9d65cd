"""The outside world misbehaves as its seed says, and tells what it did."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from gateways import simulators
from gateways.simulators.state import BadInput

ROOT = Path(__file__).resolve().parents[2]
PAYMENT = {"instruction_key": "payout:1", "amount": "300.00", "payee_name": "李四", "payee_account": "6222021001"}
PAY_IN = {"to_sub_account": "141031000100000100017", "amount": "1000.00", "payer_name": "张三"}
INQUIRY = {"request_key": "q1", "name": "张三", "id_number": "141031197001011234"}


def ask(app, method, path, body=None, **query):
    answer = app.request(method, path, body, query)
    return answer.status, answer.json()


def world(**faults):
    app = simulators.make_app(seed=7, faults=faults)
    ask(app, "POST", "/bank/pay-in", PAY_IN)
    return app


def totals(app):
    return ask(app, "GET", "/faults")[1]["totals"]


def test_a_late_answer_is_pending_until_its_time():
    app = world()
    ask(app, "POST", "/control/faults", {"faults": {"late": 1}})
    assert ask(app, "POST", "/registries/vehicle/inquiries", INQUIRY)[1]["status"] == "PENDING"
    ask(app, "POST", "/control/time", {"advance_seconds": 21599})
    assert ask(app, "GET", "/registries/vehicle/inquiries/q1")[1]["status"] == "PENDING"
    ask(app, "POST", "/control/time", {"advance_seconds": 2})
    assert ask(app, "GET", "/registries/vehicle/inquiries/q1")[1]["status"] == "ANSWERED"
    assert totals(app) == {"late": 1}


@pytest.mark.parametrize(("fault", "lost"), [("lost_drop", ConnectionResetError), ("lost_timeout", TimeoutError)])
def test_a_lost_answer_leaves_the_order_carried_out(fault, lost):
    app = world()
    ask(app, "POST", "/control/force", {"fault": fault, "operation": "payment"})
    with pytest.raises(lost):
        app.request("POST", "/bank/payments", PAYMENT)
    assert ask(app, "GET", "/bank/payments/payout:1")[1]["status"] == "SETTLED"
    assert ask(app, "POST", "/bank/payments", PAYMENT)[1]["answer"] == "ACCEPTED"
    assert ask(app, "GET", "/bank/balance")[1]["paid"] == "300.00"


def test_an_answer_lost_as_an_error_leaves_the_order_carried_out():
    app = world()
    ask(app, "POST", "/control/force", {"fault": "lost_500", "operation": "payment"})
    assert ask(app, "POST", "/bank/payments", PAYMENT)[0] == 500
    assert ask(app, "GET", "/bank/payments/payout:1")[1]["status"] == "SETTLED"


def test_a_service_that_is_down_has_done_nothing():
    app = world()
    ask(app, "POST", "/control/force", {"fault": "down", "operation": "payment"})
    assert ask(app, "POST", "/bank/payments", PAYMENT)[0] == 503
    assert ask(app, "GET", "/bank/payments/payout:1")[0] == 404


def test_a_returned_payment_leaves_and_comes_back():
    app = world(returned=1)
    answer = ask(app, "POST", "/bank/payments", PAYMENT)[1]
    standing = ask(app, "GET", "/bank/payments/payout:1")[1]
    assert (standing["status"], standing["reason"]) == ("RETURNED", "收款账户状态异常，款项退回")
    assert ask(app, "GET", "/bank/balance")[1]["closing"] == "1000.00"
    assert [one["kind"] for one in ask(app, "GET", "/bank/credits")[1]["lines"]] == ["CREDIT"]
    back = ask(app, "GET", "/bank/credits", returns=1)[1]["lines"][1]
    assert (back["kind"], back["instruction_key"]) == ("RETURN", "payout:1")
    assert answer["bank_reference"] in back["remark"]


def test_a_payment_may_come_back_after_it_had_settled():
    app = world(returned_after=1)
    ask(app, "POST", "/bank/payments", PAYMENT)
    assert ask(app, "GET", "/bank/payments/payout:1")[1]["status"] == "SETTLED"
    ask(app, "POST", "/control/time", {"advance_days": 1})
    assert ask(app, "GET", "/bank/payments/payout:1")[1]["status"] == "RETURNED"


def test_an_answer_comes_twice():
    app = world(twice=1)
    ask(app, "POST", "/registries/equity/inquiries", INQUIRY)
    ask(app, "POST", "/control/time", {"advance_seconds": 31})
    answers = ask(app, "GET", "/answers", topic="registry.equity")[1]["answers"]
    assert [one["key"] for one in answers] == ["q1", "q1"]
    assert answers[0]["body"] == answers[1]["body"]


def test_answers_come_out_of_order():
    app = world()
    ask(app, "POST", "/control/force", {"fault": "out_of_order", "operation": "bank.payment"})
    ask(app, "POST", "/bank/payments", PAYMENT)
    ask(app, "POST", "/control/time", {"advance_seconds": 61})
    answers = ask(app, "GET", "/answers", topic="bank.payment")[1]["answers"]
    assert [one["body"]["status"] for one in answers] == ["SETTLED", "PENDING"]


def test_a_credit_line_is_booked_twice_with_one_reference():
    app = simulators.make_app(faults={"duplicate_credit": 1})
    ask(app, "POST", "/bank/pay-in", PAY_IN)
    lines = ask(app, "GET", "/bank/credits")[1]["lines"]
    assert len(lines) == 2
    assert lines[0]["bank_reference"] == lines[1]["bank_reference"]
    day = ask(app, "GET", "/bank/balance")[1]
    assert (day["closing"], day["received"], day["count"]) == ("1000.00", "1000.00", 2)


def test_a_refused_order_says_why_and_stays_refused():
    app = world(refused=1)
    first = ask(app, "POST", "/bank/payments", PAYMENT)[1]
    ask(app, "POST", "/control/faults", {"faults": {}})
    assert (first["answer"], first["reason"]) == ("REFUSED", "收款人户名与账号不符")
    assert ask(app, "POST", "/bank/payments", PAYMENT)[1] == first


def test_the_same_seed_injects_the_same_faults():
    def run(seed):
        app = simulators.make_app(seed=seed, faults={"late": 0.3, "refused": 0.3, "lost_500": 0.2, "down": 0.1})
        statuses = []
        for number in range(60):
            body = {"key": f"n{number}", "phone": "13800000000", "text": "通知"}
            statuses.append(ask(app, "POST", "/sms", body)[0])
        report = ask(app, "GET", "/faults")[1]
        return statuses, [(one["fault"], one["key"]) for one in report["injected"]]

    assert run(3) == run(3)
    assert run(3) != run(4)
    assert {status for status in run(3)[0]} == {202, 500, 503}


def test_a_retry_may_fare_better():
    app = simulators.make_app(seed=1, faults={"down": 0.5})
    body = {"key": "n1", "phone": "13800000000", "text": "通知"}
    statuses = [ask(app, "POST", "/sms", body)[0] for _ in range(20)]
    assert set(statuses) == {202, 503}
    assert len(ask(app, "GET", "/sms/outbox")[1]["messages"]) == 1


def test_unknown_faults_and_rates_are_refused():
    with pytest.raises(BadInput):
        simulators.make_app(faults={"lat": 0.1})
    app = world()
    assert ask(app, "POST", "/control/faults", {"faults": {"late": 2}})[0] == 400
    assert ask(app, "POST", "/control/force", {"fault": "nothing"})[0] == 400


def test_what_was_done_outlives_the_process(tmp_path):
    path = str(tmp_path / "outside.sqlite")
    first = simulators.make_app(state=path)
    ask(first, "POST", "/bank/pay-in", PAY_IN)
    ask(first, "POST", "/bank/payments", PAYMENT)
    first.state.close()
    second = simulators.make_app(state=path)
    assert ask(second, "GET", "/bank/payments/payout:1")[1]["status"] == "SETTLED"
    assert ask(second, "GET", "/bank/balance")[1]["closing"] == "700.00"


def test_the_outsiders_go_by_the_clock_of_the_caller():
    app, seen = world(), []
    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": "/bank/balance",
        "QUERY_STRING": "",
        "HTTP_X_MOMENT": "2031-05-06T12:00:00+08:00",
    }
    content = b"".join(app(environ, lambda status, headers: seen.append(status)))
    assert seen == ["200 OK"]
    assert json.loads(content)["day"] == "2031-05-06"


@pytest.fixture
def served(tmp_path):
    command = [sys.executable, "-m", "gateways.simulators", "--port", "0", "--settle", "0", "--answer", "0"]
    process = subprocess.Popen([*command, "--state", str(tmp_path / "s")], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    port = int(process.stdout.readline().rsplit(":", 1)[1].strip().rstrip("/"))
    yield process, port
    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=10) == 0
    process.stdout.close()


def over_http(port, method, path, body=None):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request(method, path, json.dumps(body) if body is not None else None)
        response = connection.getresponse()
        return response.status, json.loads(response.read())
    finally:
        connection.close()


def test_over_http_a_dropped_answer_is_a_closed_connection(served):
    _, port = served
    assert over_http(port, "GET", "/healthz")[0] == 200
    assert over_http(port, "POST", "/bank/pay-in", PAY_IN)[1]["balance"] == "1000.00"
    over_http(port, "POST", "/control/force", {"fault": "lost_drop", "operation": "payment"})
    with pytest.raises(http.client.RemoteDisconnected):
        over_http(port, "POST", "/bank/payments", PAYMENT)
    assert over_http(port, "GET", "/bank/payments/payout:1")[1]["status"] == "SETTLED"


def test_it_serves_a_unix_socket(tmp_path):
    path = str(tmp_path / "s.sock")
    process = subprocess.Popen(
        [sys.executable, "-m", "gateways.simulators", "--socket", path], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    try:
        assert process.stdout.readline().strip() == f"simulators: {path}"
        with socket.socket(socket.AF_UNIX) as client:
            client.connect(path)
            client.sendall(b"GET /healthz HTTP/1.0\r\n\r\n")
            client.settimeout(10)
            assert b"200 OK" in client.recv(4096)
    finally:
        process.terminate()
        assert process.wait(timeout=10) == 0
        process.stdout.close()


def test_a_killed_process_has_kept_what_it_answered(tmp_path):
    state = str(tmp_path / "s")
    command = [sys.executable, "-m", "gateways.simulators", "--port", "0", "--settle", "0", "--state", state]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    port = int(process.stdout.readline().rsplit(":", 1)[1].strip().rstrip("/"))
    over_http(port, "POST", "/bank/pay-in", PAY_IN)
    os.kill(process.pid, signal.SIGKILL)
    process.wait(timeout=10)
    process.stdout.close()
    for _ in range(50):
        if (Path(state)).exists():
            break
        time.sleep(0.01)
    kept = simulators.make_app(state=state)
    assert ask(kept, "GET", "/bank/balance")[1]["closing"] == "1000.00"
    kept.state.close()
