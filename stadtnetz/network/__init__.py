"""From single records to the network: who belongs to whom, and what holds as of one moment."""
