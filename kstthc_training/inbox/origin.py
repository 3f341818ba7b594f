"""Whether a letter comes from where it says, as the Office's own mail server found (RFC 8601)."""

import re
from enum import StrEnum

from kstthc_training.inbox.headers import is_cut_field, raw_fields
from kstthc_training.inbox.reading import Mail

_FIELD = "Authentication-Results"
_COMMENT = re.compile(r"\([^()]*\)")
_RESULT = re.compile(r"(?:^|;)\s*(dmarc|dkim|spf)\s*=\s*(\w+)", re.IGNORECASE)


class Origin(StrEnum):
    """What the trusted server found; nothing where none is trusted, or where it looked at nothing."""

    UNKNOWN = "unknown"
    PROVED = "proved"
    FORGED = "forged"


def origin_of(mail: Mail, *, authserv_id: str) -> Origin:
    """What the server named `authserv_id` found of a letter.

    Of several fields in its name the uppermost counts: it put its own on top, and whoever wrote the letter could only put
    others below. DMARC decides; without it a signature that fails, where none holds, is a forgery. So is what hides the
    verdict behind more signatures than are read.
    """
    if not authserv_id:
        return Origin.UNKNOWN
    for field in raw_fields(mail.message, _FIELD):
        plain = _COMMENT.sub(" ", field)
        if (plain.partition(";")[0].split() or [""])[0].lower() == authserv_id.lower():
            found = _verdict([(method.lower(), result.lower()) for method, result in _RESULT.findall(plain)])
            is_hidden = found is Origin.UNKNOWN and is_cut_field(mail.message, _FIELD)
            return Origin.FORGED if is_hidden else found
    return Origin.UNKNOWN


def _verdict(found: list[tuple[str, str]]) -> Origin:
    dmarc = [result for method, result in found if method == "dmarc"]
    dkim = [result for method, result in found if method == "dkim"]
    if "fail" in dmarc:
        return Origin.FORGED
    if "pass" in dmarc:
        return Origin.PROVED
    failed = {"fail", "permerror"} & set(dkim)
    return Origin.FORGED if failed and "pass" not in dkim else Origin.UNKNOWN
