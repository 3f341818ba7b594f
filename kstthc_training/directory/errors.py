"""Why a file is not taken into the directory, and why an act that changes many rows at once is refused."""

from kstthc_training.refusals import Refusal


class ImportRefused(Refusal):
    """Nothing was taken: `problems` names every one, in the order of the lines."""


class AlreadyImported(Refusal):
    """The file was taken into the directory before, at `imported_at`: `new` and `changed` rows."""


class RowChanged(Refusal):
    """A row is no longer as it was seen: `change`."""


class NobodyMerges(Refusal):
    """There is no predecessor, or no successor."""


class MergesIntoItself(Refusal):
    """`name` is to end and to continue itself."""


class NotYetEffective(Refusal):
    """The merger takes effect on `day`, which is still to come."""


class PressAndOthers(Refusal):
    """`press` informs the public and `other` does not: the seats of one circle cannot become those of the other."""


class AlreadyUndone(Refusal):
    """The act was undone before, at `undone_at`."""


class TooLateToUndo(Refusal):
    """The act could be undone until `until`."""


class UndoContradicted(Refusal):
    """Something came after the act that would be lost or broken: `contradictions`, in the order they are told."""


class NobodyUnites(Refusal):
    """Fewer than two different people were chosen."""


class AlreadyUnited(Refusal):
    """The row of `name` was united with another one before."""


class TwoAccounts(Refusal):
    """More than one of the rows has an account in use, which only an administrator closes."""


class OwnAccount(Refusal):
    """Whoever unites the rows would close the account that he uses."""


class KeptAccountDisabled(Refusal):
    """The account `login` that would stay is disabled, and another one is in use."""


class NothingToMerge(Refusal):
    """The merger is on record and nothing is left to go over."""
