"""Households at risk: who, where, how to approach, what to beware of."""
