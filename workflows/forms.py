"""Forms of the desk."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import RequestLoginCodeForm

import onboarding.actions


class RequestCodeForm(RequestLoginCodeForm):  # type: ignore[misc]  # allauth has no types
    """Asks for a code; a contact that an office named gets its account opened on the first code."""

    def clean_phone(self) -> str:
        """Open the account behind a phone before allauth looks for it."""
        phone: str = self.cleaned_data["phone"]
        if phone:
            onboarding.actions.open_owner_account(phone=phone)
        return str(super().clean_phone())

    def clean_email(self) -> Any:
        """Open the account behind an e-mail before allauth looks for it."""
        email: str = self.cleaned_data["email"]
        if email:
            onboarding.actions.open_owner_account(email=email)
        return super().clean_email()
