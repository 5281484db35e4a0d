"""Every stored question brings its answer after its subject's card, but for those that are known not to."""

from tests.knowledge import unanswered


def test_no_stored_question_but_those_known_lacks_its_answer_and_those_do() -> None:
    kept = unanswered.KEPT.read_text(encoding="utf-8")
    assert unanswered.as_text() == kept, "renew it: python -m tests.knowledge.unanswered"
