import pytest

from benchmarks.peers.generator import questions_about, with_services
from bot.knowledge.reading.loader import load
from tests.conftest import REAL_KNOWLEDGE


@pytest.fixture(scope="module")
def knowledge():
    return load(REAL_KNOWLEDGE)


def _phrases(knowledge):
    return [(s.id, s.name, *s.names, *s.examples) for s in knowledge.services.values()]


def test_the_same_seed_makes_the_same_services_and_questions(knowledge):
    first, again = with_services(knowledge, 50, 3), with_services(knowledge, 50, 3)
    assert _phrases(first) == _phrases(again)
    assert questions_about(tuple(first.services.values()), 20, 3) == questions_about(
        tuple(again.services.values()), 20, 3
    )


def test_another_seed_makes_other_services(knowledge):
    assert _phrases(with_services(knowledge, 50, 3)) != _phrases(with_services(knowledge, 50, 4))


def test_there_are_as_many_services_as_were_asked_for_and_no_two_alike(knowledge):
    names = [service.name for service in with_services(knowledge, 300, 1).services.values()]
    assert (len(names), len(set(names))) == (300, 300)


def test_new_services_bring_ever_fewer_new_words(knowledge):
    words = [
        len({word for service in with_services(knowledge, size, 1).services.values() for word in service.name.split()})
        for size in (100, 400)
    ]
    assert words[0] < words[1] < 4 * words[0]


def test_a_question_holds_four_words_of_its_service_when_it_is_not_mistyped(knowledge):
    services = with_services(knowledge, 50, 1).services
    asked = [question for place, question in enumerate(questions_about(tuple(services.values()), 30, 1)) if place % 3]
    held = [len(set(q.text.split()) & set(services[q.services[0]].name.split())) for q in asked]
    assert min(held) >= 4
