"""Jobs: addresses and files that people at the desk have read into the ledger, each by a process of its own, one at a time."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
import tempfile
import threading
from collections import deque
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal
from uuid import uuid4

from takhrij.errors import UsageError
from takhrij.ledger import Ledger

State = Literal["waiting", "running", "done", "failed"]
#: Jobs that are remembered, and jobs that may wait, at most.
_KEPT, _WAITING = 100, 20
_LONGEST_NAME = 80
#: What starts the process of a job.
COMMAND = [sys.executable, "-m", "takhrij.api.worker"]


@dataclass(slots=True)
class Job:
    """One job. ``name`` is what the user gave; ``source`` what the process is told to read; ``steps`` what it has said."""

    id: str
    who: str
    collection: str
    name: str
    source: str
    begun: str
    state: State = "waiting"
    steps: list[dict[str, Any]] = field(default_factory=list)
    folder: Path | None = None

    @property
    def over(self) -> bool:
        """Whether nothing more comes."""
        return self.state in ("done", "failed")

    @property
    def articles(self) -> list[str]:
        """The articles that were read, by id."""
        return [str(step["article"]) for step in list(self.steps) if step["step"] == "read"]

    @property
    def faults(self) -> list[tuple[str, str]]:
        """What could not be read, and why."""
        return [(str(s.get("name", "")), str(s.get("reason", ""))) for s in list(self.steps) if s["step"] == "failed"]

    @property
    def at(self) -> int:
        """How far it is, or has come: 0 waiting, 1 fetching, 2 reading, 3 tracing, 4 done."""
        if self.state == "done":
            return 4
        ranks = {"fetching": 1, "found": 2, "read": 2, "tracing": 3, "traced": 3}
        return max((ranks.get(step["step"], 0) for step in list(self.steps)), default=1 if self.state == "running" else 0)


class Jobs:
    """The jobs of one desk. They are forgotten when it ends; what they have read is in the ledger."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._jobs: dict[str, Job] = {}
        self._waiting: deque[Job] = deque()
        self._lock = threading.Lock()
        self._busy = False

    def address(self, who: str, collection: str, url: str) -> Job:
        """Have an address read. Raises :class:`UsageError` for what is no web address, or where too many jobs wait."""
        if not url.lower().startswith(("http://", "https://")) or any(c.isspace() for c in url):
            raise UsageError("an address begins with http:// or https:// and has no space in it")
        return self._begin(who, collection, url, url)

    def file(self, who: str, collection: str, name: str, content: bytes) -> Job:
        """Have a file read that was sent along; its articles go by its digest and its name."""
        if not content:
            raise UsageError("the file is empty")
        folder = Path(tempfile.mkdtemp(prefix="takhrij-job-"))
        try:
            inner = folder / hashlib.sha256(content).hexdigest()[:12]
            inner.mkdir()
            (inner / file_name(name)).write_bytes(content)
            return self._begin(who, collection, name, str(folder), folder)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise

    def get(self, job: str, collection: str) -> Job | None:
        """A job of the collection by its id, or None."""
        found = self._jobs.get(job)
        return found if found is not None and found.collection == collection else None

    def of(self, collection: str) -> list[Job]:
        """The jobs of the collection, the newest first."""
        return [job for job in reversed(list(self._jobs.values())) if job.collection == collection]

    def _begin(self, who: str, collection: str, name: str, source: str, folder: Path | None = None) -> Job:
        job = Job(
            uuid4().hex[:16], who, collection, name, source, datetime.now(UTC).isoformat(timespec="seconds"), folder=folder
        )
        with self._lock:
            if len(self._waiting) >= _WAITING:
                raise UsageError("too many jobs are waiting; try again when some are done")
            self._jobs[job.id] = job
            for old in [one.id for one in self._jobs.values() if one.over][: max(0, len(self._jobs) - _KEPT)]:
                del self._jobs[old]
            self._waiting.append(job)
            if not self._busy:
                self._busy = True
                threading.Thread(target=self._work, daemon=True).start()
        return job

    def _work(self) -> None:
        while True:
            with self._lock:
                if not self._waiting:
                    self._busy = False
                    return
                job = self._waiting.popleft()
            job.state = "running"
            try:
                job.state = "done" if self._process(job) else "failed"
            except Exception as error:  # a job that cannot be started must not stop those after it
                job.steps.append({"step": "failed", "name": job.name, "reason": type(error).__name__})
                job.state = "failed"
            finally:
                if job.folder is not None:
                    shutil.rmtree(job.folder, ignore_errors=True)

    def _process(self, job: Job) -> bool:
        folder = self._ledger.evidence_folder
        asked = {
            "ledger": self._ledger.address, "evidence": None if folder is None else str(folder), "who": job.who,
            "collection": job.collection, "input": job.source,
        }  # fmt: skip
        pipe = subprocess.PIPE
        with subprocess.Popen(COMMAND, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, encoding="utf-8") as process:
            assert process.stdin is not None
            assert process.stdout is not None
            process.stdin.write(json.dumps(asked))
            process.stdin.close()
            for line in process.stdout:
                job.steps.append(json.loads(line))
        if process.returncode < 0 or not job.steps:
            job.steps.append({"step": "failed", "name": job.name, "reason": "the reading process ended early"})
        return process.returncode == 0


def file_name(given: str) -> str:
    """The name of a file that was sent along, fit for a folder here: no path, no control, of bounded length."""
    name = given.replace("\\", "/").rpartition("/")[2]
    name = "".join(c if c.isprintable() and c not in '<>:"|?*' else "_" for c in name).strip(". ")
    stem, dot, ending = name.rpartition(".")
    short = f"{(stem or ending)[:_LONGEST_NAME]}{dot if stem else ''}{ending[:10] if stem else ''}"
    return short or "file"
