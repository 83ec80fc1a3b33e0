"""Links that leave the site: where they stand, whether they still lead anywhere, and a list of those that don't.

Own code on top of urllib3 and protego, since no checker fits: lychee knows no robots.txt, LinkChecker keeps nothing
between runs and crawls pages instead of sources, and neither can say in which line of content/ a link stands.
"""
