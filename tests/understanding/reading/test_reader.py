"""Words as people write them are read as official words."""

import pytest

from bot.knowledge.base import KnowledgeBase
from bot.understanding.reading import lexicon, places
from bot.understanding.reading.reader import Reader


@pytest.fixture(scope="module")
def reader(real: KnowledgeBase) -> Reader:
    texts = [text for s in real.services.values() for text in (s.name, *s.names, *s.examples)]
    words = places.Places(real.region, real.language.events.directions).words()
    return Reader(lexicon.build(real.language, texts, words))


def read(reader: Reader, text: str) -> list[str]:
    return [token.word for token in reader.read(text) if not token.filler]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("brp duit bkin akte lair", ["berapa", "biaya", "buat", "akta", "lahir"]),
        ("kartu keluarga saya raib", ["kk", "saya", "hilang"]),
        ("krtu kelarga", ["kk"]),
        ("k t p ilang min", ["ktp", "hilang"]),
        ("kartukeluarga", ["kk"]),
        ("kar tu keluarga", ["kk"]),
        ("ktpnya kegores", ["ktp", "rusak"]),
        ("hilaang", ["hilang"]),
        ("nibb", ["nib"]),
        ("daftar simkah", ["daftar", "simkah"]),
        ("sehati", ["sehati"]),
        ("syrt ktp", ["syarat", "ktp"]),
        ("perpanajng sim", ["perpanjang", "sim"]),
        ("piye carane gawe ktp anyar", ["bagaimana", "cara", "buat", "ktp", "baru"]),
        ("kumaha ngadamel akta kalahiran", ["bagaimana", "buat", "akta", "lahir"]),
        ("how do i get a family card", ["bagaimana", "do", "saya", "dapat", "a", "kk"]),
    ],
)
def test_everyday_words_are_read_as_official_ones(reader: Reader, text: str, words: list[str]) -> None:
    assert read(reader, text) == words


def test_a_guess_is_worth_less_than_a_word_written_right(reader: Reader) -> None:
    assert [token.quality < 1 for token in reader.read("ktp hilagn")] == [False, True]


@pytest.mark.parametrize("word", ["xqzvw", "siq"])
def test_a_word_near_nothing_stays_unknown(reader: Reader, word: str) -> None:
    (token,) = reader.read(word)
    assert (token.word, token.quality) == (word, 0.0)


def test_places_of_ours_and_of_others_are_told_apart(reader: Reader) -> None:
    ours, of, others = (token.word for token in reader.read("cikupa dari bandung"))
    assert (ours, of, places.is_foreign(others)) == (places.OURS, "dari", True)


def test_every_check_of_the_word_lists_holds(real: KnowledgeBase, reader: Reader) -> None:
    missing = {
        check.sentence: set(check.words) - {token.word for token in reader.read(check.sentence)}
        for check in real.language.checks.root
    }
    assert {sentence: words for sentence, words in missing.items() if words} == {}
