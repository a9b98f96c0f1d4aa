"""Invented firms: names that say *Contoh*, numbers that cannot be real."""

from __future__ import annotations

import csv
from pathlib import Path
from random import Random
from typing import Any

from onboarding.models import Region

SEEDS = Path(__file__).resolve().parent.parent / "reference" / "seeds"
SPREAD = ("35.78", "35.73", "35.15", "35.07", "35.09", "35.71", "35.77", "35.25", "35.10", "35.26")


def invent(count: int, seed: int = 2026) -> list[dict[str, Any]]:
    """Return rows as an office would type them; the same rows for the same seed.

    About one in eight lacks an NIB, which makes it not yet eligible; most are sole traders.
    """
    random = Random(seed)  # noqa: S311 - demonstration data, not a secret
    forms = {"perorangan", "pt_perorangan"}  # companies need a deed that was really read
    names = [row for row in _rows("umkm-names.csv") if row["business_form"] in forms]
    categories = {row["slug"]: row for row in _rows("umkm-categories.csv")}
    given = [row["value"] for row in _rows("person-name-parts.csv") if row["part"] == "given"]
    family = [row["value"] for row in _rows("person-name-parts.csv") if row["part"] != "given"]
    regions = {region.code: region.display_name for region in Region.objects.all()}
    rows = []
    for number in range(1, count + 1):
        known = names[number - 1] if number <= len(names) else None
        slug = known["category"] if known else random.choice(list(categories))
        code = known["regency_code"] if known else _region(random, list(regions))
        owner = f"{random.choice(given)} Contoh {random.choice(family)}"
        title = categories[slug]["name_id"].split(" (")[0].split(",")[0]
        made_up = f"{title} Contoh {owner.split(maxsplit=1)[0]} {number}"
        rows.append(
            {
                "name": known["name"] if known else made_up,
                "legal_form": known["business_form"] if known else _form(number),
                "nib": "" if number % 8 == 0 else f"00{random.randint(1, 12):02d}2{number:08d}",
                "npwp": "",
                "owner_name": owner,
                "nik": "",
                "phone": f"0812900{number:05d}",
                "email": f"usaha{number}@contoh.test",
                "region": regions[code],
                "address": f"Jalan Contoh Nomor {number}",
                "kbli": categories[slug]["kbli_2020"],
                "category": categories[slug]["name_id"],
                "reason": random.choice(("Sering dibeli", "Rapat dan kegiatan", "Rekomendasi")),
                "capital": str(random.randint(5, 400) * 1_000_000),
                "yearly_sales": str(random.randint(20, 1500) * 1_000_000),
            }
        )
    return rows


def _form(number: int) -> str:
    return "pt_perorangan" if number % 9 == 0 else "perorangan"


def _region(random: Random, every: list[str]) -> str:
    return random.choice(SPREAD) if random.random() < 0.6 else random.choice(every)


def _rows(name: str) -> list[dict[str, str]]:
    with (SEEDS / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
