"""What an entry can say, told to editors' tools, in the handbook and as a form: three views of the one model."""
