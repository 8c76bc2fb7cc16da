"""One child, seen from outside: asked, timed, and told how it ended."""
