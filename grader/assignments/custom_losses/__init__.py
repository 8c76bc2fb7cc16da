"""Huber loss and contrastive loss, each as a function, a wrapper and a class."""
