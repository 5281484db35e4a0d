"""A matcher built after another one understands as one built by itself."""

from dataclasses import replace

import pytest

from bot.knowledge.base import KnowledgeBase
from bot.knowledge.reading.loader import load
from bot.understanding.matcher import Matcher
from tests.conftest import REAL_KNOWLEDGE

QUESTIONS = ["syarat ktp hilang", "biaya kia brp", "ktpku ilang dijambret", "jam buka dukcapil besok", "kartu lansiaa"]


def edited(knowledge: KnowledgeBase, **changes: object) -> KnowledgeBase:
    service = knowledge.services["ktp-hilang"].model_copy(update=changes)
    return replace(knowledge, services={**knowledge.services, service.id: service})


@pytest.mark.parametrize(
    "changes",
    [
        {"requirements": ("Surat kehilangan.",)},
        {"examples": ("ktp saya hilang di pasar",)},
        {"names": ("ktp kecemplung sumur", "kartu lansia")},
    ],
)
def test_a_matcher_built_after_another_understands_as_one_by_itself(changes: dict[str, object]) -> None:
    knowledge = load(REAL_KNOWLEDGE)
    after = edited(knowledge, **changes)
    follower, alone = Matcher(after, Matcher(knowledge)), Matcher(after)
    assert [follower.understand(text) for text in QUESTIONS] == [alone.understand(text) for text in QUESTIONS]
