"""What may happen to personal data: it is taken along, asked to be erased, and erased."""
