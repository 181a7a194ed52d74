"""Calibrators and metrics as scikit-learn has them: put `logitude.` in front of the import.

`logitude.sklearn.calibration` needs scikit-learn (`pip install "logitude[sklearn]"`), and
is what imports it; nothing is imported here.
"""
