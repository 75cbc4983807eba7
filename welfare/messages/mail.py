"""E-mail through the municipality's own server (``WELFARE_SMTP_URL``)."""

from __future__ import annotations

import smtplib
from email.message import EmailMessage
from typing import Protocol
from urllib.parse import unquote, urlsplit


class MailFailed(Exception):
    """The server did not take the message; ``reason`` holds no address."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason[:200]


class Post(Protocol):
    """Whatever takes a message to an address, or raises ``MailFailed``."""

    def send(self, address: str, subject: str, text: str) -> None:
        """Hand one message over."""


class Mailer:
    """Sends plain text. ``url`` is ``smtp://user:password@host:587`` or ``smtps://…``."""

    def __init__(self, url: str, sender: str, *, timeout: float = 20) -> None:
        self._url = urlsplit(url)
        self._sender = sender
        self._timeout = timeout

    def send(self, address: str, subject: str, text: str) -> None:
        """Hand one message to the server; ``MailFailed`` says why not."""
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = self._sender, address, subject
        message.set_content(text)
        try:
            with self._connect() as server:
                server.send_message(message)
        except (OSError, smtplib.SMTPException) as error:
            raise MailFailed(type(error).__name__) from error

    def _connect(self) -> smtplib.SMTP:
        host = self._url.hostname or "localhost"
        if self._url.scheme == "smtps":
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                host, self._url.port or 465, timeout=self._timeout
            )
        else:
            server = smtplib.SMTP(host, self._url.port or 587, timeout=self._timeout)
            if server.has_extn("starttls") or (server.ehlo()[0] and server.has_extn("starttls")):
                server.starttls()
        if self._url.username:
            server.login(unquote(self._url.username), unquote(self._url.password or ""))
        return server
