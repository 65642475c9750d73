"""A web made up for tests: a table of names, and a connector that answers from a table of pages and opens no socket."""

import httpcore


class FakeWeb:
    """``names`` maps hosts to addresses; ``pages`` maps ``host/path`` to raw HTTP answers, a list of them one after another.

    ``connected`` records each address that a connection was asked for, ``asked`` each host and path, ``slept`` the pauses.
    """

    def __init__(self):
        self.names = {"example.org": ["93.184.216.34"], "other.example": ["93.184.216.35"]}
        self.pages = {}
        self.connected = []
        self.asked = []
        self.slept = []
        self.requests = []
        self.now = 1000.0
        self.tick = 0.0

    def add(self, where, body=b"", status="200 OK", **headers):
        data = body.encode() if isinstance(body, str) else body
        headers.setdefault("Content_Type", "text/html; charset=utf-8")
        headers.setdefault("Content_Length", str(len(data)))
        lines = [f"HTTP/1.1 {status}", *(f"{k.replace('_', '-')}: {v}" for k, v in headers.items() if v is not None)]
        self.pages.setdefault(where, []).append("\r\n".join(lines).encode() + b"\r\n\r\n" + data)

    def resolver(self, host, port):
        found = self.names.get(host)
        if found is None:
            raise OSError("no such host")
        return found.pop(0) if found and isinstance(found[0], list) else found

    def connector(self, address, port, timeout):
        self.connected.append(address)
        return FakeStream(self)

    def clock(self):
        self.now += self.tick
        return self.now

    def sleep(self, seconds):
        self.slept.append(round(seconds, 3))
        self.now += seconds


class FakeStream(httpcore.NetworkStream):
    def __init__(self, web):
        self.web = web
        self.sent = b""
        self.waiting = None

    def read(self, max_bytes, timeout=None):
        if self.waiting is None:
            self.waiting = self._answer()
        step, self.waiting = self.waiting[:max_bytes], self.waiting[max_bytes:]
        return step

    def write(self, buffer, timeout=None):
        self.sent += buffer
        self.waiting = None

    def _answer(self):
        head, self.sent = self.sent.decode("latin-1"), b""
        self.web.requests.append(head)
        path = head.split(" ", 2)[1]
        host = next(line.split(":", 1)[1].strip() for line in head.split("\r\n") if line.lower().startswith("host:"))
        self.web.asked.append(host + path)
        answers = self.web.pages.get(host + path)
        if not answers:
            return b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
        answer = answers.pop(0) if len(answers) > 1 else answers[0]
        return answer() if callable(answer) else answer

    def start_tls(self, ssl_context, server_hostname=None, timeout=None):
        return self

    def close(self):
        pass

    def get_extra_info(self, info):
        return None
