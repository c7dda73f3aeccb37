"""Questions with known answers become figures: how well is found and answered."""
