"""Applications that are filmed, each with a script that starts it as a stage."""
