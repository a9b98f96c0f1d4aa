"""Measures what guidance asks of the site: `./mitra bench guidance WORD`.

Each word is a module of `bench.guiding`; `./mitra bench guidance WORD --help` says what it asks.
"""

from __future__ import annotations

import importlib
import sys

WORDS = {
    "letters": ("letters", "500 firms invited, each with its own signed letter"),
    "certificates": ("certificates", "1,000 certificates numbered, drawn and bound"),
    "figures": ("figures", "the page of figures among many firms"),
}


def main(arguments: list[str]) -> int:
    """Hand over to the word's module; its figures are printed beside their targets."""
    word, *rest = arguments or ["help"]
    if word not in WORDS:
        print("Say ./mitra bench guidance and one of:")
        for name, (_module, words) in WORDS.items():
            print(f"  {name:<12} {words}")
        return 0 if word in ("help", "-h", "--help") else 2
    return int(importlib.import_module(f"bench.guiding.{WORDS[word][0]}").main(rest))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
