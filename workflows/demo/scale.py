"""A programme of any size, written straight into the tables, to measure pages at.

The rows tell no story of their own, but each stands where the road would have brought it: a firm
that was submitted has a case with its rounds and tasks. Everything is said to be *Contoh*.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import polars as pl
from django.apps import apps
from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone

from onboarding import roles
from onboarding.actions.writing import make_room, write_rows
from onboarding.identifiers import fold_name
from onboarding.models import Agency, Referral, Region, Status, User, Vendor
from workflows.flows import CaseFlow
from workflows.models import Case, Round, Stage

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from django.db.models import Model

CHUNK: Final = 50_000
Process, Task = (apps.get_model("viewflow", name) for name in ("Process", "Task"))
DONE, OPEN = "DONE", "NEW"
#: Of a thousand firms, so many stand here; most wait for an invitation, as in the real programme.
SHARES: Final = (
    (Status.INELIGIBLE, 260), (Status.ELIGIBLE, 470), (Status.INVITED, 30), (Status.GUIDED, 60),
    (Status.SUBMITTED, 14), (Status.RETURNED, 10), (Status.VERIFIED, 6), (Status.APPROVED, 5),
    (Status.REGISTERED, 15), (Status.ACTIVE, 95), (Status.REJECTED, 12), (Status.SUSPENDED, 1),
    (Status.WITHDRAWN, 7), (Status.LAPSED, 15),
)  # fmt: skip
#: Where the case of a firm stands, and the nodes of its flow that were passed on the way.
ROAD: Final = {
    Status.SUBMITTED: (Stage.VERIFY, ("begin",), "verify"),
    Status.RETURNED: (Stage.CORRECT, ("begin", "verify", "after_verify"), "correct"),
    Status.VERIFIED: (Stage.DECIDE, ("begin", "verify", "after_verify"), "decide"),
    Status.APPROVED: (
        Stage.HAND_OVER,
        ("begin", "verify", "after_verify", "decide", "after_decide"),
        "hand_over",
    ),
    Status.REGISTERED: (
        Stage.CONFIRM_LISTING,
        ("begin", "verify", "after_verify", "decide", "after_decide", "hand_over"),
        "confirm_listing",
    ),
    Status.ACTIVE: (
        Stage.CLOSED,
        ("begin", "verify", "after_verify", "decide", "after_decide", "hand_over",
         "confirm_listing", "closed"),
        "",
    ),
    Status.REJECTED: (
        Stage.CLOSED,
        ("begin", "verify", "after_verify", "decide", "after_decide", "closed"),
        "",
    ),
}  # fmt: skip
TYPES: Final = {"begin": "START_HANDLE", "closed": "END", "after_verify": "SWITCH",
                "after_decide": "SWITCH", "correct": "HANDLE"}  # fmt: skip
WORDS: Final = ("Dapur", "Toko", "Batik", "Warung", "Kripik", "Mebel", "Konveksi", "Kopi", "Jamu",
                "Percetakan")  # fmt: skip
NAMES: Final = ("Sekar", "Wilis", "Lestari", "Makmur", "Barokah", "Sumber", "Rejeki", "Kartika",
                "Arjuno", "Semeru", "Kencana")  # fmt: skip


def seed(vendors: int, *, told: Callable[[str], None]) -> None:
    """Write so many firms, each with its referral, and the cases of those far enough."""
    make_room()
    officer, approver = _somebody(roles.OFFICER), _somebody(roles.APPROVER)
    agencies = list(Agency.objects.order_by("pk").values_list("pk", flat=True))
    regions = list(Region.objects.values_list("pk", flat=True))
    now = timezone.now()
    for start in range(0, vendors, CHUNK):
        count = min(CHUNK, vendors - start)
        with transaction.atomic():
            firms = _firms(start, count, regions, now)
            write_rows(Vendor, firms)
            write_rows(Referral, _referrals(firms, agencies, officer))
            _write_cases(firms, officer, approver, now)
        told(f"{start + count:,} / {vendors:,}")
    _move_on_sequences()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _somebody(role: str) -> User:
    """The people in whose hands the cases are; they cannot sign in until they get a password."""
    email = f"{role}.skala@contoh.test"
    known = User.objects.filter(email=email).first()
    return known or User.objects.create_user(email, role=role, full_name=f"Contoh {role}")


def _firms(start: int, count: int, regions: Sequence[str], now: datetime) -> pl.DataFrame:
    statuses = [status.value for status, share in SHARES for _ in range(share)]
    number = pl.int_range(start, start + count, dtype=pl.Int64)
    place = (number * 617) % 1000  # 617 and 1,000 have no common factor: every status, well mixed
    name = pl.concat_str(
        _one_of(WORDS, number), _one_of(NAMES, number // 7), _one_of(NAMES, number // 91),
        (number % 9973).cast(pl.String), pl.lit("Contoh"), separator=" ",
    )  # fmt: skip
    owner = pl.concat_str(
        pl.lit("Contoh"), _one_of(NAMES, number // 3), _one_of(WORDS, number // 13), separator=" "
    )
    base = _highest(Vendor)
    return pl.select(
        (number + base + 1 - start).alias("id"),
        name.alias("name"),
        pl.lit("perorangan").alias("legal_form"),
        (number + 9_000_000_000_000 + base - start).cast(pl.String).alias("nib"),
        owner.alias("owner_name"),
        ("+62899" + (number + 10_000_000).cast(pl.String)).alias("phone"),
        pl.lit("Makanan dan minuman").alias("category"),
        _one_of(regions, number * 31).alias("region_id"),
        _one_of(statuses, place).alias("status"),
        _ago(now, number * 37 % 525_600).alias("status_at"),
        _ago(now, 525_600 + number % 100_000).alias("created_at"),
    ).with_columns(
        pl.col("name").map_elements(fold_name, return_dtype=pl.String).alias("folded_name")
    )


def _referrals(firms: pl.DataFrame, agencies: Sequence[int], by: User) -> pl.DataFrame:
    base = _highest(Referral)
    row = pl.int_range(pl.len(), dtype=pl.Int64)
    return firms.select(
        (row + base + 1).alias("id"),
        pl.col("id").alias("vendor_id"),
        _one_of(agencies, pl.col("id")).alias("agency_id"),
        pl.lit("{}").alias("received"),
        pl.lit("agency").alias("source"),
        pl.lit("created").alias("verdict"),
        pl.col("created_at"),
        pl.lit(by.pk).alias("created_by_id"),
    )


def _write_cases(firms: pl.DataFrame, officer: User, approver: User, now: datetime) -> None:
    far = firms.filter(pl.col("status").is_in([status.value for status in ROAD]))
    first = _highest(Process) + 1
    cases = far.select(
        (pl.int_range(pl.len(), dtype=pl.Int64) + first).alias("id"),
        pl.col("id").alias("vendor_id"), "region_id", "status", "status_at",
    )  # fmt: skip
    stage = {status.value: str(road[0]) for status, road in ROAD.items()}
    cases = cases.with_columns(pl.col("status").replace_strict(stage).alias("stage"))
    is_closed = pl.col("stage") == Stage.CLOSED.value
    process = cases.select(
        "id",
        pl.when(is_closed).then(pl.lit(DONE)).otherwise(pl.lit(OPEN)).alias("status"),
        pl.col("status_at").alias("created"),
        pl.lit(Process._meta.get_field("flow_class").get_prep_value(CaseFlow)).alias("flow_class"),
    )
    write_rows(Process, process)
    is_held = (pl.col("id") % 40 == 0) & ~is_closed
    due = _ago(now, pl.col("id") * 53 % 20_160 - 7_200)
    held = cases.select(
        pl.col("id").alias("process_ptr_id"), "vendor_id", "region_id", "stage",
        pl.when(is_held).then(officer.pk).alias("owner_id"),
        pl.when(is_held).then(pl.col("status_at")).alias("claimed_at"),
        pl.when(~is_closed).then(due).alias("due_at"),
        pl.col("status_at").alias("opened_at"),
    )  # fmt: skip
    write_rows(Case, held)  # the process, whose columns it extends, has been written
    _write_rounds(cases, officer, approver)
    _write_tasks(cases, officer)


def _write_rounds(cases: pl.DataFrame, officer: User, approver: User) -> None:
    verified = pl.col("stage") != Stage.VERIFY.value
    decided = pl.col("stage").is_in([Stage.HAND_OVER, Stage.CONFIRM_LISTING, Stage.CLOSED])
    refused = pl.col("status") == Status.REJECTED.value
    base = _highest(Round)
    rounds = cases.select(
        (pl.int_range(pl.len(), dtype=pl.Int64) + base + 1).alias("id"),
        pl.col("id").alias("case_id"),
        pl.lit(1).alias("number"),
        pl.col("status_at").alias("opened_at"),
        pl.when(verified).then(officer.pk).alias("verified_by_id"),
        pl.when(verified).then(pl.col("status_at")).alias("verified_at"),
        pl.when(decided).then(approver.pk).alias("decided_by_id"),
        pl.when(decided).then(pl.col("status_at")).alias("decided_at"),
        pl.when(decided & refused)
        .then(pl.lit(Round.Decision.REJECTED.value))
        .when(decided)
        .then(pl.lit(Round.Decision.APPROVED.value))
        .otherwise(pl.lit(""))
        .alias("decision"),
    )
    write_rows(Round, rounds)


def _write_tasks(cases: pl.DataFrame, officer: User) -> None:
    node_name = Task._meta.get_field("flow_task").get_prep_value
    for status, (_stage, passed, waiting) in ROAD.items():
        some = cases.filter(pl.col("status") == status.value)
        for node in (*passed, *((waiting,) if waiting else ())):
            base = _highest(Task)
            is_open = node == waiting
            task = some.select(
                (pl.int_range(pl.len(), dtype=pl.Int64) + base + 1).alias("id"),
                pl.col("id").alias("process_id"),
                pl.lit(node_name(getattr(CaseFlow, node))).alias("flow_task"),
                pl.lit(TYPES.get(node, "HUMAN")).alias("flow_task_type"),
                pl.lit(OPEN if is_open else DONE).alias("status"),
                pl.col("status_at").alias("created"),
                pl.lit(None if is_open else officer.pk, dtype=pl.Int64).alias("owner_id"),
                pl.lit("start").alias("token"),
            )
            write_rows(Task, task)


def _one_of(values: Sequence[str | int], number: pl.Expr) -> pl.Expr:
    return pl.lit(pl.Series(values)).gather(number % len(values))


def _ago(now: datetime, minutes: pl.Expr) -> pl.Expr:
    """A moment so many minutes before, as the databases read it."""
    base = pl.lit(now.replace(tzinfo=None))
    return (base - pl.duration(minutes=minutes)).dt.to_string("%Y-%m-%d %H:%M:%S%.6f") + (
        "" if connection.vendor == "sqlite" else "+00"
    )


def _highest(model: type[Model]) -> int:
    last: int | None = model._default_manager.aggregate(last=Max("pk"))["last"]
    return last or 0


def _move_on_sequences() -> None:
    """Keys were chosen here, so PostgreSQL must be told where to go on."""
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        for model in (Vendor, Referral, Process, Round, Task):
            cursor.execute(
                "SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)",
                [model._meta.db_table, max(_highest(model), 1)],
            )


def is_empty() -> bool:
    """Whether nobody's work stands in this database."""
    return not Vendor.objects.exclude(owner_name__startswith="Contoh ").exists()
