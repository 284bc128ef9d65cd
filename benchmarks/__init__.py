"""Speed of the load-bearing acts, each beside a peer or the raw limit in the same run."""
