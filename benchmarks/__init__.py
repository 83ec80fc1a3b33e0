"""What measures builds: an invented corpus, the same work by other generators, and the runner of it all."""
