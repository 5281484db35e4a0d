"""The product beside a peer, on what people write."""

import json
from dataclasses import replace

import pytest

from benchmarks.people import tables
from benchmarks.people.beside import Files, OfProduct, of_peer
from benchmarks.people.figures import of_dangers, of_messages, of_stored
from benchmarks.people.judging import Fate
from benchmarks.people.sets import dangers, messages, stored
from bot.knowledge.reading.loader import load
from tests.conftest import REAL_KNOWLEDGE


@pytest.fixture(scope="module")
def knowledge():
    return load(REAL_KNOWLEDGE)


@pytest.fixture
def files(knowledge, tmp_path):
    subject = next(one for one in knowledge.services.values() if one.faq)
    rows = {
        "messages": [{"q": "ktp hilang", "services": ["ktp-hilang"], "aspects": []}],
        "stored": [{"turns": [subject.faq[0].question], "id": subject.id, "must": [subject.faq[0].answer]}],
        "danger": [{"text": "rumah saya kebakaran", "first": ["113"]}],
    }
    paths = {name: tmp_path / f"{name}.jsonl" for name in rows}
    for name, path in paths.items():
        path.write_text("\n".join(map(json.dumps, rows[name])), encoding="utf-8")
    return Files("", **paths)


def test_a_peer_is_asked_the_same_and_declines_by_thresholds_of_what_is_off_topic(files):
    found = of_peer("SQLite FTS5", REAL_KNOWLEDGE, files)
    assert len(found.messages) == 1
    assert found.stored == ((False, Fate.RIGHT),)


def test_the_tables_tell_of_the_product_and_of_each_peer(knowledge, files):
    product = OfProduct(
        tuple(of_messages(messages(knowledge, files.messages))),
        tuple(of_stored(stored(knowledge, files.stored))),
        tuple(of_dangers(dangers(knowledge, files.danger))),
        (),
    )
    peer = of_peer("SQLite FTS5", REAL_KNOWLEDGE, files)
    assert "| Tanya Layanan | 1.000 |            1.000 | 0.000 |" in tables.messages(product, [peer])
    assert "| SQLite FTS5   |       1.000 |" in tables.stored(product, [peer])
    assert "1 of 1 | 0 of 1" in tables.danger(product)
    unheard = replace(product, stored=(), dangers=())
    assert "–" in tables.stored(unheard, [])
