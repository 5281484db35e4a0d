"""Which knowledge answers right now? Tried before it may answer, swapped as one; the last good one stays."""

from bot.live.live import STAGED, Candidate, Live, Tell, staged
from bot.live.snapshot import Snapshot

__all__ = ["STAGED", "Candidate", "Live", "Snapshot", "Tell", "staged"]
