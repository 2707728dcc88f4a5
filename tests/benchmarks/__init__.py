"""Speed and memory of relsim, as ratios: ``python -m tests.benchmarks``."""
