"""Which characters may reach a document."""

import re
import unicodedata

_SPACES = re.compile("[ \t\n\v\f\r\x85\u2028\u2029]+")
# Controls, invisible direction marks, halves of pairs, private and unassigned characters: not allowed in XML, or able
# to show a reader something else than what is stored.
_REFUSED = {"Cc", "Cf", "Cs", "Co", "Cn"}


def printable(value: str) -> str:
    """Text as a document holds it: NFC (TCVN 6909:2001), one line, single spaces, nothing that XML 1.0 forbids.

    Non-breaking spaces stay, and so does a space at either end, since a run may end between two words.
    """
    spaced = _SPACES.sub(" ", unicodedata.normalize("NFC", value))
    if spaced.isprintable():  # nearly every text: no control, no mark and no space but the usual one
        return spaced
    return _SPACES.sub(" ", "".join(c for c in spaced if unicodedata.category(c) not in _REFUSED))
