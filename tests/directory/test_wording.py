"""Whatever may be wrong with a file has words and a cure, and every field a name."""

import pytest
from flask_babel import force_locale

from kstthc_training.directory.enums import ImportKind, ProblemCode
from kstthc_training.directory.importing.plans import Problem
from kstthc_training.directory.wording import FIELD_WORDS, FIELDS_OF, problem_words
from kstthc_training.sheets import RowCode, SheetRefused, refusals
from kstthc_training.web.sheet_words import sheet_words

FACTS = {
    "filename": "tep.xlsx", "extension": "xlsx", "known": ("xlsx",), "octets": 9, "limit": 5_000_000, "rows": 9,
    "columns": 9, "line": 7, "sheet": "A", "sheet_names": ("A",), "field": "name", "column": 3,
}  # fmt: skip
REFUSALS = [kind for kind in vars(refusals).values() if isinstance(kind, type) and issubclass(kind, SheetRefused)]


@pytest.mark.parametrize("kind", list(ImportKind))
@pytest.mark.parametrize("code", list(ProblemCode))
def test_every_problem_has_words_and_a_cure(app, kind, code):
    for field in FIELDS_OF[kind]:
        for hints in ((), ("12",), ("Nơi A", "Nơi B")):
            with force_locale("vi"):
                what, cure = problem_words(Problem(3, "cột", field, "giá trị", code, hints), kind)
            assert what.endswith(".")
            assert cure.endswith((".", "?"))
            assert "%(" not in what + cure


@pytest.mark.parametrize("kind", REFUSALS, ids=lambda kind: kind.__name__)
def test_every_refused_file_has_words(app, kind):
    with force_locale("vi"):
        words = sheet_words(kind(**FACTS))
    assert words.endswith(".")
    assert "%(" not in words


@pytest.mark.parametrize("kind", list(ImportKind))
def test_every_field_has_a_name_that_is_known_as_its_heading(kind):
    assert list(FIELD_WORDS[kind]) == list(FIELDS_OF[kind])


def test_what_any_import_may_find_is_a_problem_of_ours():
    assert {code.value for code in RowCode} <= {code.value for code in ProblemCode}
