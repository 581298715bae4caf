"""The line to the mail server: one connection for all mails of a run, and an honest account of what became of each."""

from __future__ import annotations

import smtplib
import ssl
from contextlib import suppress
from types import TracebackType
from typing import Protocol, Self

from app.alerts.rules import Answer, Letter, Reply

SECONDS = 20
"""How long the server may be silent."""
_OK = 250
_TAKEN, _REFUSED, _REFUSED_FOR_GOOD = range(200, 300), range(400, 600), range(500, 600)


class MailServerSilent(Exception):
    """The mail server cannot be reached."""


class MailServerUntrusted(Exception):
    """Whoever answers cannot prove to be the mail server."""


class MailServerRefusal(Exception):
    """The mail server does not let us in."""


class MailServer(Protocol):
    """Where mail is handed over, as the settings name it."""

    @property
    def host(self) -> str: ...
    @property
    def port(self) -> int: ...
    @property
    def sender(self) -> str: ...
    @property
    def user(self) -> str: ...
    @property
    def password(self) -> str: ...
    @property
    def tls(self) -> bool: ...
    @property
    def starttls(self) -> bool: ...


class Post:
    """A connection to the mail server, made when the first letter goes out and made again when it breaks."""

    def __init__(self, server: MailServer) -> None:
        self._server = server
        self._line: smtplib.SMTP | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _at: TracebackType | None
    ) -> None:
        self._hang_up()

    def connect(self) -> None:
        """Reach the server and sign in, if that is not done yet.

        Raises:
            MailServerSilent: it is not there, or not where the settings say.
            MailServerUntrusted: its certificate is not one we trust.
            MailServerRefusal: it does not want us, or not without a password, or not with this one.
        """
        if self._line is not None:
            return
        try:
            self._line = _connected(self._server)
        except ssl.SSLError as error:
            raise MailServerUntrusted from error
        except (smtplib.SMTPServerDisconnected, smtplib.SMTPConnectError) as error:
            raise MailServerSilent from error
        except smtplib.SMTPException as error:
            raise MailServerRefusal from error
        except OSError as error:
            raise MailServerSilent from error

    def send(self, letter: Letter, message: bytes) -> Reply:
        """Hand one letter over. `connect` must have succeeded; whatever goes wrong now is the answer, not an error."""
        line = self._line
        if line is None:
            return Reply(Answer.LATER, "NotConnected")
        try:
            refusal = _envelope_refusal(line, self._server.sender, letter.address)
        except ValueError as error:  # an address that cannot be said in SMTP
            self._start_over()
            return Reply(Answer.NEVER, type(error).__name__)
        except OSError as error:  # nothing of the letter has been said yet
            self._hang_up()
            return Reply(Answer.LATER, type(error).__name__)
        if refusal is not None:
            self._start_over()
            return refusal
        return self._hand_over(line, message)

    def _hand_over(self, line: smtplib.SMTP, message: bytes) -> Reply:
        try:
            code, _words = line.data(message)
        except smtplib.SMTPDataError as error:  # refused before a word of it was sent
            self._start_over()
            return _refusal(error.smtp_code, "SMTPDataError")
        except OSError as error:
            self._hang_up()
            return Reply(Answer.UNKNOWN, type(error).__name__)
        return self._judged(code)

    def _judged(self, code: int) -> Reply:
        """What the server's last word on a letter means."""
        if code in _TAKEN:
            return Reply(Answer.ACCEPTED)
        self._start_over()
        return _refusal(code, "SMTPDataError") if code in _REFUSED else Reply(Answer.UNKNOWN, "NoAnswer")

    def _start_over(self) -> None:
        """Forget the envelope of a refused letter; a line that cannot is given up."""
        try:
            if self._line is not None and self._line.rset()[0] != _OK:
                self._hang_up()
        except OSError:
            self._hang_up()

    def _hang_up(self) -> None:
        line, self._line = self._line, None
        if line is not None:
            with suppress(OSError):
                line.quit()
            line.close()


def _connected(server: MailServer) -> smtplib.SMTP:
    trusted, ours = ssl.create_default_context(), server.sender.partition("@")[2]
    if server.tls:
        line: smtplib.SMTP = smtplib.SMTP_SSL(server.host, server.port, ours, timeout=SECONDS, context=trusted)
    else:  # without a name of ours the library would ask the DNS for one, and wait
        line = smtplib.SMTP(server.host, server.port, ours, timeout=SECONDS)
    try:
        if server.starttls:
            line.starttls(context=trusted)
        if server.user:
            line.login(server.user, server.password)
        line.ehlo_or_helo_if_needed()
    except BaseException:
        line.close()
        raise
    return line


def _envelope_refusal(line: smtplib.SMTP, sender: str, address: str) -> Reply | None:
    """Name sender and recipient; how that was refused, None when it was not.

    A refused sender is a matter of the server's settings, not of the letter: it may go out once they are put right.
    """
    code, _words = line.mail(sender)
    if code not in _TAKEN:
        return Reply(Answer.LATER, f"SMTPSenderRefused {code}")
    code, _words = line.rcpt(address)
    return None if code in _TAKEN else _refusal(code, "SMTPRecipientsRefused")


def _refusal(code: int, error: str) -> Reply:
    return Reply(Answer.NEVER if code in _REFUSED_FOR_GOOD else Answer.LATER, f"{error} {code}")
