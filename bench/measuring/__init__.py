"""What `bench.reading` needs: marking against the truth, runs in children, rivals, figures."""
