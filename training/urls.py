"""Doors of this room: sessions, the attendance sheet, and its correction."""

from django.urls import path

from training.views import attendance, sessions

app_name = "training"

urlpatterns = [
    path("", sessions.sessions, name="sessions"),
    path("baru/", sessions.plan_session, name="plan_session"),
    path("<int:pk>/", sessions.session, name="session"),
    path("<int:pk>/hadir/", attendance.attendance_sheet, name="attendance_sheet"),
    path("<int:pk>/tutup/", attendance.close_sheet, name="close_sheet"),
    path("<int:pk>/batal/", sessions.cancel_session, name="cancel_session"),
    path("kursi/<int:pk>/", attendance.correct_attendance, name="correct_attendance"),
]
