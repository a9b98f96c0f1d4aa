"""A chunk of judged rows made firms and referrals, as if they had been entered one by one.

Most rows share no number and no name with anything: they are new firms, written as columns. Only
rows that meet a firm on record or each other are recognised one after the other.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

import polars as pl

from onboarding import matching
from onboarding.actions.firms import FACTS_FROM_A_ROW, FILLED_WHEN_EMPTY, SOURCE_OF_KIND
from onboarding.actions.writing import found_among, reserve_keys, write_rows
from onboarding.models import Referral, SheetRow, Vendor

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from onboarding.many_rows import Judged, Refused
    from onboarding.models import ReferralSheet

Verdict = SheetRow.Verdict
STANDING = "merged_into_id IS NULL"
REMEMBERED = ("id", "legal_form", *FILLED_WHEN_EMPTY)
SOMEBODY = (0,)
VENDOR, VERDICT = "vendor", "verdict"


@dataclass
class Memory:
    """What the rows of a chunk are recognised by; a firm made in the chunk has a negative key."""

    firms: dict[int, dict[str, Any]] = field(default_factory=dict)
    by_nib: dict[str, int] = field(default_factory=dict)
    by_company_npwp: dict[str, int] = field(default_factory=dict)
    phones: dict[str, tuple[int]] = field(default_factory=dict)
    niks: dict[str, tuple[int]] = field(default_factory=dict)
    names: dict[tuple[str, str], tuple[int]] = field(default_factory=dict)
    nib_of: dict[Any, str] = field(default_factory=dict)
    form_of: dict[Any, str] = field(default_factory=dict)
    gaps: dict[int, set[str]] = field(default_factory=dict)

    def known(self) -> matching.Known:
        """The same, as the law of recognition asks for it."""
        return matching.Known(
            by_nib=self.by_nib,
            by_company_npwp=self.by_company_npwp,
            by_phone=self.phones,
            by_nik=self.niks,
            by_name_region=self.names,
            nib_of=self.nib_of,
            form_of=self.form_of,
        )

    def learn(self, key: int, firm: dict[str, Any]) -> None:
        """Know a firm's numbers; of two with one company NPWP the older is known."""
        self.firms[key] = firm
        self.nib_of[key], self.form_of[key] = firm["nib"], firm["legal_form"]
        if firm["nib"]:
            self.by_nib[firm["nib"]] = key
        npwp = matching.company_npwp(firm)
        if npwp:
            self.by_company_npwp[npwp] = min(self.by_company_npwp.get(npwp, key), key, key=_age)
        if firm["phone"]:
            self.phones[firm["phone"]] = SOMEBODY
        if firm["nik"]:
            self.niks[firm["nik"]] = SOMEBODY

    def fill_gaps(self, key: int, clean: Mapping[str, Any]) -> None:
        """A row may know of a firm what nobody said before; what is known is never overwritten."""
        firm = self.firms[key]
        gaps = {name for name in FILLED_WHEN_EMPTY if not firm[name] and clean[name]}
        if self.by_nib.get(clean["nib"], key) != key:
            gaps.discard("nib")
        if gaps:
            self.learn(key, {**firm, **{name: clean[name] for name in gaps}})
            self.gaps[key] = self.gaps.get(key, set()) | gaps


def enter_chunk(sheet: ReferralSheet, judged: Judged) -> Counter[str]:
    """Write the firms, referrals and refused rows of a chunk; says how many of each verdict."""
    rows = judged.accepted
    _write_refused(sheet, judged.refused)
    counts = Counter({str(Verdict.REFUSED): len(judged.refused)})
    if not rows.height:
        return counts
    memory = _remember(rows)
    vendors, verdicts = _recognise(rows, memory)
    made = [key for place, key in enumerate(vendors) if key == -1 - place]
    keys = dict(zip(made, reserve_keys(Vendor, len(made)), strict=True))
    rows = rows.with_columns(
        pl.Series(VENDOR, [keys.get(key, key) for key in vendors], dtype=pl.Int64),
        pl.Series(VERDICT, verdicts, dtype=pl.String),
        pl.Series("own", [key == -1 - place for place, key in enumerate(vendors)]),
        pl.int_range(pl.len()).alias("place"),
    )
    _write_vendors(rows.filter("own"), memory)
    _fill_known(memory)
    _write_referrals(sheet, rows)
    return counts + Counter(verdicts)


def _remember(rows: pl.DataFrame) -> Memory:
    """Every firm on record that any row of the chunk could be."""
    memory = Memory()
    for key in ("nib", "npwp"):
        values = rows[key].unique().to_list()
        is_named = f"{key} <> ''"
        found = found_among(
            REMEMBERED, key=key, values=values, condition=f"{is_named} AND {STANDING}"
        )
        for firm in found:
            memory.learn(firm[0], dict(zip(REMEMBERED, firm, strict=True)))
    _remember_merged(rows, memory)
    for key, kept in (("phone", memory.phones), ("nik", memory.niks)):
        values = rows[key].unique().to_list()
        is_named = f"{key} <> '' AND {STANDING}"
        for (value,) in found_among([key], key=key, values=values, condition=is_named):
            kept[value] = SOMEBODY
    memory.names.update(
        dict.fromkeys(
            found_among(
                ["folded_name", "region_id"],
                key="folded_name",
                values=rows["folded_name"].unique().to_list(),
                condition="folded_name <> ''",
            ),
            SOMEBODY,
        )
    )
    return memory


def _remember_merged(rows: pl.DataFrame, memory: Memory) -> None:
    """The NIB of a firm that was merged names the one that took it in, unless another has it."""
    found = found_among(
        ["nib", "id"],
        key="nib",
        values=rows["nib"].unique().to_list(),
        condition="nib <> '' AND merged_into_id IS NOT NULL",
    )
    for nib, key in found:
        if nib in memory.by_nib:
            continue
        firm = Vendor.objects.get(pk=key).standing_firm()
        memory.learn(firm.pk, {name: getattr(firm, name) for name in REMEMBERED})
        memory.by_nib[nib] = firm.pk


def _recognise(rows: pl.DataFrame, memory: Memory) -> tuple[list[int], list[str]]:
    """The firm that each row names and its verdict; a firm of its own is minus one less place."""
    vendors = [-1 - place for place in range(rows.height)]
    verdicts = [str(Verdict.CREATED)] * rows.height
    named = rows.with_row_index("place").filter(_meets(memory))
    known = memory.known()
    for clean in named.iter_rows(named=True):
        place = clean["place"]
        match = matching.recognise(clean, known)
        if match.kind == "same":
            vendors[place], verdicts[place] = int(str(match.vendor_id)), str(Verdict.LINKED)
            memory.fill_gaps(vendors[place], clean)
            continue
        if match.kind == "look":
            verdicts[place] = str(Verdict.REVIEW)
        firm = {name: clean[name] for name in ("legal_form", *FILLED_WHEN_EMPTY)}
        if clean["nib"] in memory.by_nib:
            firm["nib"] = ""  # something contradicts an equal NIB: a person looks
            memory.gaps[-1 - place] = {"nib"}
        memory.learn(-1 - place, firm)
        memory.names[clean["folded_name"], clean["region"]] = SOMEBODY
    return vendors, verdicts


def _meets(memory: Memory) -> pl.Expr:
    """Whether a row shares with a firm on record, or with another row, what may name a firm."""
    meets = [pl.struct("folded_name", "region").is_duplicated()]
    for key, known in (
        ("nib", memory.by_nib),
        ("npwp", memory.by_company_npwp),
        ("phone", memory.phones),
        ("nik", memory.niks),
    ):
        is_met = pl.col(key).is_duplicated() | pl.col(key).is_in(list(known))
        meets.append((pl.col(key) != "") & is_met)
    names = pl.Series([f"{name}\n{region}" for name, region in memory.names], dtype=pl.String)
    meets.append(pl.concat_str("folded_name", "region", separator="\n").is_in(names.implode()))
    return pl.any_horizontal(meets)


def _write_vendors(rows: pl.DataFrame, memory: Memory) -> None:
    """The new firms; what another row of the chunk added to one is in its row already."""
    if not rows.height:
        return
    changed = {-1 - key for key in memory.gaps if key < 0}
    if changed:
        plain = rows.filter(~pl.col("place").is_in(list(changed)))
        mended = [
            {**row, **{name: memory.firms[-1 - row["place"]][name] for name in FILLED_WHEN_EMPTY}}
            for row in rows.filter(pl.col("place").is_in(list(changed))).iter_rows(named=True)
        ]
        rows = pl.concat([plain, pl.DataFrame(mended, schema=rows.schema)])
    frame = rows.select(
        pl.col(VENDOR).alias("id"),
        pl.col("region").alias("region_id"),
        "folded_name",
        *FACTS_FROM_A_ROW,
    )
    write_rows(Vendor, frame.sort("id"))


def _fill_known(memory: Memory) -> None:
    filled = [
        Vendor(**{name: memory.firms[key][name] for name in REMEMBERED})
        for key in memory.gaps
        if key > 0
    ]
    Vendor.objects.bulk_update(filled, FILLED_WHEN_EMPTY, batch_size=200)


def _write_referrals(sheet: ReferralSheet, rows: pl.DataFrame) -> None:
    by = sheet.confirmed_by_id or sheet.received_by_id
    source = SOURCE_OF_KIND.get(sheet.agency.kind, Referral.Source.AGENCY)
    frame = rows.select(
        pl.Series("id", reserve_keys(Referral, rows.height), dtype=pl.Int64),
        pl.lit(sheet.agency_id).alias("agency_id"),
        pl.col(VENDOR).alias("vendor_id"),
        pl.lit(sheet.pk).alias("sheet_id"),
        pl.lit(sheet.request_id, dtype=pl.Int64).alias("request_id"),
        pl.col("sheet").str.slice(0, 60).alias("sheet_name"),
        "row",
        "received",
        pl.lit(str(source)).alias("source"),
        VERDICT,
        "reason",
        (pl.col(VERDICT) == str(Verdict.REVIEW)).alias("needs_look"),
        pl.lit(by).alias("created_by_id"),
    )
    write_rows(Referral, frame)


def _write_refused(sheet: ReferralSheet, refused: Iterable[Refused]) -> None:
    rows = [
        (
            sheet.pk,
            row.sheet[:60],
            row.row,
            json.dumps(row.received, ensure_ascii=False),
            json.dumps(row.checked.clean, ensure_ascii=False),
            json.dumps([asdict(problem) for problem in row.checked.problems], ensure_ascii=False),
            str(Verdict.REFUSED),
        )
        for row in refused
    ]
    if not rows:
        return
    names = ("sheet_id", "sheet_name", "row", "received", "clean", "problems", VERDICT)
    frame = pl.DataFrame(rows, schema=names, orient="row")
    keys = pl.Series("id", reserve_keys(SheetRow, len(rows)), dtype=pl.Int64)
    write_rows(SheetRow, frame.with_columns(keys))


def _age(key: int) -> tuple[bool, int]:
    """Of two firms the newer is the greater: those of the chunk after those on record."""
    return key < 0, abs(key)
