"""What web servers have to be told: headers, types, caching, old addresses, each in the words of its server.

`rules` says it once; `apache`, `nginx` and `hosts` write it down, `files` plans what is written.
"""
