"""Practice: the terminal works as always, and nothing of it leaves or counts.

What the runtime orders of keypad, printer, host and journal goes through here while practice is
on. Nothing in this package knows a link: there is no way for a byte to get to the acquirer.
"""
