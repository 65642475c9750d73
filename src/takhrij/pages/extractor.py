"""Reading pages of strangers in a child process that can be killed: a hostile page costs a bounded time and memory."""

from __future__ import annotations

import contextlib
import json
import queue
import subprocess
import sys
import threading
from dataclasses import asdict
from types import TracebackType
from typing import IO, Any, cast

from takhrij import errors
from takhrij.errors import DamagedInput, InputError, TooLarge
from takhrij.pages.child import read_frame, write_frame
from takhrij.pages.limits import DEFAULT_LIMITS, MIB, Limits
from takhrij.records import Article, Page, Span

_FIRST_SECONDS = 30.0  # what starting the child and loading its parsers may take besides


class Extractor:
    """:func:`~takhrij.pages.make.article_from_bytes` in a child process; call it like that function.

    ``seconds`` bounds one page, ``memory`` the child's address space in bytes (where the system knows such a limit). The child
    is started with the first page, and anew after it was killed.
    """

    def __init__(self, *, seconds: float = 20.0, memory: int = 1536 * MIB, limits: Limits = DEFAULT_LIMITS) -> None:
        self._seconds = seconds
        self._memory = memory
        self._limits = limits
        self._child: subprocess.Popen[bytes] | None = None
        self._answers: queue.Queue[bytes | None] = queue.Queue()

    def __enter__(self) -> Extractor:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def __call__(self, page: Page) -> Article:
        """The article on ``page``.

        Raises what reading it raises, and :class:`TooLarge` where it takes too long or kills the child.
        """
        fresh = self._child is None
        child = self._child or self._start()
        head = {k: v for k, v in asdict(page).items() if k != "body"} | {"headers": dict(page.headers)}
        asked = json.dumps({"page": head, "limits": asdict(self._limits)}).encode()
        try:
            write_frame(cast(IO[bytes], child.stdin), asked + b"\x00" + page.body)
            frame = self._answers.get(timeout=self._seconds + (_FIRST_SECONDS if fresh else 0.0))
        except queue.Empty:
            self.close()
            raise TooLarge(page.name, f"reading it takes more than {self._seconds:g} seconds") from None
        except OSError:
            frame = None
        if frame is None:
            self.close()
            raise TooLarge(page.name, "reading it takes more memory than a page may, or breaks the parser")
        return _article(frame, page.name)

    def close(self) -> None:
        """End the child."""
        if self._child is not None:
            self._child.kill()
            self._child.wait()
            for stream in (self._child.stdin, self._child.stdout):
                if stream is not None:
                    with contextlib.suppress(OSError):
                        stream.close()
            self._child = None

    def _start(self) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "takhrij.pages.child", str(self._memory)]
        self._child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        self._answers = queue.Queue()
        threading.Thread(target=_collect, args=(self._child.stdout, self._answers), daemon=True).start()
        return self._child


def _collect(stream: IO[bytes], answers: queue.Queue[bytes | None]) -> None:
    frame: bytes | None = b""
    while frame is not None:
        try:
            frame = read_frame(stream)
        except (OSError, ValueError):
            frame = None
        answers.put(frame)


def _article(frame: bytes, name: str) -> Article:
    try:
        answer: dict[str, Any] = json.loads(frame)
        if "error" in answer:
            raise _error(answer)
        facts = answer["article"]
        facts["skip"] = tuple(Span(*span) for span in facts["skip"])
        return Article(**facts)
    except (ValueError, TypeError, KeyError):
        raise DamagedInput(name, "the process that reads pages gave no answer that can be read") from None


def _error(answer: dict[str, Any]) -> InputError:
    kind = getattr(errors, str(answer["error"]), None)
    known = kind if isinstance(kind, type) and issubclass(kind, InputError) else InputError
    return known(str(answer["name"]), str(answer["reason"]))
