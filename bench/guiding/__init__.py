"""What `./mitra bench guidance` measures: letters, certificates, figures."""
