"""How are people served who write as people do? Messages, stored questions, and danger."""
