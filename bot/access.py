"""Who may do what? Asked at the act itself, never when a button is shown."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from bot.knowledge.reading.loader import REFERRALS

COMMON_FOLDERS = (REFERRALS,)
"""Folders without an agency that may have admins of their own."""


@dataclass(frozen=True)
class Access:
    """Rights by numeric Telegram id.

    ``agency_admins`` is keyed by the folder that its admins answer for: an agency's id, or a common folder.
    Without ``editors`` the log admins may change all knowledge as well.
    """

    log_admins: frozenset[int]
    agency_admins: Mapping[str, frozenset[int]]
    editors: frozenset[int] = frozenset()

    @property
    def chief_editors(self) -> frozenset[int]:
        """Who may change all knowledge: every agency, the word lists, the region."""
        return self.editors or self.log_admins

    @property
    def admins(self) -> frozenset[int]:
        """Everybody who has any right."""
        return self.log_admins.union(self.editors, *self.agency_admins.values())

    def may_read_log(self, user: int) -> bool:
        """Whether somebody may read what people ask."""
        return user in self.log_admins

    def is_admin(self, user: int) -> bool:
        """Whether somebody may change any knowledge at all."""
        return user in self.chief_editors.union(*self.agency_admins.values())

    def may_change(self, user: int, file: str) -> bool:
        """Whether somebody may change a file, given by its path; outside agencies only editors may."""
        owner, inside, _ = file.partition("/")
        return user in self.chief_editors or bool(inside and user in self.agency_admins.get(owner, ()))

    def folders_of(self, user: int) -> tuple[str, ...]:
        """The folders somebody was made an admin of, sorted."""
        return tuple(sorted(folder for folder, admins in self.agency_admins.items() if user in admins))

    def concerned(self, file: str) -> frozenset[int]:
        """Who has to hear that a file is broken: its agency's admins, else who may change everything."""
        return self.agency_admins.get(file.partition("/")[0]) or self.chief_editors

    def unknown_folders(self, agencies: Collection[str]) -> tuple[str, ...]:
        """The folders with admins that are neither an agency's nor common, sorted: nobody can change anything there."""
        return tuple(sorted(self.agency_admins.keys() - agencies - set(COMMON_FOLDERS)))


def misnamed_admins(access: Access, agencies: Collection[str]) -> str:
    """What the operator reads when a folder with admins does not exist; empty when all do."""
    there = ", ".join((*agencies, *COMMON_FOLDERS))
    unknown = ", ".join(access.unknown_folders(agencies))
    return f"AGENCY_ADMINS names what does not exist: {unknown}; there is: {there}" if unknown else ""
