"""The engine's shell door: arguments, files in, JSON lines out. The only room of the engine that opens files."""
