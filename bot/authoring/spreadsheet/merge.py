"""What becomes of a file's rows that both a sheet and the bot changed? Cell by cell, from what the sheet began with."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.authoring.spreadsheet.layout import Shape, Sheet
from bot.authoring.spreadsheet.rows import Cells, tidied


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

    def add(self, cells: Cells, origin: int, after: int = -1) -> None:
        """One more row: behind the one that it follows on the sheet, by its index there, or at the end."""
        place = self.origins.index(after) + 1 if after >= 0 and after in self.origins else len(self.rows)
        self.rows.insert(place, cells)
        self.origins.insert(place, origin)


def merge(sheet: Sheet, base: Sequence[Cells], now: Sequence[Cells], asked: Sequence[Cells]) -> Merged:
    """Take what only the sheet changed since the workbook was made of ``base``, keep what only the bot did.

    What the sheet asks for is compared as it will be written: two cells that mean the same are no clash.
    """
    asked = [tidied(sheet, cells, (*base, *now)) for cells in asked]
    if sheet.shape is Shape.PHRASE:
        return _phrases(base, now, asked)
    if base == now:
        return Merged(list(asked), list(range(len(asked))))
    return _items(sheet, base, now, asked)


def _phrases(base: Sequence[Cells], now: Sequence[Cells], asked: Sequence[Cells]) -> Merged:
    """Their order means nothing: those that stay keep theirs, new ones come last."""
    rows = [cells for cells in now if cells in asked or cells not in base]
    rows += [cells for cells in dict.fromkeys(asked) if cells not in base and cells not in now]
    return Merged(rows, [asked.index(cells) if cells in asked else -1 for cells in rows])


def _items(sheet: Sheet, base: Sequence[Cells], now: Sequence[Cells], asked: Sequence[Cells]) -> Merged:
    found, to_now, to_asked = Merged(), _pairs(sheet, base, now), _pairs(sheet, base, asked)
    from_now, from_asked = ({there: here for here, there in pairs.items()} for pairs in (to_now, to_asked))
    for index, ours in enumerate(now):
        was = from_now.get(index)
        if was is None:
            found.add(ours, asked.index(ours) if ours in asked else -1)
        elif was in to_asked:
            origin = to_asked[was]
            columns = list(zip(base[was], ours, asked[origin], strict=True))
            found.add(tuple(our if their == old else their for old, our, their in columns), origin)
            found.clashes += [
                Clash(origin, column, our, their)
                for column, (old, our, their) in enumerate(columns)
                if our != old and their not in {old, our}
            ]
        elif ours != base[was]:
            found.clashes.append(Clash(-1, 0, _said(ours), ""))
    for index, theirs in enumerate(asked):
        was = from_asked.get(index)
        if was is None and theirs not in now:
            found.add(theirs, index, index - 1)
        elif was is not None and was not in to_now and theirs != base[was]:
            found.clashes.append(Clash(index, 0, "", _said(theirs)))
    return found


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
