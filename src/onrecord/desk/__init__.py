"""What the desk keeps beside a store, in a second file: tokens and sign-ins, saved searches, followed feeds. A store can be published without it."""

from onrecord.desk.database import Desk, desk_of, open_desk

__all__ = ["Desk", "desk_of", "open_desk"]
