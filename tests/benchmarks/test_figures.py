import pytest

from benchmarks import calibrate
from benchmarks.peers.figures import figures
from benchmarks.peers.judged import Judged, Step, Thresholds, cross_validated
from benchmarks.peers.reliability import by_length, distance, tenths
from benchmarks.peers.report import loss, table
from benchmarks.questions import Question

OURS = Question("ktp hilang", "in", ("ktp-hilang",), ("syarat",))
OFF = Question("resep rendang", "oos")


def _judged(step, *named, score=0.9, aspects=()):
    return Judged(tuple(named), score, step, tuple(named) if step is not Step.DECLINE else (), frozenset(aspects))


def test_a_right_answer_a_tap_a_wrong_answer_and_a_refusal_are_told_apart():
    found = figures(
        [
            (OURS, _judged(Step.ANSWER, "ktp-hilang")),
            (OURS, _judged(Step.OFFER, "ktp-rusak", "ktp-hilang")),
            (OURS, _judged(Step.ANSWER, "ktp-rusak")),
            (OURS, _judged(Step.DECLINE, "ktp-hilang")),
            (OURS, _judged(Step.OFFER, "ktp-rusak")),
        ],
        (),
    )
    assert (found.right, found.one_tap, found.wrong, found.declined, found.in_vain) == (0.2, 0.2, 0.2, 0.2, 0.2)
    assert (found.first, found.among_three, found.right_or_one_tap) == (0.4, 0.6, 0.4)


def test_more_aspects_than_were_asked_are_found_but_not_exact():
    found = figures([(OURS, _judged(Step.ANSWER, "ktp-hilang", aspects=("syarat", "biaya")))], ())
    assert (found.aspects_found, found.aspects_exact) == (1.0, 0.0)


def test_aspects_of_a_referral_do_not_count():
    found = figures([(OURS, _judged(Step.ANSWER, "ktp-hilang"))], ("ktp-hilang",))
    assert found.aspects_found is None


@pytest.mark.parametrize(("off_topic", "auroc"), [(0.1, 1.0), (0.9, 0.5), (0.95, 0.0)])
def test_auroc_is_the_share_of_pairs_in_the_right_order(off_topic, auroc):
    pairs = [(OURS, _judged(Step.ANSWER, "ktp-hilang")), (OFF, _judged(Step.DECLINE, "ktp-hilang", score=off_topic))]
    assert figures(pairs, ()).auroc == auroc


def test_a_peer_answers_above_all_but_a_hundredth_of_what_is_off_topic():
    thresholds = Thresholds.of(range(1001))
    assert (thresholds.answer, thresholds.offer) == (990, 900)
    assert thresholds.judge((("a", 991), ("b", 3))).step is Step.ANSWER
    assert thresholds.judge((("a", 950), ("b", 3))).named == ("a", "b")
    assert thresholds.judge((("a", 900),)).step is Step.DECLINE


def test_thresholds_of_a_fold_never_see_its_own_questions():
    scores = dict.fromkeys(range(10), 1.0) | {3: 99.0, 8: 99.0}  # both in the fourth fold
    assert cross_validated(scores)[3] == Thresholds(1.0, 1.0)


def test_confidence_that_comes_true_is_at_no_distance():
    sure = [(OURS, _judged(Step.ANSWER, "ktp-hilang", score=1.0))] * 20
    never = [(OFF, _judged(Step.DECLINE, "ktp-hilang", score=0.0))] * 20
    parts = tenths([*sure, *never])
    assert [part.right for part in parts] == [0.0] * 5 + [1.0] * 5
    assert distance(parts) == 0.0


def test_confidence_of_short_and_long_messages_is_looked_at_by_itself():
    asked = [("ktp hilang", True, 0.9), ("ktp hilang", False, 0.86), ("ktp " * 21, True, 0.5), ("resep", True, 0.1)]
    told = [
        (calibrate.Judged(Question(text, "oos" if text == "resep" else "in"), {}, first, 1.0, {}), sure)
        for text, first, sure in asked
    ]
    short, middle, long = by_length(told).values()
    assert [(one.lowest, one.right, one.questions) for one in short] == [(0.0, 0.0, 1), (0.85, 0.5, 2)]
    assert middle == ()
    assert [(one.lowest, one.mean, one.right) for one in long] == [(0.4, 0.5, 1.0)]


def test_a_loss_is_relative():
    assert loss(0.8, 0.6) == pytest.approx(0.25)


def test_a_table_is_markdown():
    assert table(("", "first"), [("bm25s", "0.9")]) == "|       | first |\n| ----- | ----: |\n| bm25s |   0.9 |"
