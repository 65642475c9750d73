"""One contract for all engines: in this process, in worker processes, on Ray."""

from __future__ import annotations

import importlib.util
import os
import sys
from functools import partial
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))  # worker processes get this path too
from shards import power, process, square

from takhrij.engine import Failed, run_shards
from takhrij.errors import UsageError

HERE = str(Path(__file__).parent)
RAY = importlib.util.find_spec("ray") is not None
ray = pytest.param(
    {"engine": "ray", "workers": 2},
    id="ray",
    marks=pytest.mark.skipif(not RAY, reason="the extra ray is not installed here (there is none for every Python)"),
)
here = pytest.param({"engine": "local", "workers": 1}, id="here")
processes = pytest.param({"engine": "local", "workers": 2}, id="processes")
every_engine = pytest.mark.parametrize("how", [here, processes, ray])
every_engine_of_workers = pytest.mark.parametrize("how", [processes, ray])


@pytest.fixture(autouse=True, scope="module")
def _found_by_ray():
    """Ray's workers are no children of this process: they find the shards by PYTHONPATH."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("PYTHONPATH", os.pathsep.join([HERE, *filter(None, [os.environ.get("PYTHONPATH")])]))
        yield


@every_engine
def test_results_come_in_the_order_of_the_shards(how):
    assert list(run_shards(square, range(10), **how)) == [n * n for n in range(10)]


@every_engine
def test_a_shard_that_raises_fails_alone_with_a_reason_of_one_line(how):
    results = list(run_shards(square, [1, 13, 3], **how))
    assert results == [1, Failed("ValueError: thirteen is not squared"), 9]


@every_engine
def test_any_callable_that_can_be_sent_will_do(how):
    assert list(run_shards(partial(power, exponent=3), [1, 2, 3], **how)) == [1, 8, 27]


@every_engine
def test_nothing_runs_when_there_are_no_shards(how):
    assert list(run_shards(square, iter(()), **how)) == []


@every_engine
def test_shards_are_taken_as_they_are_needed(how):
    taken = []

    def shards():
        for number in range(1000):
            taken.append(number)
            yield number

    results = run_shards(square, shards(), **how)
    assert next(results) == 0
    assert len(taken) < 100
    results.close()


@every_engine_of_workers
def test_a_shard_that_kills_its_worker_loses_only_itself(how):
    numbers = [*range(6), 31, *range(7, 20), 31, 21]
    results = list(run_shards(square, numbers, **how))
    assert [result for result in results if not isinstance(result, Failed)] == [n * n for n in numbers if n not in (13, 31)]
    failed = {at: result.reason for at, result in enumerate(results) if isinstance(result, Failed)}
    assert set(failed) == {at for at, n in enumerate(numbers) if n in (13, 31)}
    assert all("worker died" in reason for at, reason in failed.items() if numbers[at] == 31)


@every_engine_of_workers
def test_work_is_done_elsewhere(how):
    assert os.getpid() not in set(run_shards(process, range(4), **how))


def test_one_worker_is_this_process():
    assert set(run_shards(process, range(3))) == {os.getpid()}


def test_what_cannot_be_sent_fails_as_a_shard():
    results = list(run_shards(lambda n: n, [1, 2], workers=2))
    assert all(isinstance(result, Failed) for result in results)
    assert len(results) == 2


def test_an_unknown_engine_and_one_not_installed(monkeypatch):
    with pytest.raises(UsageError, match="no engine is called"):
        list(run_shards(square, [1], engine="steam"))
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(UsageError, match=r"pip install 'takhrij\[ray\]'"):
        list(run_shards(square, [1], engine="ray"))
