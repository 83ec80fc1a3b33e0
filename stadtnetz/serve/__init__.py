"""The live preview: what an editor saves is on screen a moment later.

watcher → builder → shown → web. The watcher looks as a build does and says only that something is different; the
builder runs the same pipeline as every build, in a process of its own; `shown` decides what each open page needs; `web`
speaks HTTP and LiveReload's protocol. No other command imports any of it, and nothing of it can reach output/.
"""
