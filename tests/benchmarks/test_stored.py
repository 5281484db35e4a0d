"""What is learned of stored questions: each wording by a knowledge that has never seen it."""

from dataclasses import replace

import pytest

from benchmarks import stored
from bot.knowledge.model import Faq
from bot.knowledge.reading.loader import load
from bot.understanding.matcher import Matcher
from tests.conftest import REAL_KNOWLEDGE


def test_a_wording_is_judged_without_itself_and_too_few_teach_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    real = load(REAL_KNOWLEDGE)
    faq = (
        Faq(question="Boleh diwakilkan?", answer="Boleh.", names=("bisa titip kakak ga",)),
        Faq(question="Pakai foto?", answer="Ya."),
    )
    kia = real.services["kia"].model_copy(update={"faq": faq, "content_tests": ()})
    bare = {"content_tests": (), "faq": ()}
    agencies = {key: one.model_copy(update=bare) for key, one in real.agencies.items()}
    knowledge = replace(real, services={"kia": kia}, referrals={}, agencies=agencies)
    matcher = Matcher(knowledge)
    assert stored.candidates(knowledge, matcher, []) == []
    monkeypatch.setattr(stored, "FEWEST", 1)
    found = [one for one in stored.candidates(knowledge, matcher, []) if one.right]
    assert found
    assert all(one.traits["letters"] < 1 for one in found)
