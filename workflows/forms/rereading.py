"""The period whose papers a newer reader is to read again."""

from __future__ import annotations

from workflows.forms.looking import PeriodForm


class RereadForm(PeriodForm):
    """From when until when papers were handed in; without an end, until today."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type] # passed through as they came
        self.fields["since"].required = True
