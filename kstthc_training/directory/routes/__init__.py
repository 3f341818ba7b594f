"""The pages of Danh bạ, all on one blueprint."""

from kstthc_training.directory.routes import (
    doubles,
    imports,
    index,
    merger_lists,
    mergers,
    organisation_edit,
    organisations,
    people,
    person_edit,
    unitings,
)
from kstthc_training.directory.routes.blueprint import bp

__all__ = [
    "bp",
    "doubles",
    "imports",
    "index",
    "merger_lists",
    "mergers",
    "organisation_edit",
    "organisations",
    "people",
    "person_edit",
    "unitings",
]
