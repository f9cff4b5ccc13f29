"""The profile as data; tests/integration/test_seccomp.py tries it in containers."""

from __future__ import annotations

import json

import pytest

from sandbox import seccomp


def test_no_call_is_both_allowed_and_denied() -> None:
    assert set(seccomp.allowed()) & set(seccomp.denied()) == set()


def test_calls_with_conditions_are_not_allowed_without() -> None:
    assert set(seccomp.allowed()) & {"socket", "socketpair", "socketcall", "clone", "clone3", "personality"} == set()


@pytest.mark.parametrize("machine", ["x86_64", "aarch64"])
def test_only_the_native_architecture_is_listed(machine: str) -> None:
    assert seccomp.profile(machine)["architectures"] == [f"SCMP_ARCH_{machine.upper()}"]


def test_it_is_what_the_api_takes() -> None:
    assert json.loads(json.dumps(seccomp.profile("x86_64"))) == seccomp.profile("x86_64")


def test_an_unknown_machine_gets_no_profile() -> None:
    """Rather no container than one without a filter."""
    with pytest.raises(KeyError):
        seccomp.profile("riscv64")
