"""From the network to a plan of pages: addresses, views, and every file that output/ will have."""
