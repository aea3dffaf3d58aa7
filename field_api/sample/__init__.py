"""The sample that ships with the product: Malta, its businesses and eight reps."""
