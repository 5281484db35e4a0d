"""Which knowledge answers right now? Tried before it may answer, swapped as one; the last good one stays."""

from bot.live.candidate import Candidate
from bot.live.live import Live, Tell
from bot.live.snapshot import Snapshot
from bot.live.watching import STAGED, staged

__all__ = ["STAGED", "Candidate", "Live", "Snapshot", "Tell", "staged"]
