"""Verbs of the directory: lists taken in whole or not at all, files kept between preview and import."""

from kstthc_training.directory.service.organisation_import import import_organisations

__all__ = ["import_organisations"]
