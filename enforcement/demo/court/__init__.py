"""The demo court: two invented courts with their people and disputes, made through the services of the house."""
