"""A real SMTP server in a thread, that keeps what it is given or refuses as told."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Callable
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from subprocess import run
from typing import Any, cast

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from app.config import MailSettings

ACCEPTED = "250 taken"
USER, PASSWORD = "robot", "geheim/7@x"


@dataclass
class Mailbox:
    """What arrived, and what the server says: to each address, to each text, and how it breaks the line."""

    arrived: list[Envelope] = field(default_factory=list)
    says_to: dict[str, str] = field(default_factory=dict)
    """Answers to RCPT by address."""
    says_to_text: list[str] = field(default_factory=list)
    """Answers to the text, in turn; afterwards it accepts."""
    hangs_up: bool = False
    """Break the line when the whole text is there, as a server that dies does."""
    before_answer: Callable[[], None] | None = None
    """Called when the whole text is there."""

    async def handle_RCPT(  # noqa: N802
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        answer = self.says_to.get(address, ACCEPTED)
        if answer == ACCEPTED:
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.before_answer:
            await asyncio.get_running_loop().run_in_executor(None, self.before_answer)
        answer = self.says_to_text.pop(0) if self.says_to_text else ACCEPTED
        if answer == ACCEPTED:
            self.arrived.append(envelope)
        if self.hangs_up:
            cast(asyncio.Transport, server.transport).abort()
        return answer

    @property
    def addresses(self) -> list[str]:
        """To whom something arrived, in order of arrival."""
        return [address for envelope in self.arrived for address in envelope.rcpt_tos]

    @property
    def messages(self) -> list[EmailMessage]:
        """What arrived, as a mail program of today reads it."""
        return [cast(EmailMessage, message_from_bytes(raw, policy=default)) for raw in self.raw]

    @property
    def raw(self) -> list[bytes]:
        """What arrived, byte by byte."""
        return [bytes(cast(bytes, envelope.original_content)) for envelope in self.arrived]


def let_in(_server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, given: Any) -> AuthResult:
    """Nobody but the one who knows the password."""
    right = isinstance(given, LoginPassword) and (given.login, given.password) == (USER.encode(), PASSWORD.encode())
    return AuthResult(success=right, handled=right)


class Server(Controller):
    """On a port that the machine has free."""

    def __init__(self, mailbox: Mailbox, **more: Any) -> None:
        super().__init__(mailbox, hostname="127.0.0.1", port=0, **more)

    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]  # type: ignore[union-attr]
        super()._trigger_server()


def open_server(mailbox: Mailbox, **more: Any) -> Server:
    """Serve until `stop()`."""
    server = Server(mailbox, **more)
    server.start()
    return server


def settings_for(server: Server, **changes: Any) -> MailSettings:
    """How the product is told of this server."""
    return MailSettings(**{"host": "127.0.0.1", "port": server.port, "sender": "outreach@hanbit.example", **changes})


def certificate(folder: Path) -> tuple[ssl.SSLContext, Path]:
    """What a server of this name shows, and the file that makes a client trust it."""
    key, shown = folder / "key.pem", folder / "certificate.pem"
    run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-keyout", key, "-out", shown,
         "-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1"],
        check=True, capture_output=True,
    )  # fmt: skip
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(shown, key)
    return context, shown
