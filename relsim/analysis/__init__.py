"""What numbers say: intervals and effects, sensitivity, curves, how many replicates it takes."""
