"""What was changed, row by row, so that exactly this can be changed back and nothing else.

An entry names the rows of one model and, for each column, what it was and what it became. Undoing
goes from the last entry to the first and touches only rows that still are what they became: what a
person changed since stays, and is told.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db.models import Model

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet


class Ledger:
    """Writes and remembers; ``entries`` are plain values that fit in a column of JSON.

    ``{"model", "rows", "set": {column: [before, after]}}``; rows that were made for the occasion
    have ``"made": {column: value}`` instead of ``"set"``.
    """

    def __init__(self, entries: Iterable[dict[str, Any]] = ()) -> None:
        self.entries = list(entries)

    def change(self, row: Model, **after: Any) -> None:
        """Change columns of one row together; columns that already say so are left out."""
        after = {column: to for column, to in after.items() if getattr(row, column) != to}
        if not after:
            return
        before = {column: getattr(row, column) for column in after}
        self._note(type(row), [row.pk], before, after)
        _rows(type(row)).filter(pk=row.pk).update(**after)
        for column, value in after.items():
            setattr(row, column, value)

    def give(self, rows: QuerySet[Any], column: str, to: int) -> int:
        """Point many rows, that all point at the same thing, at another one; returns how many."""
        found = list(rows.order_by("pk").values_list("pk", column))
        for owner in sorted({before for _pk, before in found}):
            pks = [pk for pk, before in found if before == owner]
            self._note(rows.model, pks, {column: owner}, {column: to})
        rows.model.objects.filter(pk__in=[pk for pk, _before in found]).update(**{column: to})
        return len(found)

    def make(self, row: Model, *told_by: str) -> None:
        """Save a new row; it is taken away again while the columns ``told_by`` say what they do."""
        row.save(force_insert=True)
        made = {column: _plain(getattr(row, column)) for column in told_by}
        self.entries.append({"model": row._meta.label_lower, "rows": [row.pk], "made": made})

    def undo(self) -> list[dict[str, Any]]:
        """Change everything back; returns the entries, narrowed to the rows that were left."""
        left = []
        for entry in reversed(self.entries):
            stayed = _take_away(entry) if "made" in entry else _change_back(entry)
            if stayed:
                left.append({**entry, "rows": stayed})
        return left

    @property
    def counts(self) -> dict[str, int]:
        """How many rows of each model are in it."""
        rows: dict[str, set[int]] = {}
        for entry in self.entries:
            rows.setdefault(entry["model"], set()).update(entry["rows"])
        return {model: len(pks) for model, pks in rows.items()}

    def _note(
        self, model: type[Model], pks: list[int], before: dict[str, Any], after: dict[str, Any]
    ) -> None:
        columns = {column: [_plain(before[column]), _plain(after[column])] for column in after}
        self.entries.append({"model": model._meta.label_lower, "rows": pks, "set": columns})


def _change_back(entry: dict[str, Any]) -> list[int]:
    model = apps.get_model(entry["model"])
    before, after = (
        {column: value(model, column, pair[side]) for column, pair in entry["set"].items()}
        for side in (0, 1)
    )
    rows = _rows(model).filter(pk__in=entry["rows"])
    unchanged = list(rows.filter(**after).values_list("pk", flat=True))
    _rows(model).filter(pk__in=unchanged).update(**before)
    return sorted(set(rows.values_list("pk", flat=True)) - set(unchanged))


def _take_away(entry: dict[str, Any]) -> list[int]:
    model = apps.get_model(entry["model"])
    made = {column: value(model, column, said) for column, said in entry["made"].items()}
    rows = _rows(model).filter(pk__in=entry["rows"])
    rows.filter(**made).delete()
    return sorted(rows.values_list("pk", flat=True))


def value(model: type[Model], column: str, plain: Any) -> Any:
    """Turn what the ledger keeps of a column back into what the model holds."""
    if plain is None:
        return None
    field: Any = model._meta.get_field(column)
    return getattr(field, "target_field", field).to_python(plain)


def _plain(kept: Any) -> Any:
    """A date or an amount as text, to the last microsecond; everything else as it is."""
    if isinstance(kept, date):
        return kept.isoformat()
    return str(kept) if isinstance(kept, Decimal) else kept


def _rows(model: type[Model]) -> QuerySet[Any]:
    return model._default_manager.all()
