"""What has the shape of a diagnosis code, and the form in which codes are compared."""

import pytest

from therapies.domain.codes import dotted, find, key, unannounced


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("F41.1", ["F411"]),
        ("f411, F41,1 and F41.1.", ["F411", "F411", "F411"]),
        ("F32,F33;6B20", ["F32", "F33", "6B20"]),
        ("F32,6B20", ["F32", "6B20"]),
        ("T14.91XA", ["T1491XA"]),
        ("F30-F39", ["F30", "F39"]),
        ("6A70.1/6A80.0", ["6A701", "6A800"]),
        ("XE2RX", ["XE2RX"]),
        ("D008132", ["D008132"]),
        ("London N16 8AA", []),
        ("F04.754.137", []),
        ("covid19, 911, 1:1, CBT-I, 90837, x10", ["X10"]),
    ],
)
def test_codes_are_found_whole(text: str, keys: list[str]) -> None:
    assert [code.key for code in find(text)] == keys


def test_a_word_that_announces_a_code_is_no_part_of_it() -> None:
    assert [code.is_announced for code in find("ICD-10: F32 or F33, dx F41")] == [True, False, True]
    assert unannounced("dx ICD-10-CM code depression") == "depression"


def test_a_code_is_printed_as_in_its_book() -> None:
    assert [dotted("icd10cm", "F32"), dotted("icd10cm", "T1491XA"), dotted("icd11", key("6a70.1"))] == [
        "F32",
        "T14.91XA",
        "6A70.1",
    ]
