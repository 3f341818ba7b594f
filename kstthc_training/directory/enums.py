from enum import StrEnum


class ImportKind(StrEnum):
    """What the rows of a file to import are."""

    ORGANISATIONS = "organisations"
    PEOPLE = "people"
    MERGERS = "mergers"


class ActKind(StrEnum):
    """An act that changes many rows of the directory at once, and can be undone."""

    MERGER = "merger"
    PERSONS = "persons"


class ProblemCode(StrEnum):
    """What may be wrong with a file to import."""

    MISSING = "missing"
    TOO_LONG = "too_long"
    UNREADABLE = "unreadable"
    REPEATED = "repeated"
    COLUMN_MISSING = "column_missing"
    COLUMN_TWICE = "column_twice"
    UNKNOWN_KIND = "unknown_kind"
    UNKNOWN_LEVEL = "unknown_level"
    UNKNOWN_PLACE = "unknown_place"
    AMBIGUOUS_PLACE = "ambiguous_place"
    CODE_TAKEN = "code_taken"
    PARENT_BENEATH = "parent_beneath"
    SEVERAL_PEOPLE = "several_people"
    ADDRESS_NEEDED = "address_needed"
    ADDRESS_TAKEN = "address_taken"
