"""Django's own pages for the reference data, for the keeper only; nothing is deleted there.

People, numbers and closed days have pages of their own that leave a reason, so they are not here.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.contrib.admin.models import LogEntry

from documents.models import DocumentType, Requirement
from onboarding.models import Agency, Region
from workflows import audit
from workflows.models import Holiday, Platform, RejectionReason, Setting

if TYPE_CHECKING:
    from django.forms import ModelForm
    from django.http import HttpRequest

    from onboarding.signed_in import SignedIn

# Packages bring pages for groups, addresses and sessions of their own: doors around our rules.
for package in (
    "django.contrib.auth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "viewflow.workflow",
):
    import_module(f"{package}.admin")
for model in list(admin.site._registry):  # Django has no public list of what is registered
    admin.site.unregister(model)


class ReferenceAdmin(admin.ModelAdmin):
    """Rows that the keeper may add and change; every change is in the trail."""

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Keep everything: old cases point to old rows."""
        return False

    def save_model(self, request: SignedIn, obj: Any, form: ModelForm, change: bool) -> None:  # type: ignore[override]  # only people sign in here
        """Save, and record which fields of which row changed."""
        super().save_model(request, obj, form, change)
        audit.record(
            "change_reference" if change else "add_reference",
            by=request.user,
            kind=obj._meta.model_name,
            key=str(obj.pk),
            fields=sorted(form.changed_data),
        )

    def log_addition(self, *_args: Any) -> LogEntry | None:  # type: ignore[override]  # our trail has it
        """Leave Django's own log empty; the trail is the one record."""

    def log_change(self, *_args: Any) -> LogEntry | None:  # type: ignore[override]  # our trail has it
        """Leave Django's own log empty; the trail is the one record."""


class ReadOnlyAdmin(ReferenceAdmin):
    """Rows that can be looked at only: fixed by decree, or changed on a page with a reason."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nothing is added here."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nothing is changed here."""
        return False


@admin.register(Region)
class RegionAdmin(ReadOnlyAdmin):
    """The 38 regencies and cities, as decreed."""

    list_display = ("code", "display_name", "government_name", "population")
    search_fields = ("name",)


@admin.register(Agency)
class AgencyAdmin(ReferenceAdmin):
    """Offices are renamed and founded; those that are gone keep their referrals."""

    list_display = ("name", "short_name", "kind", "region")
    list_filter = ("kind",)
    search_fields = ("name", "short_name")


@admin.register(DocumentType)
class DocumentTypeAdmin(ReferenceAdmin):
    """Kinds of papers in the words that owners read."""

    list_display = ("name_id", "issuer", "validity", "position")
    search_fields = ("name_id", "name_en")


@admin.register(Requirement)
class RequirementAdmin(ReferenceAdmin):
    """A rule is ended by a date and followed by a new one, so that the past stays explained."""

    list_display = ("document_type", "legal_form", "level", "from_on", "until_on")
    list_filter = ("legal_form", "level")
    list_select_related = ("document_type",)


@admin.register(RejectionReason)
class RejectionReasonAdmin(ReferenceAdmin):
    """Reasons of the official list."""

    list_display = ("code", "text_id", "group", "action")
    search_fields = ("code", "text_id")


@admin.register(Platform)
class PlatformAdmin(ReferenceAdmin):
    """Marketplaces; one that is over is closed, not deleted."""

    list_display = ("name", "code", "is_open", "contact_email")


@admin.register(Holiday)
class HolidayAdmin(ReadOnlyAdmin):
    """Closed days; the page Settings changes them."""

    list_display = ("day", "name", "is_leave")


@admin.register(Setting)
class SettingAdmin(ReadOnlyAdmin):
    """Numbers of the programme; the page Settings changes them, with a reason."""

    list_display = ("key", "value", "explanation")
