"""The planner's figures: each work with its goal, one section a file, resumable."""
