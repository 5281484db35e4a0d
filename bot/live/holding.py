"""Which files answer while some are broken? A broken one keeps its last good version, and nothing else waits for it.

The last good versions are kept in one file, so that a restart while a file is broken still answers.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from bot.knowledge.language import LANGUAGE_FILES, OPTIONAL_FILES
from bot.knowledge.problems import Problem
from bot.knowledge.reading.folder import EVERYTHING, Files, NotReadError, StrayError
from bot.knowledge.reading.loader import LANGUAGE, REFERRALS, REQUIRED

Problems = Callable[[Files], tuple[Problem, ...]]
_ONE_BY_ONE = 40  # files; more that do not fit together wait until they are mended
_ALWAYS = {*REQUIRED, *(f"{LANGUAGE}/{name}" for name in LANGUAGE_FILES if name not in OPTIONAL_FILES)}
_LEFT_OUT = StrayError("berkas ini rusak dan belum pernah baik.")  # in place of a referral: the region may name it


def answering(files: Files, good: Files, problems: Problems, broken: Iterable[str] = ()) -> Files | None:
    """The files that may answer: those of the folder, and of what is broken the last good version, if there is one.

    Args:
        files: As they stand in the folder.
        good: That answered last; empty when nothing ever did.
        problems: What is wrong with files taken together.
        broken: Files known to be broken although they can be read.

    Returns:
        None when what is left cannot answer, and there is no good version to fall back on.
    """
    told = {*broken, *(problem.file for problem in problems(files))}
    if not told:
        return files

    def wrong(tried: Files) -> tuple[Problem, ...]:
        return tuple(one for one in problems(tried) if tried.get(one.file) is not _LEFT_OUT)

    there = _believed(files, good)
    held = {name: good.get(name) if name in told else there.get(name) for name in {**there, **good}}
    mended = changed({}, held)
    if mended and EVERYTHING not in told and not wrong(mended):
        return mended
    if not good or wrong(good):
        return _without(files, wrong, told)
    return good if EVERYTHING in told else _one_by_one(there, good, wrong, told)


def changed(files: Files, changes: Mapping[str, bytes | NotReadError | None]) -> Files:
    """Files with some changed or, as None, taken away; in the order in which a folder is read."""
    return {name: raw for name, raw in sorted({**files, **changes}.items()) if raw is not None}


def _without(files: Files, problems: Problems, broken: set[str]) -> Files | None:
    """The files without those that are broken, and without those that lean on them; None when nothing can answer."""
    while out := broken & files.keys():
        files = changed(files, {name: _LEFT_OUT if name.startswith(f"{REFERRALS}/") else None for name in out})
        broken = {problem.file for problem in problems(files)}
    return None if broken else files


def _believed(files: Files, good: Files) -> Files:
    """Files of the folder and those that are not missed: a folder that is being replaced is empty for a while."""
    if not files.keys() >= _ALWAYS:
        return {**good, **files}
    closed = tuple(f"{name}/" for name, raw in files.items() if isinstance(raw, NotReadError))
    return {**{name: raw for name, raw in good.items() if name.startswith(closed)}, **files}


def _one_by_one(files: Files, good: Files, problems: Problems, broken: set[str]) -> Files:
    """The good files with every change that fits: where two files contradict, the one that was changed waits."""
    now = good
    waiting = [name for name in sorted({*files, *good}) if files.get(name) != good.get(name) and name not in broken]
    fits = True
    while waiting and fits and len(waiting) <= _ONE_BY_ONE:
        fits = False
        for name in tuple(waiting):
            after = changed(now, {name: files.get(name)})
            if not problems(after):
                now, fits = after, True
                waiting.remove(name)
    return now


def keep(place: Path, files: Files) -> None:
    """Keep the files of a good knowledge base in place of the ones before.

    Raises:
        OSError: They cannot be written.
    """
    texts = {name: raw.decode("utf-8", "surrogateescape") for name, raw in files.items() if isinstance(raw, bytes)}
    draft = place.with_name(f"{place.name}.new")
    draft.unlink(missing_ok=True)
    draft.touch(mode=0o600)
    draft.write_text(json.dumps(texts), encoding="utf-8")
    draft.replace(place)


def kept(place: Path) -> Files:
    """The files of the last good knowledge base; empty when none was kept."""
    try:
        texts = json.loads(place.read_text(encoding="utf-8"))
        return {name: text.encode("utf-8", "surrogateescape") for name, text in texts.items()}
    except (OSError, ValueError, AttributeError):
        return {}
