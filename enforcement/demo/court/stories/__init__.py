"""How disputes go: generators that yield the moment of their next act."""
