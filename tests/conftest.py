"""Both stores: SQLite in a file, and a PostgreSQL that the tests start themselves, on a socket only."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import settings

# A shared machine may stall any example; no test is about time.
settings.register_profile("takhrij", deadline=None)
settings.load_profile("takhrij")

sys.path.insert(0, str(Path(__file__).parent / "contract"))  # ledger_samples: tests are no package


def _absent(why: str) -> None:
    if os.environ.get("TAKHRIJ_REQUIRE_ALL") == "1":
        pytest.fail(f"PostgreSQL is required here: {why}")
    pytest.skip(f"no PostgreSQL: {why}")


def _binaries() -> Path | None:
    found = shutil.which("initdb")
    if found:
        return Path(found).parent
    places = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    return places[-1].parent if places else None


def _as_user() -> list[str]:
    """PostgreSQL refuses to run as root: what to put before a command so that another user runs it."""
    if os.geteuid() != 0:
        return []
    for name in ("postgres", "nobody"):
        try:
            pwd.getpwnam(name)
        except KeyError:
            continue
        return ["runuser", "-u", name, "--"]
    return []


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The folder of a running server's socket."""
    binaries = _binaries()
    if binaries is None:
        _absent("initdb was not found")
        return
    try:
        import psycopg  # noqa: F401
    except ImportError:
        _absent("psycopg is not installed")
    memory = Path("/dev/shm")  # a server of a thousand small files is quicker there
    roomy = memory.is_dir() and os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > 1 << 30
    where = memory if roomy else Path("/tmp")
    folder = Path(tempfile.mkdtemp(prefix="tkpg", dir=where))
    as_user = _as_user()
    if as_user:
        shutil.chown(folder, as_user[2])
    options = f"-k {folder} -c listen_addresses='' -c fsync=off -c max_connections=60"

    def run(*command: str) -> None:
        done = subprocess.run([*as_user, *command], cwd=folder, capture_output=True, text=True, timeout=120)
        if done.returncode:
            _absent(f"{Path(command[0]).name} failed: {(done.stderr or done.stdout).strip()[-300:]}")

    data = str(folder / "data")
    try:
        run(str(binaries / "initdb"), "-D", data, "-A", "trust", "-U", "takhrij", "-E", "UTF8", "--no-sync", "--locale=C.UTF-8")
        run(str(binaries / "pg_ctl"), "-D", data, "-w", "-o", options, "-l", str(folder / "log"), "start")
        try:
            yield str(folder)
        finally:
            run(str(binaries / "pg_ctl"), "-D", data, "-w", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def new_database(postgres_server: str) -> Callable[[], str]:
    """Makes an empty schema, which is as good as a database and quicker, and gives its address."""
    import psycopg

    def make() -> str:
        name = f"t{uuid4().hex[:12]}"
        with psycopg.connect(host=postgres_server, user="takhrij", dbname="postgres", autocommit=True) as connection:
            connection.execute(f"CREATE SCHEMA {name}")
        return f"postgresql://takhrij@/postgres?host={postgres_server}&options=-csearch_path%3D{name}"

    return make


@pytest.fixture(params=["sqlite", "postgres"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty ledger, in each store."""
    if request.param == "sqlite":
        return str(tmp_path / "ledger.db")
    make: Callable[[], str] = request.getfixturevalue("new_database")
    return make()
