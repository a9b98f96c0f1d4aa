"""Doors of the room WHO: referrals by sheet and by form, and the people who may sign in."""

from django.urls import path

from onboarding.views import firms, people, referrals, sheets

app_name = "onboarding"

urlpatterns = [
    path("", referrals.referrals, name="referrals"),
    path("unggah/", sheets.upload_sheet, name="upload_sheet"),
    path("templat.xlsx", sheets.template, name="template"),
    path("templat.csv", sheets.template_csv, name="template_csv"),
    path("daftar/<int:pk>/", sheets.sheet, name="sheet"),
    path("daftar/<int:pk>/kemajuan/", sheets.sheet_progress, name="sheet_progress"),
    path("daftar/<int:pk>/setuju/", sheets.confirm_sheet, name="confirm_sheet"),
    path("daftar/<int:pk>/batal/", sheets.cancel_sheet, name="cancel_sheet"),
    path("daftar/<int:pk>/ditolak.xlsx", sheets.refused_rows, name="refused_rows"),
    path("formulir/", firms.refer_vendor, name="refer_vendor"),
    path("orang/", people.people, name="people"),
    path("orang/undang/", people.invite_person, name="invite_person"),
    path("orang/<int:pk>/aktif/", people.set_person_active, name="set_person_active"),
]
