"""Every sentence the code says stands in kalimat.yaml with the places that are filled, and no other does."""

from tests.knowledge import said


def test_the_contract_of_the_sentences_is_that_of_the_code() -> None:
    kept = said.CONTRACT.read_text(encoding="utf-8")
    assert kept == said.as_text(), "renew it: python -m tests.knowledge.said"


def test_no_sentence_is_written_that_is_never_said() -> None:
    assert said.never_said() == []


def test_no_sentence_is_said_that_is_not_written() -> None:
    assert said.never_written() == []


def test_every_call_fills_all_places_of_its_sentence() -> None:
    assert said.unfilled() == []


def test_sentences_of_all_groups_are_held_to_the_code() -> None:
    groups = {key.split(".")[0] for key in said.written()}
    assert set(said.contract()) == groups
    assert {"telegram", "admin", "log", "saran", "terbit", "lembar_kolom", "penjelasan", "kepatuhan"} <= groups
