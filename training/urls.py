"""Doors of this room: sessions, the attendance sheet, and its correction."""

from django.urls import path

from training import views

app_name = "training"

urlpatterns = [
    path("", views.sessions, name="sessions"),
    path("baru/", views.plan_session, name="plan_session"),
    path("<int:pk>/", views.session, name="session"),
    path("<int:pk>/hadir/", views.attendance_sheet, name="attendance_sheet"),
    path("<int:pk>/tutup/", views.close_sheet, name="close_sheet"),
    path("<int:pk>/batal/", views.cancel_session, name="cancel_session"),
    path("kursi/<int:pk>/", views.correct_attendance, name="correct_attendance"),
]
