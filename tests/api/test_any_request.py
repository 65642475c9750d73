"""Whatever the description allows, and what it does not: no request is answered with a fault of the program."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode

from takhrij.api import create_api
from takhrij.ledger import open_ledger
from tests.desk.made import fill

#: The desk answers under the names of this machine only, and refuses whatever has none of them.
OURS = {"host": "127.0.0.1"}


@pytest.fixture(scope="module")
def described(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    where: Path = tmp_path_factory.mktemp("any") / "desk.db"
    fill(where)
    with open_ledger(where, create=False) as ledger:
        yield schemathesis.openapi.from_asgi("/openapi.json", create_api(ledger), headers=OURS)


@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: str(mode.value))
def test_no_request_is_a_fault_of_the_program(described: Any, mode: GenerationMode) -> None:
    statuses: dict[str, set[int]] = {}
    for found in described.get_all_operations():
        operation = found.ok()

        @given(case=operation.as_strategy(generation_mode=mode))
        @settings(max_examples=30, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
        def ask(case: Any) -> None:
            answer = case.call(headers=OURS)
            statuses.setdefault(case.path, set()).add(answer.status_code)
            assert answer.status_code < 500, f"{case.method} {case.path} {case.query} {case.body}: {answer.text[:300]}"

        unaskable = [schemathesis.errors.SchemathesisError, Unsatisfiable] if mode is GenerationMode.NEGATIVE else []
        with suppress(*unaskable):  # of some routes nothing wrong can be asked
            ask()
    assert len(statuses) > 15
    if mode is GenerationMode.POSITIVE:
        assert sum(200 in seen for seen in statuses.values()) > 12, "it gets past the checks of its parameters"
