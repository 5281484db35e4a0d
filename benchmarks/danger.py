"""Learn how danger is told: `python -m benchmarks.danger` writes bahasa/angka-darurat.yaml.

It learns from bahasa/pesan-darurat.yaml, and of the knowledge's own texts that they tell of none.
"""

import argparse
from pathlib import Path

from bot.knowledge.base import KnowledgeBase
from bot.knowledge.reading.loader import load
from bot.understanding.learning import learn
from bot.understanding.matcher import Matcher
from bot.understanding.ranking.phrases import dangers_of

_STRENGTH = 30.0  # inverse of the regularisation; with 10 twice as many messages about nothing sound like danger
NUMBERS = "bahasa/angka-darurat.yaml"
FIRST_LINE = (
    "# Angka hasil belajar dari pesan-darurat.yaml. Ditulis oleh `make calibrate`, jangan diubah. Contoh: bobot.\n"
)


def learned(knowledge: KnowledgeBase) -> str:
    """What the messages of a knowledge teach of danger, encoded."""
    return learn(tuple(dangers_of(knowledge, Matcher(knowledge).hearer.alarm)), _STRENGTH).encoded()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--knowledge", type=Path, default=Path("knowledge"))
    folder = parser.parse_args().knowledge
    weights = learned(load(folder))
    (folder / NUMBERS).write_text(f"{FIRST_LINE}\nbobot: '{weights}'\n", encoding="utf-8")


if __name__ == "__main__":
    main()
