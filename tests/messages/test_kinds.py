"""Every kind of letter that the code writes is known, with what it is about."""

import ast
from pathlib import Path

import kstthc_training
from kstthc_training.invitations.event_wording import EVENT_TEXTS
from kstthc_training.invitations.wording import TEXTS as INVITATIONS
from kstthc_training.messages.enums import Group
from kstthc_training.messages.kinds import CHOSEN, KINDS
from kstthc_training.registrations.wording import TEXTS as REGISTRATIONS
from kstthc_training.scheduling.wording import TEXTS as CALENDARS

PACKAGE = Path(kstthc_training.__file__).parent
WORDED = {text.kind for text in (*REGISTRATIONS, *INVITATIONS, *EVENT_TEXTS.values(), *CALENDARS)}


def sources():
    """The syntax trees of all files that write letters."""
    for path in sorted(PACKAGE.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        if "Letter(" in text or "-> Letter" in text:
            yield path, ast.parse(text)


def kinds_given(tree):
    """What calls give as the kind of a letter: to `Letter` by name, first to a function of this file that makes one."""
    makers = {
        node.name
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and isinstance(node.returns, ast.Name) and node.returns.id == "Letter"
        and node.args.args and node.args.args[0].arg == "kind"
    }  # fmt: skip
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
            continue
        if node.func.id == "Letter":
            yield next(keyword.value for keyword in node.keywords if keyword.arg == "kind")
        elif node.func.id in makers:
            yield node.args[0]


def literal_kinds():
    """The kinds that stand in the code as words."""
    return {
        given.value for _path, tree in sources() for given in kinds_given(tree) if isinstance(given, ast.Constant)
    }  # fmt: skip


def test_every_kind_that_is_written_is_known():
    found = literal_kinds()
    assert {"account.sign_in", "privacy.received", "invitation-report", "text-trial"} <= found
    assert found - set(KINDS) == set()
    assert WORDED - set(KINDS) == set()


def test_a_kind_that_stands_in_no_word_comes_from_a_text_or_an_argument():
    for path, tree in sources():
        for given in kinds_given(tree):
            if isinstance(given, ast.Name):
                assert given.id == "kind" or given.id.isupper(), f"{path}: {ast.unparse(given)}"
            elif isinstance(given, ast.Attribute):
                assert given.attr == "kind", f"{path}: {ast.unparse(given)}"
            else:
                assert isinstance(given, ast.Constant), f"{path}: {ast.unparse(given)}"


def test_every_known_kind_is_written():
    words = {
        node.value
        for path in PACKAGE.rglob("*.py")
        if path != PACKAGE / "messages" / "kinds.py"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert set(KINDS) - words == set()


def test_what_calls_off_takes_back_or_asks_is_mandatory():
    mandatory = {kind for kind, about in KINDS.items() if about.mandatory}
    assert {
        "event-cancelled", "event-postponed", "event-changed", "invitation", "invitation-revoked", "registration-refused",
        "registration-taken-back", "privacy.received", "privacy.refused",
    } <= mandatory  # fmt: skip


def test_one_chooses_about_groups_in_which_something_is_left_to_choose():
    assert set(CHOSEN) == {about.group for about in KINDS.values() if not about.mandatory}
    assert not {Group.EVENT, Group.ACCOUNT} & set(CHOSEN)
