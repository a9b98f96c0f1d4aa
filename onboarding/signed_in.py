"""The request of somebody who is signed in, for the types of the views."""

from django.http import HttpRequest

from onboarding.models import User


class SignedIn(HttpRequest):
    """A request whose ``user`` is one of our people; the login middleware sees to it."""

    user: User
