"""What leaves with an auditor: evidence that proves itself without this product."""
