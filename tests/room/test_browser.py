"""The room in a real Chromium without a network: what people see and do."""

import asyncio
import os
import shutil
import socket
import statistics
import threading
from pathlib import Path

import pytest

pytest.importorskip("uvicorn")
pytest.importorskip("websockets")
starlette = pytest.importorskip("starlette")
sync_api = pytest.importorskip("playwright.sync_api")

from alliancesim.room import Room  # noqa: E402
from alliancesim.room.server import app  # noqa: E402

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium"),
    pytest.mark.slow,
    pytest.mark.xdist_group("browser"),
]
MOVED = """month => document.querySelector('#decision').hidden
  || document.querySelector('#month').textContent !== month"""
SHOTS = os.environ.get("ALLIANCESIM_SHOTS")
OFFLINE = ("--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1", "--no-sandbox")


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    import uvicorn

    room = Room(folder=tmp_path_factory.mktemp("games"))
    listener = socket.create_server(("127.0.0.1", 0))
    settings = uvicorn.Config(app(room), log_level="error", ws="websockets-sansio", lifespan="off")
    server = uvicorn.Server(settings)
    thread = threading.Thread(
        target=lambda: asyncio.run(server.serve(sockets=[listener])), daemon=True
    )
    thread.start()
    yield f"http://127.0.0.1:{listener.getsockname()[1]}/"
    server.should_exit = True
    thread.join(10)
    listener.close()


@pytest.fixture(scope="module")
def chromium():
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(OFFLINE))
        yield browser
        browser.close()


class Watched:
    """A page with what went wrong on it."""

    def __init__(self, browser, width=1400):
        self.context = browser.new_context(viewport={"width": width, "height": 900})
        self.page = self.context.new_page()
        self.wrong = []
        self.page.on(
            "console",
            lambda said: (
                self.wrong.append(said.text) if said.type in ("error", "warning") else None
            ),
        )
        self.page.on("pageerror", lambda error: self.wrong.append(str(error)))
        self.page.on("requestfailed", lambda request: self.wrong.append(request.url))

    def shot(self, name):
        if SHOTS:
            self.page.screenshot(path=Path(SHOTS) / f"{name}.png", full_page=True)


@pytest.fixture
def opened(chromium):
    pages = []

    def opens(address, width=1400):
        watched = Watched(chromium, width)
        pages.append(watched)
        watched.page.goto(address)
        return watched

    yield opens
    for each in pages:
        each.context.close()
    assert [each.wrong for each in pages] == [[] for _ in pages]


def begin(page, seats=("SAU",), world=3):
    page.wait_for_selector("#begin")
    for box in page.locator("input[name=seat]").all():
        box.set_checked(box.get_attribute("value") in seats)
    page.select_option("#arm", "three-member")
    page.fill("#world", str(world))
    page.click("#begin")
    page.wait_for_selector("#month")


def run_to_a_decision(page):
    page.click("#run")
    page.wait_for_selector("#decision:not([hidden]) [data-option]")


def finish(page):
    page.click("#finish")
    page.wait_for_selector("#debrief:not([hidden]) table", timeout=60_000)


def axe_violations(page):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    # The page's policy allows no foreign script, so its text is evaluated.
    text = (Path(axe.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
    page.evaluate(text)
    found = page.evaluate("() => axe.run()")
    return [
        (each["id"], [node["html"][:160] for node in each["nodes"]]) for each in found["violations"]
    ]


@pytest.mark.parametrize("width", [1400, 400])
def test_a_game_from_a_seat_to_the_debrief_and_again_from_its_file(opened, address, width):
    watched = opened(address, width)
    page = watched.page
    page.wait_for_selector("#begin")
    watched.shot(f"lobby-{width}")
    assert axe_violations(page) == []
    begin(page)
    assert page.locator(".notice").is_visible()
    run_to_a_decision(page)
    assert page.locator("#decision .terms li").count() >= 3
    watched.shot(f"decision-{width}")
    assert axe_violations(page) == []
    before = page.inner_text("#month")
    page.locator("#decision [data-option]").last.click()
    page.wait_for_function(MOVED, arg=before)
    page.select_option("#other", "no-smda")
    page.wait_for_selector("#beside .map")
    watched.shot(f"beside-{width}")
    finish(page)
    assert "not as the model decides" in page.inner_text("#debrief")
    page.click("#chance")
    page.wait_for_selector("text=other worlds of", timeout=20_000)
    watched.shot(f"debrief-{width}")
    assert axe_violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    story = page.inner_text("#log")
    page.click("#save")
    page.wait_for_selector("#linked a")
    page.click("#out")
    page.locator("#saved button").first.click()
    page.wait_for_selector("#debrief:not([hidden]) table", timeout=60_000)
    assert page.inner_text("#log") == story


def test_two_browsers_hold_two_seats_of_one_game(opened, address):
    one = opened(address).page
    begin(one, ("SAU", "PAK"))
    game = one.evaluate("location.hash")
    two = opened(f"{address}{game}").page
    two.click("[data-seat=PAK]")
    one.wait_for_selector("text=Pakistan: taken")
    one.click("[data-seat=SAU]")
    two.wait_for_selector("text=Saudi Arabia: taken")
    decided = set()
    while len(decided) < 2:
        one.click("#run")
        one.wait_for_function(
            "() => document.querySelector('#status').textContent.includes('decide')"
        )
        who = one if one.locator("#decision").is_visible() else two
        other = two if who is one else one
        who.wait_for_selector("#decision:not([hidden]) [data-option]")
        assert not other.locator("#decision").is_visible()
        before = who.inner_text("#month")
        who.locator("#decision [data-option]").first.click()
        who.wait_for_function(MOVED, arg=before)
        decided.add(who)
        one.wait_for_timeout(200)
        while one.locator("#decision").is_visible() or two.locator("#decision").is_visible():
            one.click("#model")
            one.wait_for_timeout(200)
    two.reload()
    two.wait_for_selector("text=You are Pakistan")
    one.click("#pause")
    two.wait_for_selector("text=The facilitator has paused.")
    assert two.locator("#step").is_disabled()


def test_ten_years_by_keyboard_alone(opened, address):
    page = opened(address).page
    begin(page, world=5)
    page.focus("#run")
    for _ in range(400):
        if page.inner_text("#month").startswith("The decade is over"):
            break
        month, number = page.inner_text("#month"), page.inner_text("#decision")
        page.keyboard.press("Enter")
        page.wait_for_function(
            """([month, said]) => document.querySelector('#month').textContent !== month
            || document.querySelector('#decision').innerText !== said""",
            arg=[month, number],
        )
        page.wait_for_function("() => !document.activeElement.disabled")
        focused = page.evaluate("document.activeElement.id || document.activeElement.textContent")
        assert focused not in ("", "BODY")
        for _ in range(12):  # from a step to the run beside it, never to a control that ends it
            there = "document.activeElement.id === 'run' || document.activeElement.dataset.option"
            if page.evaluate(there) or page.locator("#run").is_disabled():
                break
            page.keyboard.press("Tab")
    assert page.inner_text("#month") == "The decade is over: 120 months."
    page.wait_for_selector("#debrief:not([hidden]) table")


def test_a_step_is_drawn_in_under_three_tenths_of_a_second_at_the_median(opened, address):
    page = opened(address).page
    begin(page)
    took = page.evaluate(STEPS)
    assert len(took) == 30
    assert statistics.median(took) < 300.0
    if SHOTS:
        print(f"median of 30 steps: {statistics.median(took):.0f} ms")


STEPS = """async () => {
  const took = [];
  while (took.length < 30) {
    const waits = document.querySelector('#decision [data-option]');
    const month = document.querySelector('#month').textContent;
    const before = document.querySelector('#decision').textContent;
    const began = performance.now();
    (waits || document.querySelector('#step')).click();
    while (document.querySelector('#month').textContent === month
      && document.querySelector('#decision').textContent === before) {
      await new Promise((done) => requestAnimationFrame(done));
    }
    took.push(performance.now() - began);
  }
  return took;
}"""
