"""Whoever acts, as one plain value loaded once per request."""

from dataclasses import dataclass, field, replace

from kstthc_training.audit.words import PRODUCT
from kstthc_training.people.enums import Role
from kstthc_training.people.words import ROLES
from kstthc_training.text import initials


@dataclass(frozen=True, kw_only=True)
class Actor:
    """An account and what it may do; `focal_of` holds the organisations it speaks for.

    Stands as Flask-Login's user too, whose id is the secret of this browser's sign-in.
    """

    account_id: int | None = None
    person_id: int | None = None
    display_name: str = ""
    title: str = ""
    organisation_id: int | None = None
    roles: frozenset[Role] = field(default_factory=frozenset)
    focal_of: frozenset[int] = field(default_factory=frozenset)
    locale: str = "vi"
    theme: str = "auto"
    address: str = ""
    sign_in_id: int | None = None
    sign_in_secret: str = field(default="", repr=False)

    @property
    def is_authenticated(self) -> bool:
        """Whether somebody is signed in."""
        return self.account_id is not None

    @property
    def is_active(self) -> bool:
        """Disabled accounts never become actors."""
        return self.is_authenticated

    @property
    def is_anonymous(self) -> bool:
        """Whether nobody is signed in."""
        return not self.is_authenticated

    def get_id(self) -> str:
        """What the cookie keeps: the secret of this sign-in."""
        return self.sign_in_secret

    def has(self, *roles: Role) -> bool:
        """Whether the account holds at least one of `roles`."""
        return not self.roles.isdisjoint(roles)

    @property
    def initials(self) -> str:
        """Two letters for the disc in the top bar."""
        return initials(self.display_name)

    @property
    def role_label(self) -> str:
        """The first of the account's roles in words, as the user menu names it."""
        return str(next(words for role, words in ROLES.items() if role in self.roles or role is Role.MEMBER))

    def at(self, address: str) -> "Actor":
        """The same actor, seen at a network address."""
        return replace(self, address=address)


NOBODY = Actor()
SYSTEM = Actor(display_name=PRODUCT)
