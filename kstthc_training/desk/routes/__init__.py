"""The pages of Điều hành, one module per page, all on one blueprint."""

from kstthc_training.desk.routes import (
    allocation,
    deciding,
    discarding,
    editor,
    home,
    invitation,
    invitations,
    inviting,
    journal,
    materials,
    overview,
    questions,
    registrations,
    registrations_add,
    registrations_sheet,
    roster,
    rules,
)
from kstthc_training.desk.routes.blueprint import bp

__all__ = [
    "allocation",
    "bp",
    "deciding",
    "discarding",
    "editor",
    "home",
    "invitation",
    "invitations",
    "inviting",
    "journal",
    "materials",
    "overview",
    "questions",
    "registrations",
    "registrations_add",
    "registrations_sheet",
    "roster",
    "rules",
]
