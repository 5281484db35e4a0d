"""Who is compared? Each by its name and where it is built; imported only when asked for, so that memory is its own."""

import pkgutil
from types import MappingProxyType

from benchmarks.peers.corpus import Peer, corpus_of
from bot.knowledge.base import KnowledgeBase

PRODUCT = "Tanya Layanan"

PEERS = MappingProxyType(
    {
        "rapidfuzz WRatio": "benchmarks.peers.fuzzy:weighted_ratio",
        "rapidfuzz token_set_ratio": "benchmarks.peers.fuzzy:token_set_ratio",
        "SQLite FTS5": "benchmarks.peers.fts5:Fts5",
        "bm25s": "benchmarks.peers.sparse:Bm25s",
        "tantivy": "benchmarks.peers.lucene:Tantivy",
        "TF-IDF, characters": "benchmarks.peers.ngrams:CharacterTfidf",
        "logistic regression": "benchmarks.peers.ngrams:classifier",
        "logistic regression + decoys": "benchmarks.peers.ngrams:classifier_with_decoys",
    }
)
ALL = (PRODUCT, *PEERS)

MOST_SERVICES = MappingProxyType({"logistic regression": 500, "logistic regression + decoys": 500})
"""Where a system ends: its weights are dense, subjects times n-grams, and take minutes and gigabytes beyond."""


def build(name: str, knowledge: KnowledgeBase) -> Peer:
    """A system ready to be asked.

    Raises:
        KeyError: There is no such system.
    """
    if name == PRODUCT:
        system: Peer = pkgutil.resolve_name("benchmarks.peers.product:Product")(knowledge)
    else:
        system = pkgutil.resolve_name(PEERS[name])(corpus_of(knowledge))
    return system
