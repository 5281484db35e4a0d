"""Who may do what: editors everything, log admins the log, an agency's admins their own folder, others nothing."""

import pytest

from bot.access import Access

LOG_ADMIN, HERE, THERE, STRANGER, EDITOR = 1, 2, 3, 4, 5
EVERYBODY = (LOG_ADMIN, HERE, THERE, STRANGER, EDITOR)
AGENCY_ADMINS = {"dukcapil": frozenset({HERE}), "dinkes": frozenset({THERE})}
ACCESS = Access(frozenset({LOG_ADMIN}), AGENCY_ADMINS, frozenset({EDITOR}))
WITHOUT_EDITORS = Access(frozenset({LOG_ADMIN}), AGENCY_ADMINS)


FILES = [
    ("dukcapil/kia.yaml", {HERE}),
    ("dinkes/instansi.yaml", {THERE}),
    ("rujukan/rujukan-sim.yaml", set()),
    ("bahasa/kata.yaml", set()),
    ("daerah.yaml", set()),
    ("dukcapil", set()),
    ("", set()),
]


def changers(access: Access, file: str) -> set[int]:
    return {user for user in EVERYBODY if access.may_change(user, file)}


@pytest.mark.parametrize(("file", "agency"), FILES)
def test_a_file_may_be_changed_by_editors_and_its_agency(file: str, agency: set[int]) -> None:
    assert changers(ACCESS, file) == {EDITOR} | agency


@pytest.mark.parametrize(("file", "agency"), FILES)
def test_without_editors_log_admins_change_everything_as_before(file: str, agency: set[int]) -> None:
    assert changers(WITHOUT_EDITORS, file) == {LOG_ADMIN} | agency


@pytest.mark.parametrize("access", [ACCESS, WITHOUT_EDITORS])
def test_only_log_admins_read_the_log(access: Access) -> None:
    assert [user for user in EVERYBODY if access.may_read_log(user)] == [LOG_ADMIN]


def test_a_reader_of_the_log_is_no_admin_of_knowledge_beside_editors() -> None:
    assert [user for user in EVERYBODY if ACCESS.is_admin(user)] == [HERE, THERE, EDITOR]
    assert [user for user in EVERYBODY if WITHOUT_EDITORS.is_admin(user)] == [LOG_ADMIN, HERE, THERE]
    assert ACCESS.admins == {LOG_ADMIN, HERE, THERE, EDITOR}


def test_a_broken_file_concerns_its_agency_and_otherwise_who_may_change_everything() -> None:
    assert ACCESS.concerned("dukcapil/kia.yaml") == {HERE}
    assert ACCESS.concerned("bahasa/kata.yaml") == {EDITOR}
    assert WITHOUT_EDITORS.concerned("bahasa/kata.yaml") == {LOG_ADMIN}


def test_admins_of_a_folder_that_does_not_exist_are_named_and_referrals_may_have_their_own() -> None:
    access = Access(frozenset(), {"dukcapil": frozenset({1}), "rujukan": frozenset({2}), "bahasa": frozenset({3})})
    assert access.unknown_folders({"dukcapil": object()}) == ("bahasa",)
    assert access.unknown_folders({"disdukcapil": object()}) == ("bahasa", "dukcapil")
