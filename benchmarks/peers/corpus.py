"""What do the peers search? The same names and examples that the product was built from."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from bot.knowledge.base import KnowledgeBase

Ranked = tuple[tuple[str, float], ...]
"""Subjects and their scores, best first; each subject once."""

RANKED = 5  # subjects a peer returns: one more than can be offered


class Peer(Protocol):
    """Anything that ranks subjects for a question."""

    def rank(self, question: str) -> Ranked:
        """At most ``RANKED`` subjects for a question as typed; the scale of the scores is the peer's own."""


@dataclass(frozen=True)
class Corpus:
    """Phrases with the subject each belongs to; phrases of one subject lie side by side."""

    owners: tuple[str, ...]
    phrases: tuple[str, ...]
    decoys: tuple[str, ...] = ()  # phrases of what is nobody's here

    @cached_property
    def documents(self) -> tuple[tuple[str, str], ...]:
        """Each subject with all its phrases as one text.

        Word indexes find far more with one document a subject than with one a phrase
        (bm25s: first right .90 instead of .72), so they get the better of the two.
        """
        pairs = zip(self.owners, self.phrases, strict=True)
        return tuple((owner, "\n".join(phrase for _, phrase in all_)) for owner, all_ in groupby(pairs, lambda p: p[0]))

    @cached_property
    def subjects(self) -> tuple[str, ...]:
        """Each subject once, in the order of the phrases."""
        return tuple(owner for owner, _ in self.documents)


def corpus_of(knowledge: KnowledgeBase) -> Corpus:
    """All names and examples of all subjects, and all decoys."""
    pairs = [
        (subject.id, phrase)
        for subject in knowledge.subjects.values()
        for phrase in (subject.name, *subject.names, *subject.examples)
    ]
    decoys = tuple(phrase for phrases in knowledge.language.decoys.root.values() for phrase in phrases)
    return Corpus(tuple(owner for owner, _ in pairs), tuple(phrase for _, phrase in pairs), decoys)


def top(scores: NDArray[np.floating], subjects: Sequence[str]) -> Ranked:
    """The best subjects of a score for each; those that have nothing in common with the question are left out."""
    count = min(RANKED, len(scores))
    best = np.argpartition(scores, -count)[-count:]
    ordered = best[np.argsort(-scores[best], kind="stable")]
    return tuple((subjects[i], float(scores[i])) for i in ordered if scores[i] > 0)
