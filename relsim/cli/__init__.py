"""The ``relsim`` command: what is typed, and what is printed."""
