"""Every act that is recorded anywhere has words, and a place among the groups of the system's log."""

import ast
from collections.abc import Iterator
from pathlib import Path

from kstthc_training.administration.fact_words import LABELS
from kstthc_training.administration.words import ACTIONS, SUBJECTS
from kstthc_training.audit.words import ACTS
from kstthc_training.desk.journal_words import FACTS as TOLD

ROOT = Path(__file__).resolve().parents[2]
TREES = [ast.parse(path.read_text(encoding="utf-8")) for path in sorted((ROOT / "kstthc_training").rglob("*.py"))]


def recorded_in(trees: list[ast.Module]) -> set[str]:
    """The acts given to `record`, also by a function that takes the act from whoever calls it."""
    return {act for tree in trees for value in _given(tree, "record", "action", 0) for act in _acts(trees, tree, value)}


def _given(tree: ast.AST, name: str, parameter: str, place: int) -> Iterator[ast.expr]:
    for call in ast.walk(tree):
        if isinstance(call, ast.Call) and ast.unparse(call.func).rpartition(".")[2] == name:
            named = [keyword.value for keyword in call.keywords if keyword.arg == parameter]
            yield from named or call.args[place : place + 1]


def _acts(trees: list[ast.Module], tree: ast.Module, value: ast.expr) -> Iterator[str]:
    if isinstance(value, ast.Constant):
        yield str(value.value)
    elif isinstance(value, ast.IfExp):
        yield from (act for branch in (value.body, value.orelse) for act in _acts(trees, tree, branch))
    elif isinstance(value, ast.Name):
        function = next(
            f for f in ast.walk(tree) if isinstance(f, ast.FunctionDef) and value in ast.walk(f) and _takes(f, value.id)
        )
        parameters = [parameter.arg for parameter in function.args.args]
        place = parameters.index(value.id) if value.id in parameters else len(parameters) + 99
        for calling in trees:
            for given in _given(calling, function.name, value.id, place):
                yield from _acts(trees, calling, given)
    else:
        raise AssertionError(f"no act can be read from {ast.unparse(value)}")


def _takes(function: ast.FunctionDef, name: str) -> bool:
    return name in [parameter.arg for parameter in (*function.args.args, *function.args.kwonlyargs)]


def test_every_recorded_act_has_words_and_no_words_are_left_over():
    assert recorded_in(TREES) == set(ACTS)


def test_every_act_stands_in_one_group_of_the_log():
    grouped = [act for _label, acts in ACTIONS.values() for act in acts]
    assert sorted(grouped) == sorted(ACTS)


def facts_in(trees: list[ast.Module], *, of_events: bool) -> set[str]:
    """The names under which facts are given to `record` with an event as the subject, or with anything else."""
    own = {"actor", "action", "subject_type", "subject_id", "now"}
    return {
        keyword.arg or ast.unparse(keyword.value)
        for tree in trees
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and ast.unparse(call.func) == "record"
        if of_events == any(ast.unparse(kind) == "'event'" for kind in _given(call, "record", "subject_type", 99))
        for keyword in call.keywords
        if keyword.arg not in own
    }


def test_every_fact_recorded_of_an_event_is_told_or_known_to_need_no_words():
    what_changed = {"changes", "before", "after", "reason", "facts"}
    named_beside = {"registration_id", "material_id", "code"}
    assert facts_in(TREES, of_events=True) - set(TOLD) == what_changed | named_beside


def test_every_other_recorded_fact_is_told_under_a_label():
    in_the_words_of_the_period = {"first", "last"}
    assert facts_in(TREES, of_events=False) - set(LABELS) == in_the_words_of_the_period | {"changes"}


def test_every_subject_with_a_number_has_words():
    with_names = {"setting"}
    subjects = {
        ast.literal_eval(kind)
        for tree in TREES
        for name in ("record", "note_reading")
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and ast.unparse(call.func) == name
        for kind in _given(call, name, "subject_type", 99)
        if isinstance(kind, ast.Constant) and _has_number(call)
    }
    assert len(subjects) > 5
    assert subjects - set(SUBJECTS) - with_names == set()


def _has_number(call: ast.Call) -> bool:
    given = next((keyword.value for keyword in call.keywords if keyword.arg == "subject_id"), None)
    return given is not None and not (isinstance(given, ast.Constant) and given.value is None)


def test_an_act_is_found_however_it_is_given():
    planted = ast.parse(
        "def _note(actor, action): record(actor=actor, action=action)\n"
        "def first(): _note(me, 'a.first')\n"
        "def second(): _note(me, action='a.second')\n"
        "def third(x): service.record(action='a.third' if x else 'a.fourth')\n"
    )
    assert recorded_in([planted]) == {"a.first", "a.second", "a.third", "a.fourth"}
