"""One rule as a form: on or off, from when, for whom, on what basis, and what it takes beside."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext, gettext_lazy as _

from config.gate.doors import MEGABYTE
from onboarding.eligibility import CODES, SCALES
from onboarding.imports.gate import MAX_FILE
from onboarding.models import LegalForm, Region, RegisterAnswer
from onboarding.sentences import SCALES as SCALE_WORDS
from workflows.forms.desk import ISO

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.core.files.uploadedfile import UploadedFile

    from onboarding.eligibility import Rule

#: The bounds of a scale stand in three fields of their own.
BOUNDS = ("capital_bounds", "sales_bounds")
BANDS = ("micro", "small", "medium")


def day_field(label: Any, **options: Any) -> forms.DateField:
    """A day, asked with the browser's own calendar."""
    return forms.DateField(
        label=label,
        widget=forms.DateInput(attrs={"type": "date"}, format=ISO),
        input_formats=[ISO, "%d/%m/%Y", "%d-%m-%Y"],
        **options,
    )


def _several(label: Any, choices: Any, help_text: Any = "") -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label,
        choices=choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=help_text,
    )


class CodesField(forms.CharField):
    """KBLI codes, or their first digits, with commas between; the value is a list."""

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, max_length=2000, **options)

    def prepare_value(self, value: Any) -> Any:
        """Show the list as it is typed."""
        return ", ".join(value) if isinstance(value, list | tuple) else value

    def clean(self, value: Any) -> Any:
        """Take one to five digits each."""
        codes = re.split(r"[,;\s]+", super().clean(value).strip())
        codes = list(dict.fromkeys(filter(None, codes)))
        wrong = [code for code in codes if not re.fullmatch(r"[0-9]{1,5}", code)]
        if wrong:
            raise forms.ValidationError(
                gettext("“%(code)s” is not a KBLI code or its first digits.") % {"code": wrong[0]}
            )
        return codes


def _bound_fields(key: str) -> dict[str, forms.Field]:
    what = _("capital") if key == "capital_bounds" else _("sales")
    return {
        f"{key}_{index}": forms.IntegerField(
            label=_("%(scale)s: %(what)s up to (Rp)") % {"scale": SCALE_WORDS[band], "what": what},
            min_value=1,
            max_value=10**15,
            widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        )
        for index, band in enumerate(BANDS)
    }


FIELDS: dict[str, Callable[[], dict[str, forms.Field]]] = {
    "regions": lambda: {
        "regions": _several(
            _("Regencies and cities"),
            [(region.code, region.display_name) for region in Region.objects.all()],
            _("Choose none for all of East Java."),
        )
    },
    "capital_bounds": lambda: _bound_fields("capital_bounds"),
    "sales_bounds": lambda: _bound_fields("sales_bounds"),
    "capital_counts_from": lambda: {
        "capital_counts_from": day_field(
            _("Founded on or after this day: capital counts; before it: sales")
        )
    },
    "scales": lambda: {
        "scales": _several(_("Scales that may join"), [(s, SCALE_WORDS[s]) for s in SCALES])
    },
    "exempt_forms": lambda: {
        "exempt_forms": _several(_("May join whatever their size"), LegalForm.choices)
    },
    "admitted": lambda: {"admitted": _several(_("Legal forms that may join"), LegalForm.choices)},
    "allowed": lambda: {
        "allowed": CodesField(
            label=_("KBLI admitted"),
            help_text=_("Codes or their first digits, for example 10, 56210. Empty: all of them."),
        )
    },
    "not_allowed": lambda: {"not_allowed": CodesField(label=_("KBLI not admitted"))},
    "registers": lambda: {
        "registers": _several(_("Registers that must agree"), RegisterAnswer.Register.choices)
    },
}


class RuleForm(forms.Form):
    """One line of a draft; which fields it has depends on the rule."""

    use_required_attribute = False

    is_on = forms.BooleanField(label=_("This rule is switched on"), required=False)
    from_on = day_field(_("Counts from"), required=False)
    until_on = day_field(_("Counts until"), required=False)
    legal_forms = _several(
        _("For these legal forms"), LegalForm.choices, _("Choose none for every legal form.")
    )
    basis = forms.CharField(
        label=_("Legal basis"),
        help_text=_("The regulation and its article, as it is cited."),
        required=False,
        max_length=200,
    )

    def __init__(self, typed: Any = None, *, rule: Rule) -> None:
        super().__init__(typed, initial=_initial(rule))
        self.rule = rule
        for key in CODES[rule.code]:
            self.fields.update(FIELDS[key]())

    def changes(self) -> dict[str, Any]:
        """The fields of the rule as they were typed; call it on a valid form only."""
        told = self.cleaned_data
        return {
            "is_on": told["is_on"],
            "from_on": told["from_on"],
            "until_on": told["until_on"],
            "forms": tuple(told["legal_forms"]),
            "basis": told["basis"],
            "params": {key: self._param(key) for key in CODES[self.rule.code]},
        }

    def _param(self, key: str) -> Any:
        if key in BOUNDS:
            return [self.cleaned_data[f"{key}_{index}"] for index, _band in enumerate(BANDS)]
        value = self.cleaned_data[key]
        return value.isoformat() if isinstance(value, date) else value


def _initial(rule: Rule) -> dict[str, Any]:
    known: dict[str, Any] = {
        "is_on": rule.is_on,
        "from_on": rule.from_on,
        "until_on": rule.until_on,
        "legal_forms": list(rule.forms),
        "basis": rule.basis,
    }
    for key, value in rule.params.items():
        if key in BOUNDS:
            known |= {f"{key}_{index}": bound for index, bound in enumerate(value)}
        else:
            known[key] = value
    return known


class PlanForm(forms.Form):
    """From which day a draft shall count."""

    from_on = day_field(
        _("Counts from"),
        required=False,
        help_text=_("Leave it empty to let the rules count from the day they are switched on."),
    )


class SwitchOnForm(forms.Form):
    """Why the rules change; it stays on record."""

    reason = forms.CharField(
        label=_("Why the rules change"),
        help_text=_("For example the number and date of the decision. It stays on record."),
        max_length=300,
    )


class BlacklistForm(forms.Form):
    """The file of the national blacklist."""

    file = forms.FileField(
        label=_("File"),
        help_text=_(
            "A spreadsheet or .csv file with the columns name, NPWP, from, until and decision."
        ),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.ods,.csv"}),
        error_messages={"required": _("Choose the file to upload.")},
    )

    def clean_file(self) -> UploadedFile:
        """Say at once that a file is too large."""
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > MAX_FILE:
            raise forms.ValidationError(
                gettext("The file is larger than %(limit)s MB.") % {"limit": MAX_FILE // MEGABYTE},
                code="too_large",
            )
        return file


class JudgeNameForm(forms.Form):
    """Whether a firm is the sanctioned one, and how that was found out."""

    entry = forms.IntegerField(max_value=2**31, widget=forms.HiddenInput)
    vendor = forms.IntegerField(max_value=2**31, widget=forms.HiddenInput)
    is_same = forms.ChoiceField(
        label=_("Is it the business on the list?"),
        choices=[("1", _("Yes, the same business")), ("0", _("No, another business"))],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(label=_("How you found out"), max_length=250)


class AskRegisterForm(forms.Form):
    """Which register is asked; the decree's number is asked where the firm keeps none."""

    register = forms.ChoiceField(label=_("Register"), choices=RegisterAnswer.Register.choices)
    number = forms.CharField(
        label=_("Number of the decree (AHU only)"), required=False, max_length=60
    )
