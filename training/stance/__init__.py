"""The stance model: who supports or opposes whom between two marked spans. ``train`` makes a checkpoint, ``export`` the weights that are shipped."""
