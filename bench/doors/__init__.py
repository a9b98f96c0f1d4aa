"""Bad files for `./mitra faults bad_files`: made, gathered, spoilt, sent, and what must become of
each by its class. `made` also serves the small form of the same proof in `tests/`.
"""
