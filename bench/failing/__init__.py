"""What `./mitra faults` does to the product: a module for each fault, with its own `figures`."""
