"""Real Chromium on pages of a real server on loopback. Nothing here depends on how long the browser takes."""

import json
import os
import signal
import socket
import threading

import pytest

from sources.web import browser, door
from sources.web.chromium import Died
from tests import make
from tests.chromium import CHROMIUM, NO_CHROMIUM
from workbench.desk import desk_profile

pytestmark = [pytest.mark.django_db, pytest.mark.skipif(not CHROMIUM, reason=NO_CHROMIUM)]

STORY = "The bridge at Arvel was closed on Monday after a landslide, the authority said in the evening."
BY_SCRIPT = """<!doctype html><html><body><div id="root"></div><script src="/app.js"></script></body></html>"""
PROGRAM = """fetch("/story.json").then(answer => answer.json()).then(story => {
  document.getElementById("root").innerHTML = "<article><h1>Bridge closed</h1><p>" + story.text + "</p></article>";
});"""
SCRIPT = {"Content_Type": "text/javascript"}


def rendered(url):
    return browser.render(door.visit(url), CHROMIUM, sandbox=False)


def page_with(script):
    return f"<!doctype html><p id=said>said before</p><script>{script}</script>"


def asked(site):
    return [path for path, _headers in site.asked]


@pytest.fixture
def hidden():
    """A port of this machine that nobody may reach, and what reached it."""
    reached = []
    stream = socket.create_server(("127.0.0.1", 0))
    port = stream.getsockname()[1]
    packets = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    packets.bind(("127.0.0.1", port))

    def listen(take):
        try:
            while True:
                reached.append(take())
        except OSError:
            return

    for take in (stream.accept, lambda: packets.recv(100)):
        threading.Thread(target=listen, args=(take,), daemon=True).start()
    yield port, reached
    for one in (stream, packets):
        one.shutdown(socket.SHUT_RDWR) if one is stream else one.close()
    stream.close()


def test_a_page_is_made_of_its_scripts_and_what_they_fetch(site):
    site.says("/app.js", PROGRAM, **SCRIPT)
    site.says("/story.json", json.dumps({"text": STORY}), Content_Type="application/json")

    page = rendered(site.says("/bridge", BY_SCRIPT))

    assert STORY in page.text
    assert page.html.startswith("<!DOCTYPE html><html>")
    assert f"<p>{STORY}</p>" in page.html
    assert page.screenshot.startswith(b"\x89PNG\r\n")
    assert page.browser.startswith("Chromium ")
    assert [part.url.rpartition("/")[2] for part in page.parts] == ["app.js", "story.json"]
    assert asked(site).count("/bridge") == 1, "the page itself comes from our visit, not from another one"


def test_the_browser_gives_its_host_no_name_but_ours_and_no_cookie(site):
    site.says("/app.js", "document.cookie = 'a=1'; fetch('/story.json')", **SCRIPT)
    site.says("/story.json", "{}", Content_Type="application/json")

    rendered(site.says("/bridge", BY_SCRIPT, Set_Cookie="b=2; Path=/"))

    heads = [headers for _path, headers in site.asked]
    assert {head["User-Agent"] for head in heads} == {desk_profile.user_agent()}
    assert not any("Cookie" in head for head in heads)


TRICKS = """
const go = trick => { try { const promise = trick(); if (promise && promise.catch) promise.catch(() => 0); } catch {} };
const u = "127.0.0.1:PORT";
go(() => new WebSocket("ws://" + u + "/ws"));
go(() => new WebSocket("ws://localhost:PORT/ws"));
go(() => new EventSource("http://" + u + "/events"));
go(() => navigator.sendBeacon("http://" + u + "/beacon", "x"));
go(() => fetch("http://" + u + "/fetch", {mode: "no-cors"}));
go(() => fetch("http://localhost:PORT/fetch", {mode: "no-cors"}));
go(() => fetch("http://" + u + "/post", {mode: "no-cors", method: "POST", body: "x", keepalive: true}));
go(() => fetchLater("http://" + u + "/later", {activateAfter: 0}));
go(() => new Worker("/worker.js"));
go(() => new SharedWorker("/worker.js"));
go(() => new Worker(URL.createObjectURL(new Blob([
  "fetch('http://" + u + "/w', {mode: 'no-cors'}); new WebSocket('ws://" + u + "/w')"]))));
go(() => navigator.serviceWorker.register("/worker.js"));
go(() => new WebTransport("https://" + u + "/transport").ready);
go(() => window.open("http://" + u + "/window"));
go(() => document.getElementById("ping").click());
go(() => document.getElementById("form").submit());
go(() => {
  const turn = {urls: "turn:" + u + "?transport=tcp", username: "a", credential: "b"};
  const call = new RTCPeerConnection({iceServers: [{urls: ["stun:" + u, "stun:localhost:PORT"]}, turn]});
  call.createDataChannel("x");
  call.createOffer().then(offer => call.setLocalDescription(offer));
});
document.getElementById("said").textContent = "all tricks were tried";
"""
LURES = """<!doctype html><html><head>
<link rel="preconnect" href="http://127.0.0.1:PORT"><link rel="dns-prefetch" href="http://127.0.0.1:PORT">
<link rel="prefetch" href="http://127.0.0.1:PORT/1"><link rel="prerender" href="http://127.0.0.1:PORT/2">
<link rel="preload" as="image" href="http://127.0.0.1:PORT/3"><link rel="manifest" href="http://127.0.0.1:PORT/4">
<link rel="icon" href="http://127.0.0.1:PORT/5"><link rel="stylesheet" href="http://127.0.0.1:PORT/6">
<script type="speculationrules">
{"prefetch": [{"urls": ["http://127.0.0.1:PORT/7"], "eagerness": "immediate"}],
 "prerender": [{"urls": ["/other"], "eagerness": "immediate"}]}
</script></head><body>
<iframe src="http://127.0.0.1:PORT/8"></iframe><img src="http://127.0.0.1:PORT/9" alt="">
<video src="http://127.0.0.1:PORT/10" autoplay></video><object data="http://127.0.0.1:PORT/11"></object>
<a id="ping" href="http://127.0.0.1:PORT/12" ping="http://127.0.0.1:PORT/13">x</a>
<form id="form" action="http://127.0.0.1:PORT/14" method="post" target="_blank"></form>
<p id="said"></p><script>TRICKS</script></body></html>"""


def test_no_trick_of_a_page_reaches_this_machine(site, hidden):
    port, reached = hidden
    tricks = LURES.replace("TRICKS", TRICKS).replace("PORT", str(port))
    site.says("/worker.js", f"fetch('http://127.0.0.1:{port}/w', {{mode: 'no-cors'}})", **SCRIPT)

    page = rendered(site.says("/tricks", tricks))

    assert "all tricks were tried" in page.text
    assert reached == []
    assert page.parts == ()
    assert page.refused > 15


@pytest.mark.parametrize(
    "script",
    [
        "location = 'http://127.0.0.1:1/secret'",
        "location = '/elsewhere'",
        "location.reload()",
        "document.body.insertAdjacentHTML('beforeend', '<meta http-equiv=refresh content=\"0;url=/elsewhere\">')",
        "history.pushState({}, '', '/elsewhere'); location.reload()",
    ],
    ids=["private", "elsewhere", "again", "refresh", "renamed"],
)
def test_a_page_that_leads_elsewhere_is_taken_where_it_is(site, script):
    site.says("/elsewhere", "another page")

    page = rendered(site.says("/page", page_with(script)))

    assert "said before" in page.text
    assert asked(site) == ["/robots.txt", "/page"]


def test_a_part_that_redirects_to_a_private_address_is_not_had(site, hidden):
    port, reached = hidden
    site.says("/app.js", "", 302, Location=f"http://127.0.0.1:{port}/app.js")

    page = rendered(site.says("/page", BY_SCRIPT))

    assert reached == []
    assert [(part.url, part.status) for part in page.parts] == [(f"{site.url}/app.js", 302)]


def test_a_part_that_redirects_is_had_hop_by_hop(site):
    site.says("/app.js", "", 302, Location="/program.js")
    site.says("/program.js", f"document.body.append({STORY!r})", **SCRIPT)

    page = rendered(site.says("/page", BY_SCRIPT))

    assert STORY in page.text
    assert [part.status for part in page.parts] == [302, 200]


def test_what_robots_txt_forbids_is_no_part(site):
    site.says("/robots.txt", "User-agent: *\nDisallow: /private/", Content_Type="text/plain")
    site.says("/private/app.js", "document.body.append('never')", **SCRIPT)

    page = rendered(site.says("/page", BY_SCRIPT.replace("/app.js", "/private/app.js")))

    assert "never" not in page.text
    assert page.parts == ()
    assert "/private/app.js" not in asked(site)


def test_a_host_the_desk_does_not_open_gives_no_part(site):
    url = site.says("/page", BY_SCRIPT)
    answer = door.visit(url)
    make.host_policy(url.partition("//")[2].partition("/")[0], denied=True)

    page = browser.render(answer, CHROMIUM, sandbox=False)

    assert page.parts == ()
    assert "/app.js" not in asked(site)


def test_a_page_of_a_thousand_parts_gets_so_many(site):
    many = "for (let n = 0; n < 1000; n++) new Image().src = '/part' + n"

    page = rendered(site.says("/page", page_with(many)))

    assert len(page.parts) == 100
    assert sum(path.startswith("/part") for path in asked(site)) == 100


def test_parts_are_so_large_together(site, monkeypatch):
    monkeypatch.setattr("sources.web.subresources.MOST_BYTES", 250_000)
    for number in range(4):
        site.says(f"/part{number}", b"\0" * 100_000, Content_Type="image/png")
    one_by_one = "(async () => { for (let n = 0; n < 4; n++) await fetch('/part' + n).catch(() => 0) })()"

    page = rendered(site.says("/page", page_with(one_by_one)))

    assert [part.url[-6:] for part in page.parts] == ["/part0", "/part1"]


@pytest.mark.parametrize(
    "script",
    [
        "alert('a'); confirm('b'); prompt('c'); print(); onbeforeunload = e => 'stay'",
        "const a = document.createElement('a'); a.href = '/file'; a.download = 'f'; a.click()",
        "location = 'data:application/zip;base64,UEsDBA=='",
        "document.write('<p>said before</p>'); window.stop()",
    ],
    ids=["dialogs", "download", "file in an address", "stopped"],
)
def test_a_page_is_not_held_up(site, script):
    page = rendered(site.says("/page", page_with(script)))

    assert "said before" in page.text
    assert "/file" not in asked(site)


@pytest.mark.parametrize(
    "script",
    ["setInterval(() => fetch('/again?' + Math.random()), 50)", "setTimeout(() => { while (true); }, 100)"],
    ids=["never stops loading", "never stops computing"],
)
def test_a_page_that_never_ends_is_taken_when_its_time_is_over(site, monkeypatch, script):
    monkeypatch.setattr(browser, "LOADING", 4.0)

    page = rendered(site.says("/page", page_with(script)))

    assert "said before" in page.text


@pytest.mark.parametrize(
    "script",
    [
        "const held = []; while (true) held.push(new Array(1e6).fill(Math.random()))",
        # Where the browser itself refuses another buffer, the page goes on with objects.
        (
            "const held = []; for (;;) try { held.push(new Uint8Array(1e7).fill(7)) }"
            " catch { held.push(new Array(1e6).fill(Math.random())) }"
        ),
    ],
    ids=["objects", "buffers"],
)
def test_a_page_that_takes_all_memory_is_ended(site, monkeypatch, script):
    monkeypatch.setattr(browser, "LOADING", 120.0)  # on a busy machine its time would be over before its memory

    with pytest.raises(Died):
        rendered(site.says("/page", page_with(script)))


def test_a_browser_that_is_killed_is_told_of(site, monkeypatch):
    shown = browser._Visit.heed

    def killed(visit, event):
        os.killpg(visit.chromium.pid, signal.SIGKILL)
        shown(visit, event)

    monkeypatch.setattr(browser._Visit, "heed", killed)

    with pytest.raises(Died):
        rendered(site.says("/page"))
