"""Logitude under the names of scikit-learn."""
