"""What an admin works with in a test: a knowledge folder and everything that changes it."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from bot.authoring.changing.changes import Applied, Changes
from bot.storage.history import ChangeLog, How

KTP = "dukcapil/ktp-hilang.yaml"


@dataclass
class Desk:
    """What an admin works with in a test."""

    folder: Path
    changes: Changes
    log: ChangeLog
    clock: list[datetime] = field(default_factory=list)

    def read(self, file: str = KTP) -> bytes:
        return (self.folder / file).read_bytes()

    def written(self, old: str, new: str, file: str = KTP) -> bytes:
        """The file as a clerk would have changed it; nothing is written."""
        text = self.read(file).decode()
        assert old in text
        return text.replace(old, new, 1).encode()

    async def change(self, raw: bytes | None, file: str = KTP, who: str = "telegram:1") -> Applied:
        """Propose and apply with the newest version as base."""
        proposal = await self.changes.propose({file: raw}, who, How.UPLOAD, self.changes.fingerprints([file]))
        applied = await self.changes.apply(proposal.pending)
        assert isinstance(applied, Applied)
        self.clock[0] += timedelta(minutes=1)
        return applied
