"""Doors of the desk: the owner's page, the queue and the review, firms, letters, the trail."""

from django.urls import path

from workflows.views import (
    access,
    accuracy,
    decisions,
    guidance,
    letters,
    overview,
    own_papers,
    owner,
    queue,
    rereadings,
    review,
    settings,
    trail,
    vendors,
)

app_name = "workflows"

urlpatterns = [
    # links that open one door
    path("masuk/", access.sign_in, name="sign_in"),
    path("t/<str:token>/", access.receive_sign_in_link, name="receive_sign_in_link"),
    path("masuk/tautan/", access.use_sign_in_link, name="use_sign_in_link"),
    path("s/<str:token>/", access.receive_status_link, name="receive_status_link"),
    path("status/", access.status, name="status"),
    path("undangan/<str:token>/", access.receive_invitation, name="accept_invitation"),
    path("undangan/", access.use_invitation, name="use_invitation"),
    # the owner
    path("saya/", owner.own_firms, name="own_firms"),
    path("saya/buktikan/<int:pk>/", owner.prove_membership, name="prove_membership"),
    path("saya/<int:pk>/", owner.own_page, name="own_page"),
    path("saya/<int:pk>/dokumen/<slug:slug>/", own_papers.hand_in_paper, name="hand_in_paper"),
    path(
        "saya/<int:pk>/dokumen/<slug:slug>/salah/",
        own_papers.object_to_value,
        name="object_to_value",
    ),
    path(
        "saya/<int:pk>/dokumen/<slug:slug>/pernyataan/",
        own_papers.agree_to_statement,
        name="agree_to_statement",
    ),
    path("saya/<int:pk>/perbaikan/", owner.resubmit_case, name="resubmit_case"),
    path("saya/<int:pk>/keberatan/", owner.appeal_case, name="appeal_case"),
    path("saya/<int:pk>/mundur/", owner.withdraw_vendor, name="withdraw_own_firm"),
    # the queue and the review
    path("meja/", queue.queue, name="queue"),
    path("meja/ambil/", queue.take_next, name="take_next"),
    path("meja/kasus/<int:pk>/", review.review_case, name="review_case"),
    path("meja/kasus/<int:pk>/ambil/", queue.claim_case, name="claim_case"),
    path("meja/kasus/<int:pk>/kembalikan/", queue.give_back_case, name="give_back_case"),
    path("meja/kasus/<int:pk>/butir/", review.add_correction_item, name="add_correction_item"),
    path(
        "meja/kasus/<int:pk>/butir/<int:item>/hapus/",
        review.remove_correction_item,
        name="remove_correction_item",
    ),
    path("meja/kasus/<int:pk>/nilai/<int:paper>/", review.review_value, name="review_value"),
    path("meja/kasus/<int:pk>/perbaikan/", review.return_case, name="return_case"),
    path("meja/kasus/<int:pk>/verifikasi/", review.verify_case, name="verify_case"),
    path("meja/kasus/<int:pk>/putusan/", decisions.decide_case, name="decide_case"),
    path("meja/kasus/<int:pk>/kirim-balik/", decisions.send_back_case, name="send_back_case"),
    path("meja/kasus/<int:pk>/serah/", decisions.hand_over_case, name="hand_over_case"),
    path("meja/kasus/<int:pk>/tayang/", decisions.confirm_listing, name="confirm_listing"),
    # firms
    path("usaha/", vendors.vendors, name="vendors"),
    path("usaha/<int:pk>/", vendors.vendor, name="vendor"),
    path("usaha/<int:pk>/ubah/", vendors.correct_vendor, name="correct_vendor"),
    path("usaha/<int:pk>/tautan/", vendors.make_access_link, name="make_access_link"),
    path("usaha/<int:pk>/pemilik/", vendors.confirm_contact, name="confirm_contact"),
    path("usaha/<int:pk>/<slug:verb>/", vendors.move_vendor, name="move_vendor"),
    path("tayangan/<int:pk>/", vendors.change_listing, name="change_listing"),
    # guidance at the desk
    path("bimtek/undang/<int:pk>/", guidance.invite_vendors, name="invite_vendors"),
    path("bimtek/kursi/<int:pk>/lepas/", guidance.release_seat, name="release_seat"),
    path("bimtek/<int:pk>/datang/", guidance.seat_walk_in, name="seat_walk_in"),
    # letters and messages
    path("surat/", letters.letters, name="letters"),
    path("surat/<int:pk>/", letters.letter, name="letter"),
    path("surat/<int:pk>/pdf/", letters.letter_pdf, name="letter_pdf"),
    path("pesan/", letters.messages, name="messages"),
    path("pesan/<int:pk>/terkirim/", letters.mark_message_sent, name="mark_message_sent"),
    # those who look
    path("ringkasan/", overview.overview, name="overview"),
    path("ketelitian/", accuracy.accuracy, name="accuracy"),
    path("pembacaan-ulang/", rereadings.rereadings, name="rereadings"),
    path("jejak/", trail.trail, name="trail"),
    path("pengaturan/", settings.change_settings, name="settings"),
]
