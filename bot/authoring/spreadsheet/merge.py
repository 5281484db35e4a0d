"""What becomes of a file's rows that both a sheet and the bot changed? Cell by cell, from what the sheet began with."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from bot.authoring.spreadsheet.layout import Shape, Sheet
from bot.authoring.spreadsheet.rows import Cells


@dataclass(frozen=True)
class Clash:
    """A cell, or a whole row, that says one thing in the bot by now and another in the sheet."""

    row: int  # among the rows of the sheet; -1: the sheet has it no longer
    column: int
    ours: str  # empty: nothing stands there
    theirs: str


@dataclass
class Merged:
    """The rows of one file on one sheet: each with its index among the sheet's rows, -1 where it has none."""

    rows: list[Cells] = field(default_factory=list)
    origins: list[int] = field(default_factory=list)
    clashes: list[Clash] = field(default_factory=list)

    def add(self, cells: Cells, origin: int, place: int | None = None) -> None:
        """One more row, at the end or at a place."""
        place = len(self.rows) if place is None else place
        self.rows.insert(place, cells)
        self.origins.insert(place, origin)


def merge(sheet: Sheet, base: Sequence[Cells], now: Sequence[Cells], asked: Sequence[Cells]) -> Merged:
    """Take what only the sheet changed, keep what only the bot did.

    Args:
        sheet: Which sheet the rows stand on.
        base: The rows when the workbook was made.
        now: As the bot has them.
        asked: As the sheet has them.
    """
    if sheet.shape is Shape.PHRASE:
        return _phrases(base, now, asked)
    if base == now:
        return Merged(list(asked), list(range(len(asked))))
    return _Rows(sheet, base, now, asked).merged()


def _phrases(base: Sequence[Cells], now: Sequence[Cells], asked: Sequence[Cells]) -> Merged:
    """Their order means nothing: those that stay keep theirs, new ones come last."""
    rows = [cells for cells in now if cells in asked or cells not in base]
    rows += [cells for cells in dict.fromkeys(asked) if cells not in base and cells not in now]
    return Merged(rows, [asked.index(cells) if cells in asked else -1 for cells in rows])


@dataclass
class _Rows:
    sheet: Sheet
    base: Sequence[Cells]
    now: Sequence[Cells]
    asked: Sequence[Cells]
    found: Merged = field(default_factory=Merged)

    def merged(self) -> Merged:
        to_asked = _pairs(self.sheet, self.base, self.asked)
        from_now = {there: here for here, there in _pairs(self.sheet, self.base, self.now).items()}
        from_asked = {there: here for here, there in to_asked.items()}
        for index, ours in enumerate(self.now):
            was = from_now.get(index)
            if was is None:
                self.found.add(ours, self.asked.index(ours) if ours in self.asked else -1)
            elif was in to_asked:
                origin = to_asked[was]
                self.found.add(self._row(self.base[was], ours, origin), origin)
            elif ours != self.base[was]:
                self.found.clashes.append(Clash(-1, 0, _said(ours), ""))
        for index, theirs in enumerate(self.asked):
            was = from_asked.get(index)
            if was is None and theirs not in self.now:
                self._insert(theirs, index)
            elif was is not None and was not in from_now.values() and theirs != self.base[was]:
                self.found.clashes.append(Clash(index, 0, "", _said(theirs)))
        return self.found

    def _row(self, base: Cells, ours: Cells, origin: int) -> Cells:
        cells = []
        for column, (was, our, their) in enumerate(zip(base, ours, self.asked[origin], strict=True)):
            if their not in {was, our} and our != was:
                self.found.clashes.append(Clash(origin, column, our, their))
            cells.append(our if their == was else their)
        return tuple(cells)

    def _insert(self, cells: Cells, index: int) -> None:
        """After the row that it follows on the sheet."""
        origins = self.found.origins
        self.found.add(cells, index, origins.index(index - 1) + 1 if index and index - 1 in origins else None)


def _pairs(sheet: Sheet, base: Sequence[Cells], other: Sequence[Cells]) -> dict[int, int]:
    """Which row became which: by what tells rows apart; those that are left in their order, if none came or went."""
    if sheet.shape is Shape.FILE:
        return {0: 0}
    label = sheet.columns.index(sheet.own[0])
    here, there = _alone(base, label), _alone(other, label)
    pairs = {index: there[text] for text, index in here.items() if text in there}
    left = [index for index in range(len(base)) if index not in pairs]
    right = [index for index in range(len(other)) if index not in pairs.values()]
    return pairs | dict(zip(left, right, strict=True)) if len(left) == len(right) else pairs


def _alone(rows: Sequence[Cells], label: int) -> dict[str, int]:
    """The rows whose label no other has."""
    counts = Counter(cells[label] for cells in rows)
    return {cells[label]: index for index, cells in enumerate(rows) if counts[cells[label]] == 1}


def _said(cells: Cells) -> str:
    return " | ".join(cell for cell in cells[1:] if cell)


def shown_apart(ours: str, theirs: str, letters: int = 60) -> Iterator[str]:
    """Two texts, each cut to what stands around the first letter in which they differ."""
    plain = [" ".join(text.split()) for text in (ours, theirs)]
    same = next((n for n, (one, other) in enumerate(zip(*plain, strict=False)) if one != other), min(map(len, plain)))
    start = plain[0].rfind(" ", 0, max(0, same - letters // 3)) + 1
    for text in plain:
        end = start + letters
        yield f"{'…' if start else ''}{text[start:end]}{'…' if text[end:] else ''}"
