"""What a rule is good for: the product without it is compared with the product."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.people.asking import Reached
from benchmarks.rules import code, words
from benchmarks.rules.__main__ import Without, measured, tabled
from benchmarks.rules.grading import Material
from benchmarks.rules.rule import Swap, of_code, of_words
from bot.knowledge.language import Language
from bot.knowledge.reading.loader import load
from bot.understanding.matcher import Matcher
from tests.conftest import REAL_KNOWLEDGE

NOTHING = {"messages": (), "stored": (), "danger": (), "dialogues": ()}


@pytest.fixture(scope="module")
def knowledge():
    return load(REAL_KNOWLEDGE)


def _written(path: Path, *rows):
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return [path]


@pytest.mark.parametrize("rule", code.RULES, ids=lambda rule: rule.name)
def test_a_rule_of_the_code_is_there_and_comes_back(rule, knowledge):
    with rule.without(knowledge) as less:
        assert less is knowledge


def test_a_rule_that_is_gone_from_the_code_is_told(knowledge):
    rule = of_code("gone", Swap("bot.understanding.matcher:Matcher", "no_such_rule", None))
    with pytest.raises(AttributeError, match="no_such_rule"), rule.without(knowledge):
        pass


def test_every_word_list_is_a_rule_of_its_own_and_goes_by_the_names_of_the_file(knowledge):
    rules = {rule.name: rule for rule in words.lists(knowledge.language)}
    assert {"sapaan.yaml keluhan.tanda", "aspek.yaml bukan", "peristiwa.yaml arah.kantor", "umpan.yaml"} <= rules.keys()
    with rules["sapaan.yaml keluhan.tanda"].without(knowledge) as less:
        assert less.language.small_talk.complaint.cues == ()
        assert less.language.small_talk.levy == knowledge.language.small_talk.levy
    with rules["darurat.yaml jenis.*.tanda"].without(knowledge) as less:
        assert not any(kind.cues for kind in less.language.danger.kinds.values())


def test_without_any_list_the_rest_stays_a_language_that_can_be_understood(knowledge):
    for rule in words.lists(knowledge.language):
        with rule.without(knowledge) as less:
            assert isinstance(less.language, Language)
            assert less.language != knowledge.language, rule.name


def test_what_gets_worse_without_a_rule_is_what_it_is_good_for(knowledge, tmp_path):
    row = {"q": "ktp hilang biayanya berapa", "services": ["ktp-hilang"], "aspects": ["biaya"]}
    files = NOTHING | {"messages": _written(tmp_path / "messages.jsonl", row)}
    rest = {key: one for key, one in knowledge.services.items() if key != "ktp-hilang"}
    rule = of_words("the service itself", lambda knowledge: replace(knowledge, services=rest))
    ((found, graded),) = measured(knowledge, Material.of(knowledge, files), [rule])
    assert graded == 2
    assert found.worse["reply"] == ("ktp hilang biayanya berapa",)
    assert found.worth >= 1


def test_turns_and_greetings_are_graded_too(knowledge, tmp_path):
    files = NOTHING | {
        "messages": _written(
            tmp_path / "q.jsonl", {"question": "selamat pagi", "kind": "greet", "services": [], "aspects": []}
        ),
        "dialogues": _written(
            tmp_path / "d.jsonl",
            {
                "id": "a",
                "turns": [
                    {"user": "ktp hilang", "want": {"services": ["ktp-hilang"]}},
                    {"user": "halo", "want": {"outcome": ["emergency"]}},
                ],
            },
        ),
    }
    product = Reached.by(knowledge, Matcher(knowledge))
    assert list(Material.of(knowledge, files).graded(product).values()) == [1, 1, 0]


def test_rules_that_do_harm_stand_first():
    same = {("reply", "a"): 3, ("reply", "b"): 0}
    good = Without.of("good", same, {**same, ("reply", "a"): 0})
    harm = Without.of("harm", same, {**same, ("reply", "b"): 2})
    assert (good.worth, harm.worth) == (1, -1)
    rows = tabled([(good, 2), (harm, 2)]).splitlines()
    assert [row.split(" | ")[0] for row in rows[-2:]] == ["| harm   ", "| good   "]
