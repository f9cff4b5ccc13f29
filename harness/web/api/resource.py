"""A blueprint of the API, whose description says which scope each operation asks of a token."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from flask_smorest import Blueprint

if TYPE_CHECKING:
    from harness.services.api_tokens import Scope


class Resource(Blueprint):
    """Flask-smorest's, with scopes in the document."""

    def describe_scopes(self, scopes: Mapping[str, Scope | None]) -> None:
        """Writes the scopes of its endpoints into their operations' ``security``; None is any token's."""
        for endpoint, operations in self._docs.items():
            scope = scopes[f"{self.name}.{endpoint}"]
            for method, told in operations.items():
                if method != "parameters":
                    told.setdefault("manual_doc", {})["security"] = [{"token": [scope.value] if scope else []}]
