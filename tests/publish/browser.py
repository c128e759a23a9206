"""A headless Chromium, driven through its own protocol."""

from __future__ import annotations

import itertools
import json
import os
import shutil
import subprocess
import tempfile
import time
import urllib.request
from pathlib import Path
from typing import Any

import websocket

_COMPLAINTS = ("Log.entryAdded", "Runtime.exceptionThrown", "Runtime.consoleAPICalled")


class Browser:
    """A browser with one page, to be used in a ``with`` block."""

    def __init__(self) -> None:
        self.complaints: list[Any] = []
        self.requests: list[str] = []
        self._numbers = itertools.count(1)
        self._loaded = False

    def __enter__(self) -> Browser:
        self._profile = tempfile.mkdtemp()
        command = [
            str(shutil.which("chromium")),
            "--headless",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--remote-debugging-port=0",
            "--remote-allow-origins=*",
            f"--user-data-dir={self._profile}",
            *(["--no-sandbox"] if os.geteuid() == 0 else []),
            "about:blank",
        ]
        self._process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
        assert self._process.stderr is not None
        told = next(line for line in self._process.stderr if "DevTools listening on" in line)
        port = told.split()[-1].split(":")[2].split("/")[0]
        page = self._first_page(port)
        self._socket = websocket.create_connection(page, timeout=30, suppress_origin=True)
        for domain in ("Page", "Runtime", "Log", "Network"):
            self._call(f"{domain}.enable")
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.close()
        self._process.terminate()
        self._process.wait()
        shutil.rmtree(self._profile, ignore_errors=True)

    def open(self, path: Path) -> None:
        """Open a file and wait until all of it is there."""
        self.complaints, self.requests, self._loaded = [], [], False
        self._call("Page.navigate", url=path.as_uri())
        self._wait()

    def ask(self, expression: str) -> Any:
        """Return the value of an expression in the page."""
        answer = self._call("Runtime.evaluate", expression=expression, returnByValue=True)
        assert "exceptionDetails" not in answer, answer
        return answer["result"].get("value")

    def click(self, element: str) -> None:
        """Press the mouse in the middle of an element, and wait for the page that it opens."""
        box = f"{element}.getBoundingClientRect()"
        x, y = (
            self.ask(f"{box}.{side} + {box}.{size} / 2")
            for side, size in (("x", "width"), ("y", "height"))
        )
        self._loaded = False
        for kind in ("mousePressed", "mouseReleased"):
            self._call("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)
        self._wait()

    def resize(self, width: int) -> None:
        """Make the window as wide as this, in pixels."""
        self._call(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=800,
            deviceScaleFactor=1,
            mobile=width < 500,
        )

    def _first_page(self, port: str) -> str:
        """Return the address of the page's socket, once it is there."""
        for _ in range(100):
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/json") as answer:
                for tab in json.load(answer):
                    if tab["type"] == "page":
                        return str(tab["webSocketDebuggerUrl"])
            time.sleep(0.1)
        raise AssertionError("the browser has no page")

    def _wait(self) -> None:
        """Wait until the page is loaded."""
        while not self._loaded:
            self._hear(json.loads(self._socket.recv()))

    def _call(self, method: str, **settings: Any) -> dict[str, Any]:
        """Return the browser's answer to a command."""
        number = next(self._numbers)
        self._socket.send(json.dumps({"id": number, "method": method, "params": settings}))
        while True:
            message = json.loads(self._socket.recv())
            if message.get("id") == number:
                assert "error" not in message, message
                answer: dict[str, Any] = message["result"]
                return answer
            self._hear(message)

    def _hear(self, message: dict[str, Any]) -> None:
        """Keep what the page complains of and asks for."""
        method = message.get("method")
        if method in _COMPLAINTS:
            self.complaints.append(message["params"])
        elif method == "Network.requestWillBeSent":
            self.requests.append(message["params"]["request"]["url"])
        elif method == "Page.loadEventFired":
            self._loaded = True
