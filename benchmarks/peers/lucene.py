"""A peer: tantivy, a search engine in the manner of Lucene, ranking by BM25."""

import tantivy

from benchmarks.peers.corpus import RANKED, Corpus, Ranked
from benchmarks.peers.words import words_of


class Tantivy:
    """An index in memory, a document for each subject."""

    def __init__(self, corpus: Corpus) -> None:
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("id", stored=True, tokenizer_name="raw")
        builder.add_text_field("words")
        self._schema = builder.build()
        index = tantivy.Index(self._schema)
        writer = index.writer(num_threads=1)
        for subject, document in corpus.documents:
            writer.add_document(tantivy.Document(id=subject, words=document))
        writer.commit()
        writer.wait_merging_threads()
        index.reload()
        self._searcher = index.searcher()

    def rank(self, question: str) -> Ranked:
        """Subjects by BM25."""
        words = [
            (tantivy.Occur.Should, tantivy.Query.term_query(self._schema, "words", word)) for word in words_of(question)
        ]
        hits = self._searcher.search(tantivy.Query.boolean_query(words), limit=RANKED, count=False).hits
        return tuple((self._searcher.doc(place)["id"][0], score) for score, place in hits)
