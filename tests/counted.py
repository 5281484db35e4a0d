"""How often is something done? Functions that are noted by a name each time they are called."""

from collections.abc import Callable
from typing import Any

import pytest


def note_calls(monkeypatch: pytest.MonkeyPatch, **functions: tuple[object, str]) -> list[str]:
    """The names of functions in the order in which they are called from now on; each is an owner and its attribute."""
    done: list[str] = []

    def noting(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def noted(*values: Any) -> Any:
            done.append(name)
            return function(*values)

        return noted

    for name, (owner, attribute) in functions.items():
        noted = noting(name, getattr(owner, attribute))
        monkeypatch.setattr(owner, attribute, staticmethod(noted) if isinstance(owner, type) else noted)
    return done
