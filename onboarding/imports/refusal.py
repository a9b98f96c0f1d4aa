"""Why a sheet as a whole cannot be taken: one exception, so that every door says it alike."""

from collections.abc import Mapping

REFUSALS = (
    "empty_file",
    "not_a_sheet",
    "picture",
    "pdf",
    "web_page",
    "broken_sheet",
    "no_header",
    "wrong_columns",
    "no_rows",
    "too_many_rows",
    "too_large",
    "macros",
    "locked_sheet",
    "zip_bomb",
    "infected",
)


class SheetRefusedError(Exception):
    """A file refused with one code of `REFUSALS`; `detail` fills the sentence shown for it."""

    def __init__(self, code: str, **detail: object) -> None:
        super().__init__(code)
        self.code = code
        self.detail: Mapping[str, object] = detail
