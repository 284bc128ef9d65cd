"""Ports and readiness: is a port free, and is it really our own server that answers on it?

`python -m enforcement.demo.answering URL` is the health check of a container: exit 0, or what is wrong and exit 1.
"""

import json
import socket
import sys
import urllib.error
import urllib.request


def port_is_free(port: int, host: str = "127.0.0.1") -> bool:
    """Whether nobody listens there. The web server shares ports silently, so this must be asked before it starts."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def free_port() -> int:
    """A port of 127.0.0.1 that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        number: int = probe.getsockname()[1]
        return number


def answer(url: str, *, token: str = "") -> str:
    """Empty when the address answers 200 (and its JSON names the token of this start), else what is wrong."""
    no_proxy = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with no_proxy.open(url, timeout=5) as reply:
            if token and json.load(reply).get("start") != token:
                return f"{url} is answered by another server"
            return ""
    except urllib.error.HTTPError as error:
        return f"{url} answers {error.code}: {error.read(300).decode(errors='replace')}"
    except (OSError, ValueError) as error:
        return f"{url} does not answer: {error}"


if __name__ == "__main__":
    sys.exit(answer(sys.argv[1]))
