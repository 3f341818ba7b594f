"""Where letters lead: the addresses of this installation."""

from flask import current_app

CHOICES_PATH = "/tai-khoan/thong-bao"


def page_address(path: str) -> str:
    """The whole address of one of our pages, for those who sign in; it holds no secret."""
    return f"{current_app.config['SETTINGS'].public_url}{path}"
