"""Names of files that are safe on any system."""

import hashlib
import re

MOST_BYTES = 120  # of a name; 255 is what file systems take, and the kind of document and its format follow
_UNSAFE = re.compile(r"[^\w.-]+")
_RESERVED = {"CON", "PRN", "AUX", "NUL", *(f"{port}{number}" for port in ("COM", "LPT") for number in range(10))}  # by Windows


def safe_name(identifier: str) -> str:
    """Return an identifier as the beginning of a file name that no system minds."""
    name = _UNSAFE.sub("-", identifier).strip(".-") or "dossier"
    if name.partition(".")[0].upper() in _RESERVED:
        name = f"dossier-{name}"
    if len(name.encode()) > MOST_BYTES:  # cut, and told from others that begin alike
        digest = hashlib.sha256(identifier.encode()).hexdigest()[:8]
        name = f"{name.encode()[:MOST_BYTES].decode(errors='ignore')}-{digest}"
    return name
