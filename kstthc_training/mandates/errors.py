"""Why something about a mandatory training is not done."""

from kstthc_training.refusals import Refusal


class NobodyChosen(Refusal):
    """An act on people was asked for without anybody."""


class DocumentMissing(Refusal):
    """An exemption was asked for without the document that grants it."""
