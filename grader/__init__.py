"""Grades notebooks of custom TensorFlow loss functions."""
