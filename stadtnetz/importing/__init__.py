"""From a press release as it arrives to a draft: readers make blocks, recognisers find fields, the rest is kept."""
