"""What the agencies publish: the model of the YAML files, and how they are read."""
