"""Thai text, digits, dates, names, numbers and money, as pure functions.

Nothing here knows the web or the database. What people type goes in, what the program keeps
comes out, or an :class:`~welfare.core.thai.faults.InputFault` whose code a form turns into words.
"""
