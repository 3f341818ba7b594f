"""Letters in the shapes in which programs really write them, by name."""

from tests.inbox.corpus.answers import ANSWERS
from tests.inbox.corpus.others import OTHERS
from tests.inbox.corpus.reports import REPORTS

CORPUS: dict[str, bytes] = {**ANSWERS, **REPORTS, **OTHERS}
