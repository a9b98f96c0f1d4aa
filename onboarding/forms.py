"""What offices and the keeper type: a list, one business, a person to invite.

The rules of a row live in ``onboarding.rows``; the form only shows what they say, field by field.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import gettext_lazy as _

from config.gate.doors import MEGABYTE, SHEET
from onboarding import roles
from onboarding.actions.admitting import refused_name
from onboarding.actions.knowledge import check_values
from onboarding.imports import COLUMNS
from onboarding.imports.gate import MAX_FILE
from onboarding.models import (
    Agency,
    Invitation,
    LegalForm,
    ReferralRequest,
    ReferralSheet,
    Region,
    User,
)
from onboarding.rows import REQUIRED
from onboarding.sentences import PROBLEMS, say

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile
    from django.forms import BoundField

MOST_PASTED = 1_500_000  # letters; a longer form would not be taken by the site
PASTED_NAME = "tempelan.tsv"
#: People are invited to these; owners come in by their own contact, the machine not at all.
INVITED_ROLES = tuple(role for role in roles.ROLES if role != roles.VENDOR)
BUSINESS = ("name", "legal_form", "nib", "npwp", "region", "address")
OWNER = ("owner_name", "nik", "phone", "email")
TRADE = ("category", "kbli", "reason", "capital", "yearly_sales", "programme")


class AgencyField(forms.ModelChoiceField):
    """Offices by their full name; the short one is known to insiders only."""

    def label_from_instance(self, obj: Any) -> str:
        """Show the full name."""
        return str(obj.name)


class RequestField(forms.ModelChoiceField):
    """Requests of the Bureau by their title, with the office where an officer chooses."""

    def label_from_instance(self, obj: Any) -> str:
        """Show the title and the office."""
        return f"{obj.campaign.title} ({obj.agency.short_name})"


class ForAnOffice(forms.Form):
    """Acts in the name of an office: staff have their own, an officer says which.

    What answers an open request of the Bureau says so; where nothing is asked, nothing is shown.
    """

    request = RequestField(
        ReferralRequest.objects.none(),
        label=_("Answers the request"),
        required=False,
        empty_label=_("No request"),
    )

    def __init__(
        self, *args: Any, by: User, asked: ReferralRequest | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        open_to_them = ReferralRequest.objects.visible_to(by).is_open()
        if not by.agency_id:  # an officer answers for an office from that office's own page
            open_to_them = open_to_them.filter(pk=asked.pk if asked else 0)
        self.requests = list(open_to_them.select_related("campaign", "agency")[:20])
        if self.requests:
            field = cast("forms.ModelChoiceField", self.fields["request"])
            field.queryset = open_to_them.select_related("campaign", "agency")
            field.initial = asked or self.requests[0]
            if asked and "agency" in self.fields:
                self.fields["agency"].initial = asked.agency
        else:
            del self.fields["request"]
        self.own_agency = by.agency if by.role in (roles.AGENCY, roles.COOPERATIVE) else None
        if self.own_agency:
            del self.fields["agency"]

    def office(self) -> Agency:
        """Return the office in whose name the form acts; call it on a valid form only."""
        agency: Agency = self.own_agency or self.cleaned_data["agency"]
        return agency

    def answers(self) -> ReferralRequest | None:
        """Return the request that this answers; never one that was sent to another office."""
        asked: ReferralRequest | None = self.cleaned_data.get("request")
        return asked if asked and asked.agency_id == self.office().pk else None


class UploadSheetForm(ForAnOffice, forms.ModelForm):
    """A list as a file; what its outside tells is said at once, the rest by the worker."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("A spreadsheet (.xlsx, .xls, .ods) or .csv file, 15 MB at most."),
        allow_empty_file=True,
        required=False,
        widget=forms.FileInput(attrs={"accept": ",".join(SHEET.all_endings)}),
    )
    pasted = forms.CharField(
        label=_("Or paste the rows here"),
        help_text=_("Copy the rows with their titles in the spreadsheet and paste them."),
        required=False,
        strip=False,
        max_length=MOST_PASTED,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    agency = AgencyField(
        Agency.objects.all(),
        label=_("Office that named the businesses"),
        empty_label=_("Choose"),
        error_messages={"required": _("Choose the office.")},
    )
    again = forms.BooleanField(
        label=_("Upload this file again although it was uploaded before"), required=False
    )

    class Meta:
        model = ReferralSheet
        fields = ("letter_reference",)
        labels = {"letter_reference": _("Number of your letter")}
        help_texts = {
            "letter_reference": _(
                "If the list belongs to an official letter, for example B/123/2026."
            )
        }

    field_order = ("agency", "file", "pasted", "letter_reference", "again")

    def clean(self) -> dict[str, Any]:
        """Take pasted rows as a file like any other, so that they are kept and read alike."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("file") is None and "file" not in self.errors:
            pasted = data.get("pasted") or ""
            if pasted.strip():
                data["file"] = SimpleUploadedFile(PASTED_NAME, pasted.encode())
            else:
                self.add_error("file", _("Choose the file to upload, or paste its rows."))
        return data

    def clean_file(self) -> UploadedFile | None:
        """Say at once what needs no reading: empty, too large, plainly not a spreadsheet."""
        file: UploadedFile | None = self.cleaned_data["file"]
        if file is None:
            return None
        if not file.size:
            raise forms.ValidationError(say("empty_file"), code="empty_file")
        if file.size > MAX_FILE:
            most = {"limit_mb": MAX_FILE // MEGABYTE}
            raise forms.ValidationError(say("too_large", most), code="too_large")
        if code := refused_name(file.name or ""):
            raise forms.ValidationError(say(code), code=code)
        return file


class BusinessForm(forms.Form):
    """One business, with the columns of the template and the very same checks."""

    use_required_attribute = False

    name = forms.CharField(
        label=_("Business name"), help_text=_("As on the NIB or the deed."), max_length=300
    )
    legal_form = forms.ChoiceField(
        label=_("Legal form"), help_text=_("A shop or UD is a sole trader.")
    )
    nib = forms.CharField(
        label="NIB", help_text=_("13 digits, from OSS."), required=False, max_length=60
    )
    npwp = forms.CharField(
        label="NPWP",
        help_text=_("16 digits, or 15 in the old form. A company has an NPWP of its own."),
        required=False,
        max_length=60,
    )
    region = forms.ChoiceField(label=_("Regency or city"), help_text=_("Where the business works."))
    address = forms.CharField(
        label=_("Address"),
        help_text=_("Street, number, village, district."),
        required=False,
        max_length=500,
    )
    owner_name = forms.CharField(
        label=_("Name of the owner or director"),
        help_text=_("As on the identity card; one name is enough."),
        max_length=300,
    )
    nik = forms.CharField(
        label="NIK",
        help_text=_("16 digits on the identity card of the owner or director."),
        required=False,
        max_length=60,
    )
    phone = forms.CharField(
        label=_("Mobile or WhatsApp number"),
        help_text=_("The owner’s own number, so that the owner gets the messages."),
        required=False,
        max_length=80,
    )
    email = forms.CharField(label=_("E-mail"), required=False, max_length=300)
    category = forms.CharField(label=_("Goods or services"), required=False, max_length=300)
    kbli = forms.CharField(
        label="KBLI",
        help_text=_("5 digits on the NIB; put a comma between several."),
        required=False,
        max_length=120,
    )
    reason = forms.CharField(
        label=_("Bought before, or why you name it"), required=False, max_length=500
    )
    capital = forms.CharField(
        label=_("Business capital (Rp)"),
        help_text=_("Without land and buildings."),
        required=False,
        max_length=40,
    )
    yearly_sales = forms.CharField(
        label=_("Sales in the last year (Rp)"), required=False, max_length=40
    )

    programme = forms.CharField(
        label=_("Fostering programme"),
        help_text=_("If an office, a bank or a state company fosters the business, which one."),
        required=False,
        max_length=120,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.warnings: list[dict[str, Any]] = []
        empty = [("", _("Choose"))]
        regions = Region.objects.order_by("name", "kind").values_list("code", "display_name")
        _offer(self, "legal_form", [*empty, *LegalForm.choices])
        _offer(self, "region", [*empty, *regions])
        for key in ("nib", "npwp", "nik", "kbli", "capital", "yearly_sales"):
            self.fields[key].widget.attrs["inputmode"] = "numeric"
        self.fields["phone"].widget.attrs["inputmode"] = "tel"
        self.fields["email"].widget.attrs["inputmode"] = "email"
        for key in REQUIRED:
            self.fields[key].error_messages["required"] = str(PROBLEMS["required"])

    def clean(self) -> dict[str, Any]:
        """Ask the rules of a row; errors go to their field, warnings are kept to be shown."""
        values = {column.key: self._typed(column.key) for column in COLUMNS}
        self.cleaned_data["values"] = values
        for problem in check_values(values).problems:
            sentence = say(problem.code, problem.params)
            if problem.severity == "warning":
                self.warnings.append(
                    {"code": f"{problem.column}:{problem.code}", "field": self[problem.column],
                     "sentence": sentence}
                )  # fmt: skip
            elif problem.column not in self.errors:
                self.add_error(problem.column, sentence)
        return self.cleaned_data

    def _typed(self, key: str) -> str:
        return str(self.cleaned_data.get(key) or "")

    def seen(self) -> str:
        """Name the warnings, so that a person who sends again is known to have read just these."""
        return ",".join(warning["code"] for warning in self.warnings)

    def is_to_be_looked_at(self) -> bool:
        """Say whether there are warnings that the person has not been shown yet."""
        return bool(self.warnings) and self.data.get("seen") != self.seen()

    def business(self) -> list[BoundField]:
        """Return the fields about the firm."""
        return [self[key] for key in BUSINESS]

    def owner(self) -> list[BoundField]:
        """Return the fields about its owner or director."""
        return [self[key] for key in OWNER]

    def trade(self) -> list[BoundField]:
        """Return the fields about what it sells."""
        return [self[key] for key in TRADE]


class ReferVendorForm(BusinessForm, ForAnOffice):
    """One business, named in the name of an office."""

    agency = AgencyField(
        Agency.objects.all(),
        label=_("Office that names the business"),
        empty_label=_("Choose"),
        error_messages={"required": _("Choose the office.")},
    )


class InvitePersonForm(forms.ModelForm):
    """Somebody of the Bureau or of an office who shall get an account."""

    role = forms.ChoiceField(label=_("Role"))
    agency = AgencyField(
        Agency.objects.all(),
        label=_("Office"),
        help_text=_("Needed for staff of an agency or of a cooperative office only."),
        required=False,
        empty_label=_("None"),
    )

    class Meta:
        model = Invitation
        fields = ("full_name", "email", "role", "agency")
        labels = {"full_name": _("Full name"), "email": _("E-mail")}

    field_order = ("full_name", "email", "role", "agency")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(role, User.ROLE_NAMES[role]) for role in INVITED_ROLES]
        _offer(self, "role", [("", _("Choose")), *named])


class FindPeopleForm(forms.Form):
    """Narrows the list of people; nothing chosen means all staff."""

    name = forms.CharField(label=_("Name or e-mail"), required=False, max_length=80)
    role = forms.ChoiceField(label=_("Role"), required=False)
    active = forms.ChoiceField(
        label=_("Account"),
        required=False,
        choices=[("", _("All")), ("1", _("Switched on")), ("0", _("Switched off"))],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(role, User.ROLE_NAMES[role]) for role in roles.ROLES]
        _offer(self, "role", [("", _("All staff")), *named])


def _offer(form: forms.BaseForm, name: str, choices: list[tuple[str, Any]]) -> None:
    cast("forms.ChoiceField", form.fields[name]).choices = choices


class ResetFactorsForm(forms.Form):
    """How the keeper made sure who asks."""

    reason = forms.CharField(
        label=_("How did you make sure that it is this person?"),
        help_text=_("Example: called back on the number of the office, spoke to the head."),
        max_length=250,
    )
