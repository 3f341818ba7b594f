"""Random and derived identifiers; what they open is decided elsewhere."""

import base64
import hashlib
import hmac
import secrets
import uuid

from kstthc_training.text import is_digits, whole_number

# Crockford's alphabet: no I, L, O, U, so that a code survives being read aloud.
_CODE_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH = 8


def random_uuid() -> uuid.UUID:
    """A version 4 UUID (RFC 9562): holds no host, time or person, as RFC 7986 5.3 asks of calendar UIDs."""
    return uuid.uuid4()


def random_secret() -> str:
    """A fresh URL-safe secret of 256 bits."""
    return secrets.token_urlsafe(32)


def secret_hash(secret: str) -> str:
    """What the database keeps of a random secret: its SHA-256 in hex, useless to whoever reads the database."""
    return hashlib.sha256(secret.encode()).hexdigest()


def typed_code(length: int = CODE_LENGTH) -> str:
    """A short random code to be typed at a door; it opens nothing but the door."""
    return "".join(secrets.choice(_CODE_ALPHABET) for _ in range(length))


def normal_code(typed: str) -> str:
    """A typed code as it was given out: capitals, no spaces or dashes, O read as 0, I and L as 1."""
    plain = "".join(c for c in typed.upper() if c.isalnum())
    return plain.translate(str.maketrans("OIL", "011"))


def may_be_code(typed: str) -> bool:
    """Whether something typed is as long as a code, so that it may be one, or a guess."""
    return len(normal_code(typed)) == CODE_LENGTH


def begins_code(typed: str) -> bool:
    """Whether something typed looks like a code not yet whole: short, plain letters and digits, and not letters alone."""
    plain = "".join(c for c in typed if c.isalnum())
    return plain.isascii() and any(map(is_digits, plain)) and len(plain) < CODE_LENGTH


def derived_secret(key: bytes, *, purpose: str, owner: int, generation: int) -> str:
    """A URL-safe secret of 160 bits, shown again at will, revoked by raising `generation` (HMAC-SHA256, RFC 2104)."""
    message = f"{purpose}:{owner}:{generation}".encode()
    digest = hmac.new(key, message, hashlib.sha256).digest()[:20]
    return base64.b32encode(digest).decode().lower()


def address_secret(key: bytes, *, purpose: str, owner: int, generation: int) -> str:
    """The derived secret with its owner's number before it (`17-…`), so that it is found by key and checked by HMAC."""
    return f"{owner}-{derived_secret(key, purpose=purpose, owner=owner, generation=generation)}"


def owner_of(address: str) -> int | None:
    """The number before the dash of an address secret, or None when the address cannot be one."""
    head, dash, tail = address.partition("-")
    return whole_number(head) if dash and tail else None


def same_secret(one: str, other: str) -> bool:
    """Equality in constant time."""
    return hmac.compare_digest(one.encode(), other.encode())
