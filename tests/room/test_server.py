"""The server: its files, and whom it lets in."""

import pytest

pytest.importorskip("starlette")
pytest.importorskip("httpx2")

from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from alliancesim.room import Room
from alliancesim.room.server import app, is_loopback

OWN = {"origin": "http://127.0.0.1:8000", "host": "127.0.0.1:8000"}


@pytest.fixture
def client():
    return TestClient(app(Room()), base_url="http://127.0.0.1:8000")


@pytest.mark.parametrize("path", ["/", "/room.js", "/room.css"])
def test_the_page_and_its_files_name_no_other_place(client, path):
    found = client.get(path)
    assert found.status_code == 200
    assert "default-src 'none'" in found.headers["content-security-policy"]
    text = found.text.replace("http://www.w3.org/2000/svg", "")
    assert "//cdn" not in text
    assert "http://" not in text
    assert "innerHTML" not in text


def test_another_host_is_rejected(client):
    assert client.get("/", headers={"host": "evil.example"}).status_code == 400


@pytest.mark.parametrize(
    "headers",
    [
        {**OWN, "origin": "http://evil.example"},
        {**OWN, "origin": "http://127.0.0.1:9999"},
        {**OWN, "origin": "null"},
        {"host": "127.0.0.1:8000"},
    ],
)
def test_a_websocket_of_another_page_is_rejected(client, headers):
    with (
        pytest.raises(WebSocketDisconnect),
        client.websocket_connect("/line", headers=headers) as line,
    ):
        line.receive_json()


def test_a_game_is_opened_and_stepped_over_the_line(client):
    with client.websocket_connect("/line", headers=OWN) as line:
        line.send_json({"do": "hello"})
        assert line.receive_json()["type"] == "hello"
        assert line.receive_json()["type"] == "scenario"
        line.send_text("no JSON {")
        assert line.receive_json()["type"] == "error"
        game = {"scenario": "smda", "arm": "two-member", "seats": ["PAK"], "seed": 1, "world": 2}
        line.send_json({"do": "open", "game": game})
        kinds = [line.receive_json()["type"] for _ in range(5)]
        assert kinds == ["board", "view", "token", "token", "view"]
        line.send_json({"do": "step"})
        view = line.receive_json()
        assert view["type"] == "view"
        assert view["month"] == 1 or view["waits"] == "PAK"


@pytest.mark.parametrize(
    ("host", "own"),
    [("127.0.0.1", True), ("::1", True), ("localhost", True), ("0.0.0.0", False), ("a.b", False)],
)
def test_loopback_is_known(host, own):
    assert is_loopback(host) is own
