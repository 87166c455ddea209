"""What is a web address."""

from __future__ import annotations

from urllib.parse import urlsplit


def is_web_address(url: str) -> bool:
    """Whether it is whole: http or https with a host, without white space.

    >>> is_web_address("https://kloop.kg/a"), is_web_address("kloop.kg/a"), is_web_address("https://[kloop.kg")
    (True, False, False)
    """
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:  # `https://[kloop.kg`: no such IPv6 address
        return False
    return parts.scheme in {"http", "https"} and bool(host) and not any(char.isspace() for char in url)
