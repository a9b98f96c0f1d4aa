"""Two words that templates need for a status: its colour and its icon."""

from django import template

from workflows.look import look_of

register = template.Library()


@register.filter
def status_kind(status: str) -> str:
    """``{{ vendor.status|status_kind }}`` → ok, warn, bad, info or off."""
    return look_of(status).kind


@register.filter
def status_icon(status: str) -> str:
    """``{{ vendor.status|status_icon }}`` → the name of an icon in ``icons.svg``."""
    return look_of(status).icon
