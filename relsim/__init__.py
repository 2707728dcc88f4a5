"""relsim: an agent-based simulation of buyer-seller relationships in business markets."""
