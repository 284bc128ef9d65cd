"""Acts of the stories in a few words: each calls one service of the house as the person who does it there."""
