"""Language packs: a folder of data per language, and nothing but data. Rules that read the data live in ``reading`` and ``extract``."""

from onrecord.languages.pack import LanguagePack, language

__all__ = ["LanguagePack", "language"]
