"""The parts of the bench share one page."""

from benchmarks.results import with_kept, with_section


def test_a_new_section_comes_last_and_an_old_one_stays_where_it_is():
    page = with_section("# Results\n\nFirst.\n", "speed", "10/s")
    page = with_section(page, "memory", "20 MB")
    changed = with_section(page, "speed", r"20/s \1")
    assert changed == page.replace("10/s", r"20/s \1")
    assert [changed.index(part) for part in ("First.", "20/s", "20 MB")] == sorted(
        changed.index(part) for part in ("First.", "20/s", "20 MB")
    )


def test_a_new_page_keeps_the_sections_of_the_one_before():
    before = with_section(with_section("# Old", "delivery", "fast"), "rules", "few\n\nmany")
    assert with_kept("# New\n", before) == with_section(
        with_section("# New", "delivery", "fast"), "rules", "few\n\nmany"
    )
