"""In which words, for whom and by which release an entry was written."""

from dataclasses import dataclass

from kstthc_training import ids
from kstthc_training.ical import Language

# Raised whenever the same event comes to other octets than before; a test holds the octets of each version.
RENDERING = 2


@dataclass(frozen=True)
class Rendering:
    """How entries are written: in which language, with links to which site."""

    language: Language
    site: str

    @property
    def suffix(self) -> str:
        """What follows the part that readers take in the name of their circle, as entries are kept by it."""
        return f":{self.language}"

    def made_of(self, *names: str | None) -> str:
        """What stands for an entry's words besides those of its event: the way of rendering, and names of others."""
        return ids.secret_hash(repr((RENDERING, self.site, *names)))[:32]
