"""What `bench.referrals` needs: databases to measure in, and one module for each of its words."""
