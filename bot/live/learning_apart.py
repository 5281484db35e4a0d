"""The process that learns: texts as JSON on standard input, encoded weights on standard output.

Run as ``python -m bot.live.learning_apart``; it gives way to whoever answers.
"""

import json
import os
import sys

from bot.understanding.learning import learn
from bot.understanding.ranking.phrases import Labelled


def main() -> None:
    """Learn once."""
    os.nice(10)
    texts = [
        Labelled(tuple(words), tuple(labels), weight, tuple(marks))
        for words, labels, weight, marks in json.load(sys.stdin)
    ]
    sys.stdout.write(learn(texts).encoded())


if __name__ == "__main__":
    main()
