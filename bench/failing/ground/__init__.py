"""An installation for a fault: prepared once for all faults, copied for each, with its programs."""
