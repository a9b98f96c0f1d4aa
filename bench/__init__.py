"""One file per figure that we claim; each prints what it measured and on what."""
