"""Every door of the site; each URL name stands in the access matrix of the tests."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.i18n import set_language

from workflows.views import complaints, factors, home, public, signing

admin.autodiscover()
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]  # adds the second factor

handler500 = "config.failing.answer_failure"

urlpatterns = [
    path("", home.home, name="home"),
    path("healthz", public.healthz, name="healthz"),
    path("bahasa/", login_not_required(set_language), name="set_language"),
    path("pengaduan/", complaints.complain, name="complain"),
    path("privasi/", public.privacy, name="privacy"),
    path("sumber/", public.source, name="source"),
    path("sumber/mitra-bejo.zip", public.source_archive, name="source_archive"),
    # ours before the package's own of the same name
    path("akun/login/code/confirm/", signing.confirm_code, name="account_confirm_login_code"),
    path("akun/sesi/", signing.devices, name="usersessions_list"),
    path("akun/sesi/<int:pk>/akhiri/", signing.end_device, name="end_device"),
    path("akun/2fa/", factors.own_factors, name="mfa_index"),
    path("akun/2fa/authenticate/", factors.second_step, name="mfa_authenticate"),
    path(
        "akun/2fa/webauthn/keys/<int:pk>/remove/",
        factors.remove_passkey,
        name="mfa_remove_webauthn",
    ),
    path("akun/", include("allauth.account.urls")),
    path("akun/2fa/", include("allauth.mfa.urls")),
    path("admin/", admin.site.urls),
    path("usulan/", include("onboarding.urls")),
    path("dokumen/", include("documents.urls")),
    path("bimtek/", include("training.urls")),
    path("", include("workflows.urls")),
]
