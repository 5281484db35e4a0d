"""How does knowledge change? Proposed, looked at, checked, written, remembered."""
