"""Text as characters: cleaning, offset map, paragraphs, quotation marks. Knows no language's words."""
