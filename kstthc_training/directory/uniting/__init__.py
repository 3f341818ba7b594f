"""What uniting rows of one person would do: read and worked out whole before anything is written."""
