"""Classes that no system named."""
