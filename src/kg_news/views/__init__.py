"""What a `Doc` knows of its article: facts that are computed once, each by a pure function of text and registry."""
