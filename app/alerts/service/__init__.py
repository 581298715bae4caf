"""Tell somebody something, once: in the inbox, and by one mail a day."""

from app.alerts.service.composing import compose
from app.alerts.service.mails import claim_mail, expire_mails, forget_mails, settle_mail, write_mail
from app.alerts.service.posting import MailServerRefusal, MailServerSilent, MailServerUntrusted, Post
from app.alerts.service.telling import News, mark_read, put_away, raise_alert, settle, tell

__all__ = [
    "MailServerRefusal", "MailServerSilent", "MailServerUntrusted", "News", "Post", "claim_mail", "compose", "expire_mails", "forget_mails", "mark_read", "put_away", "raise_alert", "settle", "settle_mail",
    "tell", "write_mail",
]  # fmt: skip
