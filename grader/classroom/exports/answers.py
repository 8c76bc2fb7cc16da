"""Yes and no, in the words of many languages: all that tells which grades Moodle has locked."""

from __future__ import annotations

from collections.abc import Iterable

# How the languages of Moodle's own packs say yes and no.
_YES = frozenset(
    [
        *("yes", "ja", "oui", "sí", "si", "sì", "sim", "tak", "da", "ano", "áno", "igen", "evet"),
        *("kyllä", "jah", "jā", "taip", "jes", "ya", "có", "bai", "ναι", "да", "так", "כן", "نعم"),  # noqa: RUF001
        *("はい", "是", "是的", "예", "네", "हाँ", "हां", "ہاں", "بله", "ใช่", "হ্যাঁ", "კი", "այո"),
        *("já", "po", "ie", "тийм", "иә", "oo"),
    ]
)
_NO = frozenset(
    [
        *("no", "nein", "non", "não", "nao", "nee", "nie", "nej", "nei", "ei", "ne", "nem", "nu"),
        *("nē", "hayır", "tidak", "không", "ez", "όχι", "нет", "ні", "не", "לא", "لا"),  # noqa: RUF001
        *(
            "いいえ",
            "否",
            "不",
            "不是",
            "아니오",
            "아니요",
            "नहीं",
            "نہیں",
            "خیر",
            "ไม่",
            "ไม่ใช่",
            "না",
        ),
        *("არა", "ոչ", "na", "үгүй", "жоқ", "hindi"),
    ]
)


def all_of(cells: Iterable[str]) -> bool:
    """Whether nothing but yes and no stands there."""
    said = {cell.casefold() for cell in cells}
    return bool(said) and said <= _YES | _NO


def is_no(cell: str) -> bool:
    """Whether it says no."""
    return cell.casefold() in _NO
