"""What the security policy would refuse in a browser is found in the template already."""

import pytest

from tests.lint import inline_code, templates, translations


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ('<p style="color: red">', "inline style"),
        ("<p\n  style = 'x'>", "inline style"),
        ('<button onclick="go()">', "inline handler"),
        ('<form hx-on::after-request="go()">', "inline handler"),
        ("<script>go()</script>", "inline script"),
        ('<script type="module">', "inline script"),
        ("<style>p {}</style>", "inline style sheet"),
        ('<a href="javascript:go()">', "script in a link"),
    ],
)
def test_inline_code_is_found(text, what):
    assert what in [found for _, found in inline_code(text)]


@pytest.mark.parametrize(
    "text",
    [
        "{% load static %}<script src=\"{% static 'app.js' %}\" defer></script>",
        '<script type="application/json" id="points">[]</script>',
        '{% include "components/stat.html" with online=3 style="wide" only %}',
        '<p class="{% if a > b %}style{% endif %}">on = 3, style = calm</p>',
        "{# <style> is not ours to use #}",
    ],
)
def test_what_the_policy_allows_is_left_alone(text):
    assert list(inline_code(text)) == []


def test_a_finding_names_its_line():
    assert list(inline_code("<p>\n{{ x }}\n<p style='a'>")) == [(3, "inline style")]


def test_our_templates_hold_nothing_inline():
    assert templates() == []


def test_every_string_has_its_indonesian():
    assert translations() == []
