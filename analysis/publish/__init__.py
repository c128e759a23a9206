"""What leaves the project: figures, notebooks, exports."""
