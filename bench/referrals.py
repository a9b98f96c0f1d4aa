"""Measures what the site does with long lists of firms: `./mitra bench referrals WORD`.

Each word is a module of `bench.listing`; `./mitra bench referrals WORD --help` says what it asks.
"""

from __future__ import annotations

import importlib
import sys

WORDS = {
    "import": ("importing", "a list of any length entered by the command"),
    "duplicates": ("duplicates", "firms that are written twice, found"),
    "search": ("searching", "a firm found by part of its name or number"),
}


def main(arguments: list[str]) -> int:
    """Hand over to the word's module; its figures are printed beside their targets."""
    word, *rest = arguments or ["help"]
    if word not in WORDS:
        print("Say ./mitra bench referrals and one of:")
        for name, (_module, words) in WORDS.items():
            print(f"  {name:<11} {words}")
        return 0 if word in ("help", "-h", "--help") else 2
    return int(importlib.import_module(f"bench.listing.{WORDS[word][0]}").main(rest))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
