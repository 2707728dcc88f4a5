"""The game "your desk, ten years": be a buyer in the model, alone or as a class."""
