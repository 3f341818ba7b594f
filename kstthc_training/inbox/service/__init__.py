"""What may happen to letters that come in."""

from kstthc_training.inbox.service import decide
from kstthc_training.inbox.service.boxes import claim_reading, note_read, note_trouble
from kstthc_training.inbox.service.erasing import erase_raw
from kstthc_training.inbox.service.settling import count_failure, settle
from kstthc_training.inbox.service.taking import keep

__all__ = ["claim_reading", "count_failure", "decide", "erase_raw", "keep", "note_read", "note_trouble", "settle"]
