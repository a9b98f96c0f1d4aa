"""Doors of this room: the pictures of a paper, its originals, and how far its reading is."""

from django.urls import path

from documents import views

app_name = "documents"

urlpatterns = [
    path("halaman/<int:pk>/", views.page_image, name="page_image"),
    path("halaman/<int:pk>/potongan/<slug:box>/", views.page_spot, name="page_spot"),
    path("asli/<int:pk>/", views.original, name="original"),
    path("<int:pk>/pembacaan/", views.progress, name="progress"),
]
