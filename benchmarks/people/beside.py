"""How do the product and its peers serve people? The same messages and stored questions for all of them."""

import pkgutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks import calibrate
from benchmarks.calibrate import Judged
from benchmarks.peers.corpus import Corpus, Peer
from benchmarks.peers.judged import FOLDS, Step, Thresholds
from benchmarks.peers.product import cross_fitted
from benchmarks.peers.questions import OFF_TOPIC, questions_of
from benchmarks.peers.reliability import learned
from benchmarks.peers.systems import PEERS, build
from benchmarks.people import sets
from benchmarks.people.figures import OfDanger, OfMessage, OfStored, of_dangers, of_messages, of_stored
from benchmarks.people.judging import TAPS, Fate, Served, fate_of, fate_of_stored
from benchmarks.people.sets import Asked
from benchmarks.questions import Question
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.reading.loader import load

_TOO_MANY = frozenset({"logistic regression", "logistic regression + decoys"})
"""Peers for which each stored question would be a class: 800 of them take minutes and gigabytes."""


@dataclass(frozen=True)
class Files:
    """What people write; None: the knowledge's own, held out."""

    questions: str  # of which the off-topic ones set the thresholds of peers; empty: the knowledge's own
    messages: Path | None = None
    stored: Path | None = None
    danger: Path | None = None


@dataclass(frozen=True)
class OfPeer:
    """What one peer makes of what people write."""

    system: str
    messages: tuple[Fate, ...]
    stored: tuple[tuple[bool, Fate], ...]  # whether something was said before, and what became of it; empty: not asked


@dataclass(frozen=True)
class OfProduct:
    """What the product makes of it."""

    messages: tuple[OfMessage, ...]
    stored: tuple[OfStored, ...]
    dangers: tuple[OfDanger, ...]

    sure: tuple[tuple[Judged, float], ...]  # what confidence is learned from, and how sure each made


def of_product(knowledge: KnowledgeBase, files: Files) -> OfProduct:
    """Ask the product everything; its confidence was learned without a message of a file before that is judged."""
    asked = (
        *(sets.written(knowledge, files.messages) if files.messages else ()),
        *questions_of(knowledge, files.questions),
    )
    found = calibrate.collect(knowledge, asked)
    batches = _cross_fitted(knowledge, files, found) if files.messages else sets.messages(knowledge, None)
    return OfProduct(
        tuple(of_messages(batches)),
        tuple(of_stored(sets.stored(knowledge, files.stored))),
        tuple(of_dangers(sets.dangers(knowledge, files.danger))),
        tuple(learned(found, knowledge)),
    )


def _cross_fitted(knowledge: KnowledgeBase, files: Files, found: Sequence[Judged]) -> Iterator[Asked[Question]]:
    messages = sets.written(knowledge, files.messages)
    for fold, fitted in enumerate(cross_fitted(knowledge, found, messages)):
        yield Asked(fitted, messages[fold::FOLDS])


def of_peer(system: str, folder: Path, files: Files) -> OfPeer:
    """Ask a peer everything; it knows no danger, no grievance and no follow-up."""
    knowledge = load(folder)
    peer = build(system, knowledge)
    off_topic = (one.text for one in questions_of(knowledge, files.questions) if one.kind == OFF_TOPIC)
    thresholds = Thresholds.of([ranked[0][1] if (ranked := peer.rank(text)) else 0.0 for text in off_topic])
    ways = knowledge.region.grievances
    asked = sets.written(knowledge, files.messages)
    fates = (fate_of(one, _served(peer, thresholds, one.text), ways) for one in asked)
    stored = () if system in _TOO_MANY else tuple(_stored(system, knowledge, files.stored))
    return OfPeer(system, tuple(fates), stored)


def _served(peer: Peer, thresholds: Thresholds, text: str) -> Served:
    made = thresholds.judge(peer.rank(text))
    return Served(made.named if made.step is Step.ANSWER else (), made.named if made.step is Step.OFFER else ())


def _stored(system: str, knowledge: KnowledgeBase, file: Path | None) -> Iterator[tuple[bool, Fate]]:
    """A peer answers with the stored question that it finds first and offers the next ones, however unsure it is."""
    for batch in sets.stored(knowledge, file):
        answers = _answers(batch.knowledge)
        owners, phrases = zip(*((key, text) for key, (texts, _) in answers.items() for text in texts), strict=True)
        peer: Peer = pkgutil.resolve_name(PEERS[system])(Corpus(owners, phrases))
        for one in batch.questions:
            found = [answers[key][1] for key, _ in peer.rank(" ".join(one.turns))]
            yield one.is_follow_up, fate_of_stored(one, found[0] if found else "", found[1:TAPS])


def _answers(knowledge: KnowledgeBase) -> dict[str, tuple[tuple[str, ...], str]]:
    """Wordings of each stored question, also with the name of its subject, and its answer."""
    return {
        f"{subject.id} {place}": ((*faq.wordings, f"{subject.name} {faq.question}"), faq.answer)
        for subject in knowledge.subjects.values()
        for place, faq in enumerate(subject.faq)
    }
