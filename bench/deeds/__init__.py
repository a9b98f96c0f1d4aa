"""Invented company papers with their truth: what the reader of deeds is measured on.

`python -m bench.deeds OUT --half tuned|reported --documents N --seed S [--levels clean,…]` writes
files and one `ID.LEVEL.json` of truth each. Nothing in it is real: persons, firms and numbers are
drawn by chance (NIKs of district 99, NPWPs of tax office 000), and a seed gives the same set twice.
It was written by someone who had not seen the reader and was frozen before the reader was tuned.

Two halves that differ. About 60 % of the wordings, typefaces and ranges of damage are in both;
about 20 % are only in the half that the reader is `tuned` on, about 20 % only in the half that is
`reported`. See `draw.Draw.pick`.

Truth. `fields` holds what the paper prints, in canonical form; `evidence` every printed value with
its page and the quads of its words in the frame of the page as stored; `text` the pages without
fill dashes; `parts` the pages of each paper where two are bound in one file.

Contradictions. About 15 % of the papers contradict themselves in one thing, which `anomalies`
names: deed_date_weekday, deed_date_words, deed_number_cover, capital_words, shares_total,
nik_birth, npwp_check_digit, sk_form, sk_cites, company_name_differs, sk_before_deed,
paid_over_authorized. `fields` then holds the digits as printed in the main place, and `accepted`
lists, for each field, the other values that a reader may give without being wrong: whoever scores
counts one of them as right. All other papers are free of contradictions.

Roles, besides those of firms: `ketua`, `sekretaris`, `bendahara`, `pengawas`, `pembina` in
cooperatives and foundations; all partners of a firma are `persero aktif`; none on a KTP.
"""

LEVELS = ("clean", "scan300", "tiff", "fax150", "photo")
