"""A letter as it travels: two forms of the same words, and the headers that say it was written by a machine.

Headers are encoded by `email.header` in lines of 75 signs, because Python's newer `EmailMessage` loses a space where it
folds Korean, and both make encoded words of 76 signs where RFC 2047 allows 75.
"""

from __future__ import annotations

from email.header import Header
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.policy import compat32
from email.utils import format_datetime, formataddr

from app.alerts.rules import Letter
from app.core.clock import korean_time

SENDER_NAME = "찾아가는 복지 사례관리"
TRAVELLING = compat32.clone(linesep="\r\n", max_line_length=75)


def compose(letter: Letter, *, html: str, sender: str) -> bytes:
    """The message of a letter. The same letter always has the same Message-ID, so that a second copy would be known."""
    message = MIMEMultipart("alternative", boundary=f"=_{letter.for_on:%Y%m%d}.{letter.mail_id}")
    message["From"] = formataddr((SENDER_NAME, sender))
    message["To"] = letter.address
    message["Subject"] = Header(letter.subject, "utf-8", header_name="Subject")  # type: ignore[assignment]
    message["Date"] = format_datetime(korean_time(letter.written_at))
    message["Message-ID"] = f"<{letter.for_on:%Y%m%d}.{letter.mail_id}@{sender.partition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    message["Content-Language"] = "ko"
    for words, subtype in ((letter.body, "plain"), (html, "html")):
        message.attach(MIMEText("\r\n".join(words.splitlines()), subtype, "utf-8"))
    return message.as_bytes(policy=TRAVELLING)
