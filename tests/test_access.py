"""Who may do what: log admins everything, an agency's admins their own folder, others nothing."""

import pytest

from bot.access import Access

LOG_ADMIN, HERE, THERE, STRANGER = 1, 2, 3, 4
ACCESS = Access(frozenset({LOG_ADMIN}), {"dukcapil": frozenset({HERE}), "dinkes": frozenset({THERE})})


@pytest.mark.parametrize(
    ("file", "allowed"),
    [
        ("dukcapil/kia.yaml", {LOG_ADMIN, HERE}),
        ("dinkes/instansi.yaml", {LOG_ADMIN, THERE}),
        ("rujukan/rujukan-sim.yaml", {LOG_ADMIN}),
        ("bahasa/kata.yaml", {LOG_ADMIN}),
        ("daerah.yaml", {LOG_ADMIN}),
        ("dukcapil", {LOG_ADMIN}),
        ("", {LOG_ADMIN}),
    ],
)
def test_a_file_may_be_changed_by(file: str, allowed: set[int]) -> None:
    assert {user for user in (LOG_ADMIN, HERE, THERE, STRANGER) if ACCESS.may_change(user, file)} == allowed


def test_only_log_admins_read_the_log() -> None:
    assert [user for user in (LOG_ADMIN, HERE, THERE, STRANGER) if ACCESS.may_read_log(user)] == [LOG_ADMIN]


def test_a_broken_file_concerns_its_agency_and_otherwise_the_log_admins() -> None:
    assert ACCESS.concerned("dukcapil/kia.yaml") == {HERE}
    assert ACCESS.concerned("bahasa/kata.yaml") == {LOG_ADMIN}
