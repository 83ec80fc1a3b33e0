"""The map: what it shows of the network, how that is drawn, and its pages."""
