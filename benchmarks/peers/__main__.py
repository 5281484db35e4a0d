"""Run the product and its peers side by side: ``python -m benchmarks.peers`` prints a table and writes RESULTS.md."""

import argparse
import os
import platform
import shutil
import sys
import warnings
from collections import Counter
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.peers import report
from benchmarks.peers.cost import Cost
from benchmarks.peers.examine import Examined, examine
from benchmarks.peers.questions import questions_of
from benchmarks.peers.scale import HUGE, SIZES, grown_costs, real_costs
from benchmarks.peers.systems import ALL, PEERS
from benchmarks.peers.talks import turns_right
from benchmarks.people import tables
from benchmarks.people.beside import Files, OfPeer, OfProduct, of_peer, of_product
from benchmarks.results import RESULTS, with_kept
from bot.errors import KnowledgeError
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.reading.loader import load

_HERE = Path(__file__).parent
KNOWLEDGE = _HERE.parent.parent / "knowledge"
SEED = 1


@dataclass(frozen=True)
class Run:
    """What was given, and all that was measured."""

    knowledge: KnowledgeBase
    files: Files
    dialogues: Path | None
    examined: Sequence[Examined]  # the product first
    product: OfProduct  # what people write
    peers: Sequence[OfPeer]
    costs: Mapping[str, Cost]  # by system, at the real knowledge
    grown: Sequence[Cost]


def main() -> None:
    given = _arguments()
    with TemporaryDirectory() as scratch:
        folder = Path(scratch) / "knowledge"
        shutil.copytree(given.knowledge, folder)  # every system sees the same, whatever is edited meanwhile
        try:
            files = Files(str(given.questions or ""), given.messages, given.stored, given.danger)
            run = _run(folder, files, given.dialogues, huge=given.huge)
        except KnowledgeError as error:
            sys.exit(str(error))
    before = RESULTS.read_text(encoding="utf-8") if RESULTS.exists() else ""
    RESULTS.write_text(with_kept(_page(run), before), encoding="utf-8")
    print(report.overview(run.examined, run.costs))
    _say(f"all tables: {RESULTS}")


def _run(folder: Path, files: Files, dialogues: Path | None, *, huge: bool) -> Run:
    knowledge, questions = load(folder), files.questions
    _say("asking every system, as typed and mistyped")
    with ProcessPoolExecutor(os.cpu_count(), initializer=_quiet) as pool:
        examined = tuple(pool.map(partial(examine, folder=folder, file=questions, seed=SEED), ALL))
        _say("asking what people write")
        peers = tuple(pool.map(partial(of_peer, folder=folder, files=files), PEERS))
    product = of_product(knowledge, files)
    _say("timing every system at the real knowledge")
    costs = {cost.system: cost for cost in real_costs(str(folder), questions)}
    _say("timing every system at generated knowledge")
    grown = tuple(grown_costs(str(folder), (*SIZES, HUGE) if huge else SIZES, SEED))
    return Run(knowledge, files, dialogues, examined, product, peers, costs, grown)


def _page(run: Run) -> str:
    kinds = Counter(question.kind for question in questions_of(run.knowledge, run.files.questions))
    ours = run.examined[0].pairs
    page = (_HERE / "page.md").read_text(encoding="utf-8")
    return page.format(
        source=_named(run.files.questions, "the knowledge's own `uji` and `off_topic.txt`"),
        messages_source=_named(run.files.messages, "`pesan.yaml`, each asked of a knowledge taught without it"),
        stored_source=_named(
            run.files.stored, "the `sebutan` of stored questions, each asked of a knowledge without it"
        ),
        danger_source=_named(run.files.danger, "`pesan-darurat.yaml`, each asked of a knowledge taught without it"),
        kinds=", ".join(f"{count} {kind}" for kind, count in kinds.items()),
        version=run.knowledge.version,
        subjects=len(run.knowledge.subjects),
        machine=f"{os.cpu_count()} cores, Python {platform.python_version()}",
        overview=report.overview(run.examined, run.costs),
        understanding=report.understanding(run.examined),
        selective=report.selective(run.examined),
        noise=report.noise(run.examined),
        real_cost=report.real_cost(run.costs.values()),
        growth=report.growth(run.grown),
        calibration=report.calibration(ours),
        other_turns=report.other_turns(ours),
        messages=tables.messages(run.product, run.peers),
        stored=tables.stored(run.product, run.peers),
        danger=tables.danger(run.product),
        lengths=tables.lengths(run.product),
        dialogues=_dialogues(run.knowledge, run.dialogues),
    )


def _named(file: Path | str | None, own: str) -> str:
    return f"`{Path(file).name}`" if file else own


def _dialogues(knowledge: KnowledgeBase, file: Path | None) -> str:
    if file is None:
        return "No conversations were given (`make bench DIALOGUES=file.jsonl`)."
    right, turns = turns_right(knowledge, file)
    return f"Turns right: {right} of {turns} ({right / turns:.3f}), `{file.name}`."


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.peers", description=__doc__)
    parser.add_argument("--questions", type=Path, help="one JSON object a line; default: the knowledge's own uji")
    parser.add_argument("--messages", type=Path, help="messages as people write them; default: pesan.yaml, held out")
    parser.add_argument(
        "--stored", type=Path, help="talks that ask stored questions; default: other wordings, held out"
    )
    parser.add_argument(
        "--danger", type=Path, help="danger and what looks like it; default: pesan-darurat.yaml, held out"
    )
    parser.add_argument("--dialogues", type=Path, help="one conversation a line")
    parser.add_argument("--knowledge", type=Path, default=KNOWLEDGE)
    parser.add_argument("--huge", action="store_true", help=f"also time {HUGE} generated services")
    return parser.parse_args()


def _quiet() -> None:
    """scikit-learn warns when it stops before the last digit settles."""
    warnings.simplefilter("ignore")


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
