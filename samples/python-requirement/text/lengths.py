def by_length(words):
    """Pairs of a length and the words of it."""
    lengths = {}
    for word in words:
        lengths.setdefault(len(word), []).append(word)
    return [(length, ' '.join(lengths[length])) for length in sorted(lengths)]
