"""What a fault does with the product's own models, imported once its process stands in an
installation (`bench.failing.ground.installation.inside`)."""
