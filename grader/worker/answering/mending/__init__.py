"""Small edits of a student's own code, tried one at a time.

Knows nothing of what is right: it proposes edits for one name, applies one, and says what
the name then answers. The judge compares and chooses.

An edit is a change of text. That keeps what students wrote, line for line, tells where
something changed, and lets one code path serve what parses and what does not.

    edits       what an edit is
    source      a statement's text and where its parts stand
    scope       which names can be seen from where
    answer      what the generators know of the code that is mended
    ...         generators of edits, by what people forget and confuse
    texts       edits of lines that are not Python
    proposing   all edits, in a fixed order
    trying      applies one, asks, and goes on to the next
"""
