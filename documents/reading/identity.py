"""Names a deed by what no two deeds share, so that the same one is known again elsewhere."""

from collections.abc import Mapping

from documents.reading.names import fold_person

PARTS = ("notary_name", "deed_number", "deed_date")


def deed_identity(values: Mapping[str, object]) -> str | None:
    """Give notary, number and day of a deed as one key; None unless all three were read."""
    notary, number, day = (str(values.get(part) or "") for part in PARTS)
    folded = fold_person(notary).replace(" ", "")
    return f"{folded}/{number}/{day}" if folded and number and day else None
