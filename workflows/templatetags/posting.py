"""Every form that is shown has a key of its own beside Django's token, so that it counts once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template
from django.template.defaulttags import CsrfTokenNode
from django.utils.html import format_html

from workflows import posting

if TYPE_CHECKING:
    from django.template.base import Parser, Token
    from django.template.context import Context
    from django.utils.safestring import SafeString

register = template.Library()


class KeyedTokenNode(CsrfTokenNode):
    """Django's token, and where there is one the key."""

    def render(self, context: Context) -> SafeString:
        """Write both hidden fields."""
        token = super().render(context)
        if not token:
            return format_html("")
        return format_html(
            '{}<input type="hidden" name="{}" value="{}">', token, posting.FIELD, posting.new_key()
        )


@register.tag("csrf_token")
def keyed_token(_parser: Parser, _token: Token) -> KeyedTokenNode:
    """``{% csrf_token %}``, in every template: nobody has to think of the key."""
    return KeyedTokenNode()
