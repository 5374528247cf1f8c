"""E-mail, by Django's own backend and its settings (`EMAIL_HOST` and so on)."""

import smtplib

from django.core.mail import EmailMessage

from diancai.ground.notices.adapters import Failed, Letter, Refused, Sent


class Mail:
    """`sender` is the address that stands in From."""

    def __init__(self, sender: str) -> None:
        self.sender = sender

    def send(self, letter: Letter) -> Sent:
        """Hand it to the mail server; the Message-ID is the key, so that a second copy is known as one."""
        domain = self.sender.rpartition("@")[2].rstrip(">")
        known_as = {"Message-ID": f"<{letter.key}@{domain}>"}
        mail = EmailMessage(letter.subject, letter.long, self.sender, [letter.address], headers=known_as)
        try:
            mail.send()
        except smtplib.SMTPRecipientsRefused as error:
            codes = {code for code, _ in error.recipients.values()}
            if all(code >= 500 for code in codes):
                raise Refused(f"SMTP {sorted(codes)}") from None
            raise Failed(f"SMTP {sorted(codes)}") from None
        except (smtplib.SMTPException, OSError) as error:
            raise Failed(type(error).__name__) from None
        except ValueError:  # a line break in an address
            raise Refused("the address cannot be written into a mail") from None
        return Sent(letter.key)
