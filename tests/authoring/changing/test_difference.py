"""A clerk sees what changes in the words of the file: the key, what goes, what comes."""

import pytest

from bot.authoring.changing.difference import Extent, KeyChange, difference

OLD = b"""\
id: a
nama: Layanan A
syarat: [KTP, KK]
biaya: {rupiah: 0, dasar: UU}
varian:
  - {judul: WNI, syarat: [KTP]}
  - {judul: WNA, syarat: [Paspor]}
tanya_jawab:
  - {t: boleh diwakilkan?, j: Boleh.}
"""

CASES = [
    pytest.param(b"rupiah: 0", b"rupiah: 5000", "biaya › rupiah", ("0",), ("5000",), id="value"),
    pytest.param(b", dasar: UU", b"", "biaya › dasar", ("UU",), (), id="key taken out"),
    pytest.param(b"[KTP, KK]", b"[KK, Foto]", "syarat", ("KTP",), ("Foto",), id="items"),
    pytest.param(b"[KTP, KK]", b"[KK, KTP]", "syarat", ("KTP", "KK"), ("KK", "KTP"), id="order"),
    pytest.param(b"[Paspor]", b"[Paspor, KITAP]", "varian › WNA › syarat", (), ("KITAP",), id="variant"),
    pytest.param(
        b"t: boleh diwakilkan?",
        b"t: Bisa diwakilkan?",
        "tanya_jawab › boleh diwakilkan? › t",
        ("boleh diwakilkan?",),
        ("Bisa diwakilkan?",),
        id="question put in other words",
    ),
    pytest.param(b"j: Boleh.", b"j: Tidak.", "tanya_jawab › boleh diwakilkan? › j", ("Boleh.",), ("Tidak.",), id="faq"),
    pytest.param(
        b"biaya: {rupiah: 0, dasar: UU}", b"biaya: gratis", "biaya", ("rupiah: 0; dasar: UU",), ("gratis",), id="kind"
    ),
    pytest.param(b"tanya_jawab:", b"catatan: [Cepat.]\ntanya_jawab:", "catatan", (), ("Cepat.",), id="key put in"),
]


@pytest.mark.parametrize(("old", "new", "where", "removed", "added"), CASES)
def test_each_change_names_its_place_and_what_goes_and_comes(old, new, where, removed, added) -> None:
    found = difference("x/a.yaml", OLD, OLD.replace(old, new))
    assert found is not None
    assert (found.name, found.extent, found.changes) == (
        "Layanan A",
        Extent.VALUES,
        (KeyChange(where, removed, added),),
    )


def test_equal_bytes_make_no_difference() -> None:
    assert difference("x/a.yaml", OLD, OLD) is None


def test_a_new_file_shows_what_it_says_part_by_part() -> None:
    found = difference("x/a.yaml", None, OLD)
    assert found is not None
    assert (found.name, found.extent) == ("Layanan A", Extent.NEW)
    assert KeyChange("syarat", (), ("KTP", "KK")) in found.changes
    assert KeyChange("biaya", (), ("rupiah: 0; dasar: UU",)) in found.changes


@pytest.mark.parametrize(
    ("old", "new", "extent"),
    [(OLD, None, Extent.GONE), (OLD, b"# hai\n" + OLD, Extent.LAYOUT)],
)
def test_a_file_may_be_gone_or_only_look_different(old, new, extent) -> None:
    found = difference("x/a.yaml", old, new)
    assert found is not None
    assert (found.name, found.extent, found.changes) == ("Layanan A", extent, ())


def test_a_file_that_could_not_be_read_is_replaced_as_a_whole() -> None:
    found = difference("x/a.yaml", b"id: [", b"id: a\n")
    assert found is not None
    assert found.changes == (KeyChange("", (), ("id: a",)),)
