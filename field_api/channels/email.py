"""Mail by the company's SMTP server."""

import smtplib
import ssl
from email.message import EmailMessage

from field_api.channels.not_sent import NotSent
from field_api.settings import Settings

PATIENCE_S = 20


def send(settings: Settings, address: str, *, number: int, subject: str, text: str) -> None:
    """Hand a mail to the SMTP server; `NotSent` when there is none or it refuses."""
    if not settings.smtp_host:
        raise NotSent("no mail server is set (CALLCYCLE_SMTP_HOST)")
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = settings.smtp_from, address, subject
    domain = settings.smtp_from.rpartition("@")[2] or "callcycle"
    # the same at every try, so that a mail sent twice by a crash is recognised as one
    mail["Message-ID"] = f"<callcycle-{number}@{domain}>"
    mail.set_content(text)
    try:
        with _connected(settings) as server:
            if settings.smtp_user and settings.smtp_password is not None:
                server.login(settings.smtp_user, settings.smtp_password.get_secret_value())
            server.send_message(mail)
    except (OSError, smtplib.SMTPException) as error:
        raise NotSent(f"the mail server: {type(error).__name__}: {error}") from None


def _connected(settings: Settings) -> smtplib.SMTP:
    if settings.smtp_security == "tls":
        return smtplib.SMTP_SSL(
            settings.smtp_host,
            settings.smtp_port,
            timeout=PATIENCE_S,
            context=ssl.create_default_context(),
        )
    server = smtplib.SMTP(settings.smtp_host, settings.smtp_port, timeout=PATIENCE_S)
    if settings.smtp_security == "starttls":
        server.starttls(context=ssl.create_default_context())
    return server
