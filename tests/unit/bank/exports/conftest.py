"""Each format is tried with every question that ships, and with made-up ones that are nasty."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from harness.domain.content import Pool
from tests.unit.bank.exports.samples import (
    export,
    nasty_library,
    shipped,
)

if TYPE_CHECKING:
    from harness.bank.exports.model import Export


@pytest.fixture(scope="module")
def nasty(tmp_path_factory: pytest.TempPathFactory) -> Export:
    return export(nasty_library(tmp_path_factory.mktemp("nasty")))


@pytest.fixture(params=["nasty", "shipped", "shipped exams"])
def sample(request: pytest.FixtureRequest, nasty: Export) -> Export:
    if request.param == "nasty":
        return nasty
    return export(shipped(), Pool.EXAM if "exams" in request.param else Pool.PRACTICE)
