"""Headless Chromium without a network of its own, driven with the DevTools protocol over two pipes."""

from __future__ import annotations

import contextlib
import json
import os
import pwd
import re
import select
import shutil
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Self, cast

from django.utils.translation import gettext_lazy as _

from sources.formats import session_priority

Message = dict[str, Any]

PROGRAMS = ("chromium", "chromium-browser")
NOBODY = "nobody"  # the user it runs as when we are root: it cannot read our files, and keeps its sandbox
LONGEST_MESSAGE = 64_000_000  # bytes; the largest screenshot that we take has less than half
START = 20.0  # seconds until it has answered with its version, on a busy machine
ANSWER = 10.0  # seconds for a question to the browser itself
LONGEST = 60.0  # seconds for everything: then we kill it, even while we wait to write to it
MOST_MEMORY = 1_500_000_000  # bytes that its processes may use together; a news page takes a third
WHY = re.compile(r":FATAL:|sandbox|denied|not found")  # lines of its output that say why it did not start
HELD = re.compile(r"^Rss(?:Anon|Shmem):\s*(\d+) kB$", re.MULTILINE)
LOOK_EVERY = 0.5  # seconds between two looks at its memory
MOST_SCRIPT_HEAP = 384  # megabytes

# The variables of our environment that it gets: none contains a key.
PASSED_ON = ("PATH", "LD_LIBRARY_PATH", "FONTCONFIG_FILE", "FONTCONFIG_PATH")

# The protocol uses descriptors 3 and 4: the shell connects our pipes to them. It also cleans up if we are killed.
SHELL = ("/bin/sh", "-c", '"$0" "$@" 3<&0 4>&1 </dev/null >/dev/null; rm -rf "$HOME"')
SWITCHES = (
    *("--headless=new", "--remote-debugging-pipe", "--no-first-run", "--no-default-browser-check", "--hide-scrollbars"),
    # Every connection goes to a proxy whose name does not resolve, as no name does; nothing bypasses the proxy.
    *("--proxy-server=http://nowhere.invalid:9", "--proxy-bypass-list=<-loopback>"),
    *("--host-resolver-rules=MAP * ~NOTFOUND", "--disable-quic", "--dns-prefetch-disable"),
    *(
        "--webrtc-ip-handling-policy=disable_non_proxied_udp",
        "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    ),
    *("--disable-background-networking", "--disable-component-update", "--disable-domain-reliability"),
    *("--disable-sync", "--disable-default-apps", "--disable-extensions", "--disable-client-side-phishing-detection"),
    *("--disable-breakpad", "--disable-crash-reporter", "--metrics-recording-only", "--no-pings"),
    *("--block-new-web-contents", "--deny-permission-prompts", "--mute-audio", "--disable-gpu"),
    *("--disable-dev-shm-usage", "--password-store=basic", "--use-mock-keychain"),
    "--disable-features=HttpsUpgrades,HttpsFirstBalancedModeAutoEnable,Translate,MediaRouter,OptimizationHints",
    f"--js-flags=--max-old-space-size={MOST_SCRIPT_HEAP}",
)


class Died(Exception):
    """The browser did not start, stopped, or no longer answers. The message may be shown to a person."""


def found(name: str = "") -> str:
    """Return the path of the browser, by its name or path, or by its usual names; empty where there is none."""
    return next((path for path in map(shutil.which, [name] if name else PROGRAMS) if path), "")


class Unanswered(Died):
    """The browser has not answered in time."""

    def __init__(self) -> None:
        super().__init__(str(_("The browser stopped responding.")))


class Chromium:
    """A browser with an empty profile; closing it ends all its processes and deletes the profile.

    ``heed`` is called with every event, while we wait for anything; it may send, and must not ask. Should we be killed
    before, our end of the pipes closes, and it ends by itself.
    """

    def __init__(self, program: str, heed: Callable[[Message], None], *, sandbox: bool = True) -> None:
        self._heed = heed
        self._asked: set[int] = set()  # numbers of the questions that wait for an answer
        self._answers: dict[int, Message] = {}
        self._number, self._heard, self._looked_at = 0, bytearray(), 0.0
        self._writing = threading.Lock()
        self._folder = Path(tempfile.mkdtemp(prefix="claim-workbench-browser-"))
        self._errors = (self._folder / "errors").open("w+b")
        user = _other_user()
        if user is not None:
            shutil.chown(self._folder, *user)
        profile = self._folder / "profile"
        switches = [*SWITCHES, f"--user-data-dir={profile}", *([] if sandbox else ["--no-sandbox"]), "about:blank"]
        kept = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
        self._process = subprocess.Popen(
            [*SHELL, program, *switches],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            start_new_session=True,
            cwd=self._folder,
            env=kept | {"HOME": str(self._folder), "TMPDIR": str(self._folder), "LC_ALL": "C.UTF-8"},
            **cast("Any", {} if user is None else {"user": user[0], "group": user[1], "extra_groups": []}),
        )
        session_priority.keep(self._process.pid)

        self._guard = threading.Timer(LONGEST, self._kill)
        self._guard.daemon = True
        self._guard.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    @property
    def pid(self) -> int:
        """Return the number of its process group."""
        return int(self._process.pid)

    def close(self) -> None:
        """End it now, with all its processes, and delete its files."""
        self._guard.cancel()
        self._kill()
        self._process.communicate()
        self._errors.close()
        shutil.rmtree(self._folder, ignore_errors=True)

    def version(self) -> str:
        """Return its name and version, as ``Chromium 156.0.8078.79``. Raises ``Died``."""
        return "Chromium " + str(self.ask("Browser.getVersion", within=START)["product"]).rpartition("/")[2]

    def send(self, method: str, session: str = "", **arguments: Any) -> int:
        """Send a command and return the number that its answer will have. Several threads may send."""
        with self._writing:
            self._number += 1
            message = {"id": self._number, "method": method, "params": arguments}
            packed = json.dumps(message | ({"sessionId": session} if session else {})).encode()
            into = cast("Any", self._process.stdin)
            try:
                into.write(packed + b"\0")
                into.flush()
            except (BrokenPipeError, ValueError) as error:
                raise self._died() from error
            return self._number

    def ask(self, method: str, session: str = "", *, within: float = ANSWER, **arguments: Any) -> Message:
        """Return the answer to a command. Raises ``Died``, and ``Unanswered`` where there is none within these seconds.

        An answer that is an error is ``Died`` too: we ask nothing that a working browser refuses.
        """
        number, ends = self.send(method, session, **arguments), time.monotonic() + within
        self._asked.add(number)
        while number not in self._answers:
            if time.monotonic() >= ends:
                raise Unanswered
            self.hear(ends - time.monotonic())
        answer = self._answers.pop(number)
        if "error" in answer:
            raise Died(f"{method}: {answer['error'].get('message', '')}")
        return cast("Message", answer["result"])

    def hear(self, within: float) -> None:
        """Read what the browser says, waiting at most these seconds. Raises ``Died``."""
        self._watch_memory()
        out = cast("Any", self._process.stdout)
        ready, _writable, _failed = select.select([out], [], [], max(0.0, min(within, LOOK_EVERY)))
        if ready:
            piece = os.read(out.fileno(), 1 << 20)
            if not piece or len(self._heard) > LONGEST_MESSAGE:
                raise self._died()
            self._take_in(piece)

    def _kill(self) -> None:
        with contextlib.suppress(ProcessLookupError):  # it has ended before
            os.killpg(self.pid, signal.SIGKILL)

    def _take_in(self, piece: bytes) -> None:
        *whole, rest = piece.split(b"\0")
        for part in whole:
            message = json.loads(bytes(self._heard) + part)
            self._heard.clear()
            if "id" not in message:
                self._heed(message)
            elif message["id"] in self._asked:
                self._answers[message["id"]] = message
        self._heard += rest

    def _watch_memory(self) -> None:
        """End it where it uses too much memory. Limits on address space do not help: it reserves terabytes."""
        if time.monotonic() - self._looked_at < LOOK_EVERY:
            return
        if _memory(self.pid) > MOST_MEMORY:
            self._kill()
            raise Died(str(_("The page needs more memory than we allow for one page.")))
        self._looked_at = time.monotonic()

    def _died(self) -> Died:
        """Return the reason why it did not start, or that it has stopped."""
        self._errors.seek(0)
        said = self._errors.read(20_000).decode("utf-8", "replace")
        fatal = [line.rpartition("] ")[2] for line in said.splitlines() if WHY.search(line)]
        return Died(str(_("The browser stopped unexpectedly.")) + (f" ({fatal[0][:300]})" if fatal else ""))


def _other_user() -> tuple[int, int] | None:
    """Return user and group that a browser started by root runs as; None where we are not root."""
    if os.geteuid() != 0:
        return None
    entry = pwd.getpwnam(NOBODY)
    return entry.pw_uid, entry.pw_gid


def _memory(group: int) -> int:
    """Return the memory of a group of processes in bytes, without files (RssAnon and RssShmem of proc(5))."""
    total = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            if int(stat.read_text().rpartition(") ")[2].split()[2]) == group:
                total += sum(int(size) for size in HELD.findall(stat.with_name("status").read_text()))
        except (OSError, ValueError, IndexError):
            continue  # it has just ended
    return total * 1024
