"""Texts become unit vectors, by a model in this process or at a service."""
