"""What can go so wrong that nobody here can go on."""

from collections.abc import Sequence


class TanyaError(Exception):
    """Base of all; its text is one clear line for whoever runs the command."""

    exit_code = 1


class SettingsError(TanyaError):
    """A setting is missing, malformed, or points at nothing usable."""

    exit_code = 2


class KnowledgeError(TanyaError):
    """The knowledge cannot be used; ``problems`` are all that were found, each printable as ``file:line: message``."""

    def __init__(self, problems: Sequence[object]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in problems))


class StorageError(TanyaError):
    """The database or the data folder cannot be read or written.

    ``hopeless``: the same can never be stored, however often it is tried; otherwise it may work later.
    """

    def __init__(self, message: str, *, hopeless: bool = False) -> None:
        self.hopeless = hopeless
        super().__init__(message)
