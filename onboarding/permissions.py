"""Django's permission calls answered by the table of acts, so that rooms need not know this
room."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.backends import BaseBackend
from django.core.exceptions import PermissionDenied

from onboarding import roles


class RoleBackend(BaseBackend):
    """Grants ``room.verb_noun`` by role; Django's own model permissions are not used."""

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        """Answer as ``user.may`` does; the technical keeper may use Django's admin pages."""
        if not user_obj.is_active:
            return False
        if perm in roles.EVERY_ACT:
            if user_obj.may(perm):
                return True
            # The last word: otherwise Django asks the next backend, which asks the database.
            raise PermissionDenied
        return user_obj.role == roles.ADMIN and user_obj.is_staff

    def get_user(self, user_id: int) -> Any:
        """Find who is signed in, as the backend that stands first may be asked to."""
        return get_user_model().objects.filter(pk=user_id, is_active=True).first()

    def has_module_perms(self, user_obj: Any, app_label: str) -> bool:
        """Let the keeper see the admin index."""
        return bool(user_obj.is_active and user_obj.is_staff and user_obj.role == roles.ADMIN)
