"""What the pages of the directory show, each in a fixed number of statements."""

from kstthc_training.directory.queries.acts import acts_found, get_act
from kstthc_training.directory.queries.attendance import (
    Attended,
    HeldEvent,
    Participation,
    attended_by,
    events_held_with,
    participation_of,
    registrations_of,
)
from kstthc_training.directory.queries.doubles import (
    DoubleRow,
    History,
    doubles_found,
    histories,
    likeliest_to_stay,
)
from kstthc_training.directory.queries.places import (
    Figures,
    FocalPoint,
    PlaceRow,
    PlacesWanted,
    count_places,
    figures_on,
    focal_points_of,
    kind_counts,
    places_found,
    same_names,
    spoken_for_by,
)
from kstthc_training.directory.queries.uploads import get_upload

__all__ = [
    "Attended", "DoubleRow", "Figures", "FocalPoint", "HeldEvent", "History", "Participation", "PlaceRow",
    "PlacesWanted", "acts_found", "attended_by", "count_places", "doubles_found", "events_held_with", "figures_on",
    "focal_points_of", "get_act", "get_upload", "histories", "kind_counts", "likeliest_to_stay", "participation_of",
    "places_found", "registrations_of", "same_names", "spoken_for_by",
]  # fmt: skip
