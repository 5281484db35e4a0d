"""Who may do what? Asked at the act itself, never when a button is shown."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Access:
    """Rights by numeric Telegram id.

    ``agency_admins`` is keyed by the folder that its admins answer for: an agency's id, or ``rujukan``.
    """

    log_admins: frozenset[int]
    agency_admins: Mapping[str, frozenset[int]]

    @property
    def admins(self) -> frozenset[int]:
        """Everybody who has any right."""
        return self.log_admins.union(*self.agency_admins.values())

    def may_read_log(self, user: int) -> bool:
        """Whether somebody may read what people ask."""
        return user in self.log_admins

    def is_admin(self, user: int) -> bool:
        """Whether somebody may change any knowledge at all."""
        return user in self.admins

    def may_change(self, user: int, file: str) -> bool:
        """Whether somebody may change a file, given by its path below the knowledge folder.

        Files outside the folders of agencies (word lists, the region) are for log admins only.
        """
        owner, inside, _ = file.partition("/")
        return user in self.log_admins or bool(inside and user in self.agency_admins.get(owner, ()))

    def folders_of(self, user: int) -> tuple[str, ...]:
        """The folders somebody was made an admin of, sorted."""
        return tuple(sorted(folder for folder, admins in self.agency_admins.items() if user in admins))

    def concerned(self, file: str) -> frozenset[int]:
        """Who has to hear that a file is broken: its agency's admins, else the log admins."""
        return self.agency_admins.get(file.partition("/")[0]) or self.log_admins
