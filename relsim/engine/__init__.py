"""What is about the machine and not about the market: compiled code, its cache, draws, versions."""
