"""The demonstration's people: every role at least once, with one password."""

from __future__ import annotations

from onboarding import roles
from onboarding.models import Agency, User

PASSWORD = "contoh-mitra-2026"  # noqa: S105 - printed at the start of every demonstration

OFFICES = (
    "dindik", "dinkes", "dpu-bina-marga", "dishub", "dinsos", "disperindag", "biro-umum", "bkd",
    "pemkot-malang", "pemkab-sidoarjo", "pemkab-jember", "dinkop-ukm",
)  # fmt: skip
STAFF = (
    (roles.OFFICER, "petugas", "Rina Contoh Wulandari", None),
    (roles.OFFICER, "petugas2", "Agus Contoh Prasetyo", None),
    (roles.APPROVER, "penyetuju", "Endang Contoh Lestari", None),
    (roles.APPROVER, "penyetuju2", "Joko Contoh Susilo", None),
    (roles.AGENCY, "instansi", "Dwi Contoh Handayani", "dindik"),
    (roles.COOPERATIVE, "koperasi", "Sri Contoh Mulyani", "dinkop-ukm"),
    (roles.TRAINER, "narasumber", "Bayu Contoh Nugroho", None),
    (roles.TRAINER, "narasumber2", "Wahyu Contoh Hidayat", None),
    (roles.AUDITOR, "pemeriksa", "Hari Contoh Wibowo", None),
    (roles.MANAGER, "pimpinan", "Lilik Contoh Rahmawati", None),
    (roles.ADMIN, "admin", "Teguh Contoh Santosa", None),
)
OWNERS = ("usaha", "usaha2")


def email_of(name: str) -> str:
    """Return the demonstration's address of a person."""
    return f"{name}@contoh.test"


def make_staff() -> dict[str, User]:
    """Open the accounts of the office and of the referring offices."""
    people = {}
    for role, name, full_name, office in STAFF:
        people[name] = User.objects.create_user(
            email_of(name),
            PASSWORD,
            role=role,
            full_name=full_name,
            agency=Agency.objects.get(code=office) if office else None,
            is_staff=role == roles.ADMIN,
        )
    for code in OFFICES:
        if code in {"dindik", "dinkop-ukm"}:
            continue
        people[code] = User.objects.create_user(
            email_of(code),
            None,
            role=roles.AGENCY,
            full_name=f"Contoh Staf {code}",
            agency=Agency.objects.get(code=code),
        )
    people["dindik"], people["dinkop-ukm"] = people["instansi"], people["koperasi"]
    return people


def make_owner(name: str, full_name: str) -> User:
    """Open the account of an owner who signs in with the demonstration's password."""
    return User.objects.create_user(
        email_of(name), PASSWORD, role=roles.VENDOR, full_name=full_name
    )
