"""What templates may say: figures, dates, countdowns, shapes, icons and fields."""
