"""How the event coder's weights are made: the sentences, the pairs they give, training, export and measures. Not part of the installed package."""
