"""Notices: the inbox, and the messages that go out by e-mail, SMS and WeChat; stages call `notify`."""
