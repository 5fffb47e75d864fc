"""The corpus of annotated paragraphs: its mark-up, its checks, the agreement of its two passes. See GUIDE.md."""
