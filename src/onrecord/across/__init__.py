"""What holds between documents: copies, stories, the same event or statement, answers. Reads records, gives links; rewrites nothing."""
