"""Doors of the room WHO: referrals by sheet and by form, and the people who may sign in."""

from django.urls import path

from onboarding.views import columns, firms, joining, outcomes, people, referrals, repairs, sheets

app_name = "onboarding"

urlpatterns = [
    path("", referrals.referrals, name="referrals"),
    path("hasil.xlsx", outcomes.export_referrals, name="export_referrals"),
    path("unggah/", sheets.upload_sheet, name="upload_sheet"),
    path("templat.xlsx", sheets.template, name="template"),
    path("templat.csv", sheets.template_csv, name="template_csv"),
    path("daftar/<int:pk>/", sheets.sheet, name="sheet"),
    path("daftar/<int:pk>/kemajuan/", sheets.sheet_progress, name="sheet_progress"),
    path("daftar/<int:pk>/setuju/", sheets.confirm_sheet, name="confirm_sheet"),
    path("daftar/<int:pk>/batal/", sheets.cancel_sheet, name="cancel_sheet"),
    path("daftar/<int:pk>/ditolak.xlsx", sheets.refused_rows, name="refused_rows"),
    path("daftar/<int:pk>/diperbaiki.xlsx", sheets.mended_file, name="mended_file"),
    path("daftar/<int:pk>/kolom/", columns.confirm_columns, name="confirm_columns"),
    path("daftar/<int:pk>/perbaikan/", repairs.accept_repairs, name="accept_repairs"),
    path("daftar/<int:pk>/baris/<int:row>/", repairs.fix_row, name="fix_row"),
    path("daftar/<int:pk>/baris/<int:row>/benar/", repairs.overrule_doubt, name="overrule_doubt"),
    path("formulir/", firms.refer_vendor, name="refer_vendor"),
    path("kantor/", joining.joining, name="joining"),
    path("kantor/<int:pk>/", joining.office_road, name="office_road"),
    path("orang/", people.people, name="people"),
    path("orang/undang/", people.invite_person, name="invite_person"),
    path("orang/undangan/<int:pk>/batal/", people.withdraw_invitation, name="withdraw_invitation"),
    path("orang/<int:pk>/langkah-kedua/", people.reset_factors, name="reset_factors"),
    path("orang/<int:pk>/aktif/", people.set_person_active, name="set_person_active"),
]
