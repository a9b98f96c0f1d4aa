"""Reads scanned papers in a throw-away process, so that hostile bytes never meet the site.

Start it as ``python -m documents.reading``; nothing here knows a web framework or a database.
"""

READER_VERSION = "3"

DEEDS = (
    "akta_pt",
    "akta_cv",
    "akta_firma",
    "akta_koperasi",
    "akta_yayasan",
    "akta_perubahan",
    "pernyataan_perorangan",
)
KINDS = (*DEEDS, "sk_ahu", "nib", "npwp", "ktp", "unknown")
