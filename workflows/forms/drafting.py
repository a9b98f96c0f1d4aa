"""What a phone sends of a photo on its way, and what the owner does with its pages."""

from __future__ import annotations

from typing import Any

from django import forms

from documents.actions import Piece

MOST_BYTES = 1024 * 1024
#: What a button of a page says, and the steps that the page then goes.
MOVES = {"up": -1, "down": 1}


class PieceForm(forms.Form):
    """One piece of a photo; ``key`` and ``instead`` are made by the browser."""

    key = forms.UUIDField()
    name = forms.CharField(max_length=255)
    size = forms.IntegerField(min_value=1)
    offset = forms.IntegerField(min_value=0)
    instead = forms.UUIDField(required=False)
    piece = forms.FileField(required=False, allow_empty_file=True)

    def clean_piece(self) -> Any:
        """A piece is small, so that little is lost with the connection."""
        piece = self.cleaned_data["piece"]
        if piece is not None and piece.size > MOST_BYTES:
            raise forms.ValidationError("too large", code="too_large")
        return piece

    def as_piece(self) -> Piece:
        """The piece with its bytes."""
        said = self.cleaned_data
        return Piece(
            key=str(said["key"]),
            name=said["name"],
            size=said["size"],
            offset=said["offset"],
            content=said["piece"].read() if said["piece"] is not None else b"",
            instead=str(said["instead"] or ""),
        )


class ArrangeForm(forms.Form):
    """The order of the pages as the browser shows them, and what was taken away.

    ``move`` is the button of one page: ``up:KEY``, ``down:KEY``, ``remove:KEY``.
    """

    order = forms.CharField(required=False, max_length=2000)
    removed = forms.CharField(required=False, max_length=4000)
    move = forms.RegexField(r"^(up|down|remove):[0-9a-f-]{36}$", required=False)

    def keys(self, name: str) -> list[str]:
        """The keys of one field, none when nothing was said."""
        if not self.is_valid():
            return []
        return [key for key in self.cleaned_data[name].split(",") if key]

    def moved(self) -> tuple[str, str]:
        """The button that was pressed and the page that it belongs to."""
        if not self.is_valid() or not self.cleaned_data["move"]:
            return "", ""
        verb, _colon, key = self.cleaned_data["move"].partition(":")
        return verb, key
