"""The tables of RESULTS.md."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from benchmarks.peers.cost import Cost
from benchmarks.peers.examine import Examined
from benchmarks.peers.figures import Figures, Pair
from benchmarks.peers.noise import KINDS
from benchmarks.peers.questions import IN_SCOPE, OFF_TOPIC
from benchmarks.peers.reliability import distance, tenths
from benchmarks.peers.scale import exponent

Row = Sequence[str]


def overview(examined: Sequence[Examined], costs: Mapping[str, Cost]) -> str:
    """One line a system: how often it is right, what noise costs it, and what it costs."""
    head = (
        "",
        "first right",
        "right or one tap",
        "wrong",
        "off topic answered",
        "worst loss by noise",
        "p50 µs",
        "p99 µs",
    )
    return table(head, [_overview_row(one, costs[one.system]) for one in examined])


def understanding(examined: Sequence[Examined]) -> str:
    """Accuracy: what stands first, what was asked of it, and what is nobody's here."""
    head = ("", "first", "among three", "aspects found", "aspects exact", "AUROC off topic", "off topic answered")
    fields = ("first", "among_three", "aspects_found", "aspects_exact", "auroc", "off_topic_answered")
    more = ("off topic asked back", "bare object asked back"), ("off_topic_asked_back", "ambiguous_asked_back")
    return _figures_table(examined, (*head, *more[0]), (*fields, *more[1]))


def selective(examined: Sequence[Examined]) -> str:
    """What becomes of questions in scope."""
    head = ("", "right", "one tap away", "right or one tap", "wrong with confidence", "offered in vain", "declined")
    return _figures_table(examined, head, ("right", "one_tap", "right_or_one_tap", "wrong", "in_vain", "declined"))


def noise(examined: Sequence[Examined]) -> str:
    """Relative loss of "right or one tap" by kind of mistake, and of "first right" after a slash."""
    rows = [(one.system, *(_losses(one.clean, one.noisy[kind]) for kind in KINDS)) for one in examined]
    return table(("", *KINDS), rows)


def real_cost(costs: Iterable[Cost]) -> str:
    """Cost at the real knowledge."""
    head = ("", "p50 µs", "p99 µs", "p99 µs of 4096 letters", "build s", "memory MB")
    return table(
        head,
        [
            (c.system, _us(c.p50_us), _us(c.p99_us), _us(c.longest_us), f"{c.build_s:.2f}", f"{c.memory_mb:.0f}")
            for c in costs
        ],
    )


def growth(costs: Sequence[Cost]) -> str:
    """Cost at each generated size: p50 / p99, build, memory, first right; and the exponent of p50."""
    sizes = sorted({cost.services for cost in costs})
    found = {(cost.system, cost.services): cost for cost in costs}
    rows = []
    for system in dict.fromkeys(cost.system for cost in costs):
        own = [found[system, size] for size in sizes if (system, size) in found]
        grown = exponent(own)
        cells = (_at_size(found.get((system, size))) for size in sizes)
        rows.append((system, *cells, "–" if grown is None else f"{grown:.2f}"))
    return table(("", *(f"{size:,}".replace(",", " ") for size in sizes), "exponent"), rows)


def calibration(pairs: Sequence[Pair]) -> str:
    """The reliability table, and how far confidence is from what came true."""
    parts = tenths(pairs)
    rows = [(f"{p.lowest:.2f} – {p.highest:.2f}", f"{p.mean:.3f}", f"{p.right:.3f}", str(p.questions)) for p in parts]
    head = ("confidence", "mean", "first right", "questions")
    return f"{table(head, rows)}\n\nExpected calibration error {distance(parts):.3f}."


def other_turns(pairs: Sequence[Pair]) -> str:
    """What the product does with everything that is neither in scope nor off topic."""
    kinds = dict.fromkeys(q.kind for q, _ in pairs if q.kind not in {IN_SCOPE, OFF_TOPIC})
    rows = []
    for kind in kinds:
        outcomes = Counter(judged.outcome for question, judged in pairs if question.kind == kind)
        rows.append((kind, str(outcomes.total()), ", ".join(f"{name} {n}" for name, n in outcomes.most_common())))
    return table(("kind", "questions", "outcomes"), rows) if rows else "The file has none."


def table(head: Row, rows: Iterable[Row]) -> str:
    """A Markdown table; all columns but the first stand to the right."""
    lines = [head, *rows]
    widths = [max(len(line[column]) for line in lines) for column in range(len(head))]
    padded = [
        [cell.ljust(w) if not i else cell.rjust(w) for i, (cell, w) in enumerate(zip(line, widths, strict=True))]
        for line in lines
    ]
    rule = ["-" * widths[0], *("-" * (width - 1) + ":" for width in widths[1:])]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (padded[0], rule, *padded[1:]))


def _overview_row(one: Examined, cost: Cost) -> Row:
    clean = one.clean
    shares = (clean.first, clean.right_or_one_tap, clean.wrong, clean.off_topic_answered)
    losses = [loss(clean.right_or_one_tap, noisy.right_or_one_tap) for noisy in one.noisy.values()]
    worst = max((lost for lost in losses if lost is not None), default=None)
    return (one.system, *map(_share, shares), _percent(worst), _us(cost.p50_us), _us(cost.p99_us))


def _figures_table(examined: Sequence[Examined], head: Row, fields: Sequence[str]) -> str:
    return table(head, [(one.system, *(_share(getattr(one.clean, field)) for field in fields)) for one in examined])


def _losses(clean: Figures, noisy: Figures) -> str:
    lost = loss(clean.right_or_one_tap, noisy.right_or_one_tap), loss(clean.first, noisy.first)
    return " / ".join(map(_percent, lost))


def loss(before: float | None, after: float | None) -> float | None:
    """Share of what was right that is no longer so."""
    return (before - after) / before if before and after is not None else None


def _at_size(cost: Cost | None) -> str:
    if cost is None:
        return "–"
    return f"{_us(cost.p50_us)} / {_us(cost.p99_us)}; {cost.build_s:.1f} s, {cost.memory_mb:.0f} MB, {cost.first:.2f}"


def _share(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def _percent(value: float | None) -> str:
    return "–" if value is None else f"{value * 100:.1f} %"


def _us(value: float) -> str:
    return f"{value:.0f}"
