"""What a merger of organisations would do: read and worked out whole before anything is written."""
