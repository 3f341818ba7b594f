"""Signing in and out, and one's own account."""

from kstthc_training.people.routes.account import bp as account
from kstthc_training.people.routes.links import bp as links
from kstthc_training.people.routes.sign_in import bp as sign_in

BLUEPRINTS = (sign_in, links, account)
