"""A province to try the product with."""
