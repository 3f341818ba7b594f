"""Tập huấn bắt buộc: trainings that must be attended, who must, and how each stands."""

from kstthc_training.mandates.routes import acts, editing, pages, people
from kstthc_training.mandates.routes.blueprint import bp

__all__ = ["acts", "bp", "editing", "pages", "people"]
