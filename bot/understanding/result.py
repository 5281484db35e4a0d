"""What came out of understanding a text: values with their reasons."""

from dataclasses import dataclass
from enum import StrEnum

from bot.knowledge.language import Act
from bot.knowledge.vocabulary import Aspect


class Cue(StrEnum):
    """What a text does besides naming a subject."""

    GREETING = "greeting"
    THANKS = "thanks"
    HELP = "help"  # what can you do, menu
    PERSON = "person"  # wants to talk to a human being
    EMERGENCY = "emergency"  # a life is in danger now
    FOLLOW_UP = "follow_up"  # leans on what was spoken of last
    SWITCH = "switch"  # "kalau rusak?": leans on the last subject and swaps something of it
    CORRECTION = "correction"  # "bukan, maksud saya …"
    OWN_FILE = "own_file"  # asks about the state of a person's own file
    COMPLAINT = "complaint"  # of an officer, or of how one was served
    LEVY = "levy"  # somebody asked for money
    NOD = "nod"
    BYE = "bye"
    WHO = "who"  # asks who is speaking here
    ELSEWHERE = "elsewhere"  # asks about another region's office
    NOT_OURS = "not_ours"  # a decoy topic won
    NONE_OF_THESE = "none_of_these"  # none of what was offered


class Verdict(StrEnum):
    """What may be done with the candidates; thresholds and their measurements stand in the matcher."""

    SURE = "sure"  # answer ``meant``
    UNSURE = "unsure"  # offer the candidates
    UNKNOWN = "unknown"  # decline


@dataclass(frozen=True)
class Evidence:
    """One word of the question that met one word of the knowledge."""

    word: str  # as typed
    met: str  # the word of the subject's names or examples
    weight: float  # 0..1, share of the score


@dataclass(frozen=True)
class Candidate:
    """A subject the text may be about."""

    subject: str  # id of a service, referral or agency
    score: float  # 0..1
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True)
class Topic:
    """What a conversation is about: the subjects and aspects last spoken of."""

    subjects: tuple[str, ...]
    aspects: tuple[Aspect, ...] = ()
    offered: bool = False  # True: the subjects were offered as alternatives, none is chosen yet
    earlier: tuple[str, ...] = ()  # subjects answered before these, the last one first
    case: str = ""  # title of the variant that was told


@dataclass(frozen=True)
class Understanding:
    """All that was found in a text."""

    text: str
    tokens: tuple[str, ...]  # canonical words
    candidates: tuple[Candidate, ...]  # at most 5, descending
    verdict: Verdict
    meant: tuple[str, ...] = ()  # when SURE: one subject, or two when two were asked
    aspects: tuple[Aspect, ...] = ()  # empty: nothing in particular
    cues: frozenset[Cue] = frozenset()
    acts: frozenset[Act] = frozenset()  # what it does other than ask
    concerned: str = ""  # the subject a complaint is about
    confidence: float = 0.0  # calibrated P(the first candidate is right)
    faq: tuple[str, int] | None = None  # subject and index of its tanya_jawab entry that was asked
    near_stored: tuple[
        int, ...
    ] = ()  # of the tanya_jawab of the one meant: those nearest to what was asked, the best first
    place: str = ""  # name of another region that was named as the office asked for
    choice: int | None = None  # "2", "yang kedua": which of the offered, from 0
    day: str = ""  # as said: "besok", "jumat", "hari ini"; for questions about hours
    variant: str = ""  # title of the variant asked for ("wna", "perpanjangan")
    danger: str = ""  # kind of danger somebody is in now, as darurat.yaml names it
