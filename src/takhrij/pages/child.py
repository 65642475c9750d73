"""The child process that reads pages of strangers: frames in on standard input, frames out on standard output.

Run as ``python -m takhrij.pages.child MEMORY``. A frame is a length in four bytes and as many bytes; a request is JSON, a zero
byte and the page's body, an answer JSON. What comes back is data only, so a page that took the child over gains nothing by it.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
from dataclasses import asdict
from typing import IO, Any

from takhrij.errors import InputError, TooLarge
from takhrij.pages.limits import Limits
from takhrij.pages.make import article_from_bytes
from takhrij.records import Page

_LENGTH = 4


def read_frame(stream: IO[bytes]) -> bytes | None:
    """The next frame, None at the end."""
    head = stream.read(_LENGTH)
    if len(head) < _LENGTH:
        return None
    length = int.from_bytes(head, "big")
    data = stream.read(length)
    return data if len(data) == length else None


def write_frame(stream: IO[bytes], data: bytes) -> None:
    """Send ``data`` as one frame."""
    stream.write(len(data).to_bytes(_LENGTH, "big") + data)
    stream.flush()


def _answer(frame: bytes) -> dict[str, Any]:
    head, _, body = frame.partition(b"\x00")
    asked = json.loads(head)
    page = Page(body=body, **asked["page"])
    try:
        return {"article": asdict(article_from_bytes(page, Limits(**asked["limits"])))}
    except InputError as error:
        return {"error": type(error).__name__, "name": error.name, "reason": error.reason}
    except (MemoryError, RecursionError):
        return {"error": TooLarge.__name__, "name": page.name, "reason": "reading it takes more memory than a page may"}


def main() -> None:
    """Answer frames until the input ends."""
    memory = int(sys.argv[1])
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # a library that prints must not get between the frames
    while (frame := read_frame(sys.stdin.buffer)) is not None:
        write_frame(out, json.dumps(_answer(frame)).encode())


if __name__ == "__main__":
    main()
